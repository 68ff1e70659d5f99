// Scenarios by the thousand: seeded, every one valid, all fields taking part.
#pragma once

#include <string>

#include "app/logic/lab/scenario_text.h"

namespace kv::test {

// Presets, and stand-ins for the two models that come with the program.
std::shared_ptr<const core::CostConfig> known_sizes(const std::string& name);

scene::Scenario random_scenario(std::uint64_t seed);

// Every field, a line each.
std::string described(const scene::Scenario& scenario);

// What is wrong with it; empty where nothing is: its sizes are the model's or within the limits,
// its lengths in order, a way is shown, and its text is read back as the same scenario.
std::string complaint(const scene::Scenario& scenario);

}  // namespace kv::test
