// Moving through the run.
#pragma once

#include "app/logic/state.h"

namespace kv::app {

// To the next stop at that pace; at the end a step is asked for, and the glide waits for it.
void go_next(AppState& state, scene::Pace pace);
// To the stop before, at once.
void go_back(AppState& state, scene::Pace pace);
void go_to(AppState& state, const scene::Moment& moment);
// To that share, 0..1, of the run's time at the chosen pace; slider_of() is the other way round.
void scrub(AppState& state, float share);
float slider_of(const AppState& state);

// From where the picture stands to that moment, as time passes.
void glide_to(AppState& state, const scene::Moment& stop, scene::Pace pace);

void play_or_pause(AppState& state);
// The picture stands where it is: no playing, no glide, no waiting.
void stop_moving(AppState& state);

// The next step, which is asked for or on its way, is glided through when it arrives.
void wait_for_step(AppState& state, scene::Pace pace);
// A step has been computed: goes on with what waited for it.
void step_arrived(AppState& state);
// Where motion is not wanted: a glide under way is at its end.
void finish_glide(AppState& state);

}  // namespace kv::app
