// Words of a lesson's text that lead somewhere.
#pragma once

#include <optional>

#include "app/logic/state.h"

namespace kv::app {

// The part of the picture that the words name, by the link's place among all of the pane's.
std::optional<scene::PartPattern> pattern_of_link(const AppState& state, int link);
// To the lesson that the words name.
void follow_link(AppState& state, int link);

}  // namespace kv::app
