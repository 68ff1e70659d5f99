// How the time of a step grows with the tokens it has, on both sides.
#pragma once

#include <optional>

#include "core/bench/execute.h"
#include "core/bench/power_fit.h"

namespace kv::core {

struct GrowthTimes {
  Execution steps;  // its seconds are medians of all rounds
  int rounds = 0;
};

// Every step from the prompt's to `tokens`, as execute() takes them, in rounds: nine where they are
// short, one where it takes minutes. Usage error: beyond the context; "abandoned".
Result<GrowthTimes> time_growth(const Model& model, std::int64_t prompt, std::int64_t tokens,
                                const BenchOptions& options);

// Of one side's steps, over the longer half of them.
std::optional<PowerFit> time_fit(const Execution& execution, Baseline side);
std::optional<PowerFit> flops_fit(const Execution& execution, Baseline side);

}  // namespace kv::core
