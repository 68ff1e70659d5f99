// What a forward costs, by component. Counted where the work is done; closed_form.h says the same
// from the sizes alone and must agree to the last operation.
//
// One multiply-add is 2 FLOPs: a product [m,k] x [k,n] is 2mkn. Scores and weighted sum of a call
// with many rows are dense, [fresh, past + fresh], then masked, as the reference implementations
// do; `scores_masked` and `weighted_sum_masked` say how much of them lies above the diagonal and
// was thrown away. They are "of which" and never added.
//
// `other` is everything elementwise, by the table below, and is not part of total().
#pragma once

#include <array>
#include <cstdint>

#include "core/base/uint128.h"

namespace kv::core {

struct OpCount {
  Uint128 q = 0;             // query projection
  Uint128 k = 0;             // key projection
  Uint128 v = 0;             // value projection
  Uint128 scores = 0;        // Q K^T
  Uint128 weighted_sum = 0;  // P V
  Uint128 output = 0;        // the attention's output projection
  Uint128 mlp = 0;           // all products of the MLP
  Uint128 head = 0;          // logits

  Uint128 scores_masked = 0;        // of scores: above the diagonal
  Uint128 weighted_sum_masked = 0;  // of weighted_sum: above the diagonal
  Uint128 other = 0;                // elementwise work, see ElementwiseCost

  Uint128 total() const { return q + k + v + scores + weighted_sum + output + mlp + head; }
  OpCount& operator+=(const OpCount& more);
  bool operator==(const OpCount&) const = default;
};

// FLOPs of each elementwise operation; an exponential, tanh, square root or division counts as one.
struct ElementwiseCost {
  static constexpr int layer_norm_per_element = 7;  // sum, centre, square, sum, scale, gain, shift
  static constexpr int layer_norm_per_row = 5;      // two divisions, + eps, root, reciprocal
  static constexpr int rms_norm_per_element = 4;    // square, sum, scale, gain
  static constexpr int rms_norm_per_row = 4;        // division, + eps, root, reciprocal
  static constexpr int rotary_per_element = 3;      // per pair: four products, two sums
  static constexpr int scale_per_score = 1;         // times 1/sqrt(head_dim), dense
  static constexpr int softmax_per_visible = 5;     // maximum, subtract, exp, sum, scale
  static constexpr int softmax_per_row = 1;         // reciprocal of the sum
  static constexpr int gelu_per_element = 9;  // x + c x^3 (4), scale, tanh, + 1, halve, times x
  static constexpr int silu_gate_per_element = 5;  // negate, exp, + 1, divide, times up
  static constexpr int add_per_element = 1;        // biases, residuals, learned positions
};

// The parts by name, in the order they are shown, printed and written.
struct OpCountPart {
  const char* name;
  Uint128 OpCount::*value;
};
inline constexpr std::array<OpCountPart, 8> op_count_parts = {{
    {"q", &OpCount::q},
    {"k", &OpCount::k},
    {"v", &OpCount::v},
    {"scores", &OpCount::scores},
    {"weighted_sum", &OpCount::weighted_sum},
    {"output", &OpCount::output},
    {"mlp", &OpCount::mlp},
    {"head", &OpCount::head},
}};
// Shown beside the total, never in it.
inline constexpr std::array<OpCountPart, 3> op_count_asides = {{
    {"scores_masked", &OpCount::scores_masked},
    {"weighted_sum_masked", &OpCount::weighted_sum_masked},
    {"other", &OpCount::other},
}};

OpCount operator+(OpCount a, const OpCount& b);
OpCount operator*(OpCount a, Uint128 times);

// Bytes moved by one forward, float32: `weights` counts every weight once, however many rows use
// it.
struct ByteCount {
  std::uint64_t weights = 0;      // read
  std::uint64_t cache_read = 0;   // keys and values of past rows
  std::uint64_t cache_write = 0;  // keys and values of fresh rows, when they are kept
  bool operator==(const ByteCount&) const = default;
};

}  // namespace kv::core
