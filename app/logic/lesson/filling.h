// A beat's words with their numbers.
#pragma once

#include "app/logic/lesson/quantities.h"
#include "app/logic/state.h"

namespace kv::app {

// Of the beat shown, in the language shown. Numbers that are still being computed are "…" and the
// result is not complete; what can never be computed is a mistake, and its own words stand there.
FilledBeat fill_beat(const AppState& state);

// Whether all that the cue asks for has been computed.
bool cue_is_ready(const AppState& state);

}  // namespace kv::app
