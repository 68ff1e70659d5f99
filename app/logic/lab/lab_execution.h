// What of a scenario can be executed here, and how far.
#pragma once

#include "app/logic/work.h"

namespace kv::app {

// Whether a model of those sizes is small enough to be run, and is one the engine knows.
bool executable(const core::CostConfig& sizes);

// The execution that a scenario asks for; its tokens are as many as the budget reaches, which may
// be less than the prompt.
ExecutionKey execution_key(const AppState& state, const scene::Scenario& scenario,
                           double flop_budget);
// What the buttons of Costs measure: one layer as wide as the scenario's model, and its model, or
// one that comes with the program where that is on paper alone.
core::AttentionBench attention_bench(const scene::Scenario& scenario);
job::BenchModel model_bench(const AppState& state);
core::ExecuteRequest request_of(const ExecutionKey& key);

}  // namespace kv::app
