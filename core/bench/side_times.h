// Both sides of the same work, timed in turns.
#pragma once

#include <functional>
#include <vector>

#include "core/base/error.h"
#include "core/engine/op_count.h"
#include "core/base/parallel.h"
#include "core/model/model.h"

namespace kv::core {

struct SideTimes {
  std::vector<double> without_cache;  // seconds, one for each round
  std::vector<double> with_cache;
  OpCount without_count, with_count;  // of one round, counted while it ran
  double max_abs_difference = 0;      // of the two sides' results
  double max_abs_value = 0;           // of the cached side's, to judge the difference by

  // Medians of the rounds' times, and of the rounds' ratios without / with.
  double without_seconds() const;
  double with_seconds() const;
  double ratio() const;
  double flop_ratio() const;
};

double median(std::vector<double> values);

// Whether the two sides computed the same thing: difference within 1e-4 of the largest value.
bool sides_agree(const SideTimes& times);

struct BenchOptions {
  Parallel* parallel = nullptr;
  // Called with the share done; returning false ends with the error "abandoned".
  std::function<bool(double)> progress;
};

struct AttentionBench {
  int width = 4096;
  int heads = 32;
  int steps = 128;
};

// Bytes of weights, rows and scratch it takes.
std::uint64_t attention_bench_bytes(const AttentionBench& bench);

// One attention layer, q, k and v projections and attention, no output projection, on seeded random
// weights and inputs; the sequence grows from one token to `steps`. Both sides go through the same
// functions as forward(). Usage error: width not a multiple of heads.
Result<SideTimes> time_attention(const AttentionBench& bench, const BenchOptions& options);

// `tokens` new tokens after a prompt of `prompt_tokens` seeded random tokens. Results compared: the
// logits of every step. Usage error: beyond the context.
Result<SideTimes> time_model(const Model& model, int prompt_tokens, int tokens,
                             const BenchOptions& options);

}  // namespace kv::core
