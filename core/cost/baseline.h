// Three ways to decode the same run, on paper: what each step and the whole run cost.
#pragma once

#include <array>
#include <cstdint>

#include "core/engine/closed_form.h"

namespace kv::core {

enum class Baseline {
  with_cache,     // the newest row on the rows kept
  without_cache,  // all rows there are, again
  padded,         // without a cache, in shapes that never change: all `context` rows at every step
};
inline constexpr std::array<Baseline, 3> baselines = {Baseline::with_cache, Baseline::without_cache,
                                                      Baseline::padded};

// A run that grows from a prompt; `context` is what the padded way fills up to and must be at least
// as long as the sequence gets. The other two do not look at it.
struct RunShape {
  std::int64_t prompt = 1;
  std::int64_t context = 1;
};

// The forward that runs when the sequence has t tokens (t >= prompt): t = prompt is the prefill,
// with all of the prompt's rows. Logits of one row alone.
OpCount baseline_step(const ModelConfig& config, Baseline baseline, std::int64_t t,
                      const RunShape& shape);

// The sum of baseline_step() over t = prompt..n, in closed form.
OpCount baseline_run(const ModelConfig& config, Baseline baseline, std::int64_t n,
                     const RunShape& shape);

}  // namespace kv::core
