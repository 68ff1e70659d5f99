// How costs grow with the sequence: local exponents, and where attention overtakes the rest.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/uint128.h"
#include "core/model/config.h"

namespace kv::core {

// ln(C(n) / C(n-1)) / ln(n / (n-1)) of a cumulative cost C: near 2 where C grows as n^2. To be used
// on runs with a one-token prompt. Empty when n < 2, C(n-1) is 0 or C(n) < C(n-1).
std::optional<double> local_exponent(Uint128 cost_at_n, Uint128 cost_before, std::int64_t n);

// Sequence lengths, as real numbers, at which scores and weighted sum of a layer cost as much as
// its projections and MLP together. Norms and the head are left out.
//
// With R = 4 d Hh + 4 d Kh + 2 m d ff FLOPs of a row outside attention and A = 4 Hh FLOPs per pair
// of row and key (d width, Hh and Kh widths of all query and key heads, m MLP matrices):
//   per step         A t = R             (with the cache; both sides times t without): t* = R / A
//   run, cached      A n(n+1)/2 = R n                          n = 2 t* - 1
//   run, uncached    A n(n+1)(2n+1)/6 = R n(n+1)/2             n = (3 t* - 1) / 2
// both runs from a one-token prompt. A plain layer (Hh = Kh = d, ff = 4d, m = 2): 6d, 12d - 1,
// 9d - 1/2.
struct Crossover {
  double per_step = 0;
  double run_cached = 0;
  double run_uncached = 0;
};
Crossover attention_crossover(const ModelConfig& config);

}  // namespace kv::core
