// What the names in lessons' expressions mean: numbers of the run that a beat shows, and of models
// from their sizes alone. All are computed when asked for; none is stored.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/logic/lesson/expression.h"
#include "core/bench/side_times.h"
#include "core/cost/cost_model.h"
#include "core/run/experiment.h"
#include "viz/scene/subject.h"

namespace kv::app {

// Where the numbers come from. What is missing makes the names that need it an error.
struct QuantitySource {
  scene::Subject subject;  // run, texts, costs, replays of the step shown
  int step = 0;            // as a Moment counts: the state after so many new tokens
  int layer = 0, head = 0;
  std::shared_ptr<const core::ExperimentResult> experiment = nullptr;
  std::shared_ptr<const core::SideTimes> bench = nullptr;
  // Sizes of a model by name that is no preset: built-in names and random:...; null: unknown.
  std::function<std::shared_ptr<const core::CostConfig>(const std::string&)> model_sizes = {};
};

// Keeps a copy of the source.
Resolver resolver_of(const QuantitySource& source);

}  // namespace kv::app
