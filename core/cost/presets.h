// Published models by name, as sizes only, for costs on paper.
#pragma once

#include <span>
#include <string_view>

#include "core/cost/cost_model.h"

namespace kv::core {

struct Preset {
  const char* name;    // as typed on the command line
  const char* source;  // whose release, which file, which paper
  CostConfig cost;
};

// In the order to be listed. Lives as long as the program.
std::span<const Preset> presets();

// nullptr when there is none of that name.
const Preset* find_preset(std::string_view name);

}  // namespace kv::core
