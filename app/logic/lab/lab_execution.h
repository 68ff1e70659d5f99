// What of a scenario can be executed here, and how far.
#pragma once

#include "app/logic/state.h"

namespace kv::app {

// Whether a model of those sizes is small enough to be run, and is one the engine knows.
bool executable(const core::CostConfig& sizes);

// The execution that a scenario asks for; its tokens are as many as the budget reaches, which may
// be less than the prompt.
ExecutionKey execution_key(const AppState& state, const scene::Scenario& scenario,
                           double flop_budget);
core::ExecuteRequest request_of(const ExecutionKey& key);

}  // namespace kv::app
