// Runs a model step after step, every way to decode, and keeps what was counted and how long it
// took: points for the closed form's curves, executed and not computed from sizes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/bench/side_times.h"
#include "core/cost/baseline.h"
#include "core/model/model.h"

namespace kv::core {

// One way to decode at one length, counted and measured while it ran.
struct Executed {
  OpCount step, run;  // of this step, and of all steps up to it
  double step_seconds = 0, run_seconds = 0;
};
struct ExecutedPoint {
  std::int64_t tokens = 0;        // t of baseline_step()
  std::array<Executed, 3> sides;  // by Baseline; padded is empty where it was not asked for
};

struct Execution {
  std::string model;
  RunShape shape;
  bool padded = false;
  std::vector<ExecutedPoint> points;  // ascending; every step where there are few, else about 64
  std::int64_t reached = 0;           // tokens of the last step executed
};

struct ExecuteRequest {
  RunShape shape;
  std::int64_t tokens = 1;  // as far as this, the model's context and the budget let it come
  bool padded = false;
  double flop_budget = 2e10;  // of all ways together: a few seconds
};

// How far it would come: the last t whose steps, all ways, stay within the budget and the context.
// Less than the prompt: not even the first.
std::int64_t reachable_tokens(const ModelConfig& config, const ExecuteRequest& request);

// Every step of every way goes through forward(), one way after the other, each with its memory
// warm. Tokens are seeded, none is chosen by the model, and what pads is more of them. progress()
// is called after every step with the share of all FLOPs that is done.
// Usage error where not even the first step is within budget or context; "abandoned".
Result<Execution> execute(const Model& model, const ExecuteRequest& request,
                          const BenchOptions& options);

}  // namespace kv::core
