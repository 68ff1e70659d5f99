// How files and the command line spell what is chosen among a few, in the order of the enums.
#pragma once

#include <array>

#include "viz/scene/timeline.h"

namespace kv::app {

inline constexpr std::array<const char*, scene::pace_count> pace_ids = {"token", "layer",
                                                                        "operation"};
inline constexpr std::array<const char*, 2> theme_ids = {"dark", "light"};

}  // namespace kv::app
