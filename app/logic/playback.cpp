// Moving through the run: next, back, glide, play.
#include "app/logic/playback.h"

#include <algorithm>
#include <cmath>

#include "app/logic/action.h"
#include "app/logic/document.h"

namespace kv::app {
namespace {

namespace words = scene::words;
using scene::Moment;
using scene::Pace;

scene::Timeline timeline_at(const AppState& state, Pace pace) {
  scene::Timeline timeline = timeline_of(state);
  timeline.pace = pace;
  return timeline;
}

int steps_of(const AppState& state) { return static_cast<int>(state.now.run->steps.size()); }

bool at_the_end(const AppState& state) {
  return state.now.moment.step >= steps_of(state) &&
         (state.now.moment.at_rest() || steps_of(state) == 0);
}

// Whether the model itself has said that its text is over.
bool ended(const AppState& state) {
  const auto& steps = state.now.run->steps;
  const auto& ends = state.now.run->model->config.end_tokens;
  return !steps.empty() && std::ranges::find(ends, steps.back()->token) != ends.end();
}

// Asks for one more step, where there is room for one.
void take_step(AppState& state, Pace pace) {
  if (steps_of(state) >= most_steps(*state.now.run)) {
    stop_moving(state);
    return say(state, words::say_context_full,
               {std::to_string(state.now.run->model->config.context_length)});
  }
  state.now.wanted_steps = std::max(state.now.wanted_steps, steps_of(state) + 1);
  wait_for_step(state, pace);
}

// The stillness at the end of a segment has no moment of its own: time spent in it is kept apart.
void pass_time(AppState& state, const scene::Timeline& timeline, double dt) {
  Playback& p = state.playback;
  const double now = scene::seconds_at(timeline, state.now.moment);
  const Moment next = scene::at(timeline, now + p.held + dt);
  p.held = next == state.now.moment ? p.held + dt : 0;
  state.now.moment = next;
}

void advance_glide(AppState& state, const scene::Timeline& timeline, double dt) {
  const double now = scene::seconds_at(timeline, state.now.moment) + state.playback.held;
  if (now + dt >= scene::seconds_at(timeline, state.playback.stop)) return finish_glide(state);
  pass_time(state, timeline, dt);
}

// At the end of what has been computed: after its stillness on to new tokens, unless the model has
// ended.
void play_on(AppState& state, const scene::Timeline& timeline, double dt) {
  Playback& p = state.playback;
  p.held += dt;
  if (p.held < scene::stillness(timeline, state.now.moment)) return;
  if (!ended(state)) return take_step(state, p.pace);
  stop_moving(state);
  say(state, words::say_ended);
}

// From stop to stop, each shown for a while.
void advance_still(AppState& state, const scene::Timeline& timeline, double dt) {
  constexpr double seconds_shown = 0.8;
  Playback& p = state.playback;
  p.held += dt;
  if (p.held < seconds_shown) return;
  p.held = 0;
  state.now.moment = scene::next_stop(timeline, state.now.moment);
}

}  // namespace

void stop_moving(AppState& state) {
  Playback& p = state.playback;
  p.playing = p.gliding = p.waiting = false;
  p.held = 0;
}

void finish_glide(AppState& state) {
  Playback& p = state.playback;
  if (!p.gliding || p.waiting) return;
  state.now.moment = scene::clamp(timeline_of(state), p.stop);
  p.gliding = false;
}

void wait_for_step(AppState& state, Pace pace) {
  state.playback.waiting = true;
  state.playback.glide_pace = pace;
}

void glide_to(AppState& state, const Moment& stop, Pace pace) {
  Playback& p = state.playback;
  p.stop = stop;
  p.glide_pace = pace;
  p.gliding = true;
  p.held = scene::stillness(timeline_at(state, pace), state.now.moment);  // over: it moves at once
  if (state.view.reduced_motion) finish_glide(state);
}

void go_next(AppState& state, Pace pace) {
  Playback& p = state.playback;
  if (!state.now.run || p.waiting) return;
  state.now.place.reset();
  finish_glide(state);  // a second press does not wait for the first one's end
  p.held = 0;
  if (at_the_end(state)) return take_step(state, pace);
  const Moment stop = scene::next_stop(timeline_at(state, pace), state.now.moment);
  if (p.playing)
    state.now.moment = stop;
  else
    glide_to(state, stop, pace);
}

void go_back(AppState& state, Pace pace) {
  if (!state.now.run) return;
  go_to(state, scene::previous_stop(timeline_at(state, pace), state.now.moment));
}

void go_to(AppState& state, const Moment& moment) {
  if (!state.now.run) return;
  // Steps that were only asked for to go there are not wanted any more.
  if (state.playback.waiting || state.playback.playing)
    state.now.wanted_steps = std::max(1, steps_of(state));
  stop_moving(state);
  state.now.place.reset();
  state.now.moment = scene::clamp(timeline_of(state), moment);
}

void scrub(AppState& state, float share) {
  if (!(share > 0)) return go_to(state, scene::rest_after(0));  // not a number, too
  const scene::Timeline timeline = timeline_of(state);
  const Moment end = scene::rest_after(timeline.steps);
  if (share >= 1) return go_to(state, end);
  const double whole = scene::seconds_at(timeline, end);
  go_to(state, scene::at(timeline, whole * static_cast<double>(share)));
}

float slider_of(const AppState& state) {
  const scene::Timeline timeline = timeline_of(state);
  const double whole = scene::seconds_at(timeline, scene::rest_after(timeline.steps));
  if (whole <= 0) return 0;
  return static_cast<float>(scene::seconds_at(timeline, state.now.moment) / whole);
}

void play_or_pause(AppState& state) {
  if (!state.now.run) return;
  const bool playing = !state.playback.playing;
  const bool waiting = state.playback.waiting;
  stop_moving(state);
  state.playback.playing = playing;
  state.playback.waiting = playing && waiting;
  if (!playing) return;
  state.now.place.reset();
  state.playback.held = scene::stillness(timeline_of(state), state.now.moment);
}

void step_arrived(AppState& state) {
  Playback& p = state.playback;
  if (const auto place = state.now.place) {
    state.now.moment = scene::clamp(timeline_of(state), *place);
    if (place->step <= steps_of(state)) state.now.place.reset();
  }
  if (!p.waiting) return;
  p.waiting = false;
  if (p.playing) return;  // the stillness before it is over
  glide_to(state, scene::next_stop(timeline_at(state, p.glide_pace), state.now.moment),
           p.glide_pace);
}

bool moving(const AppState& state) {
  const Playback& p = state.playback;
  return state.now.run && !p.waiting && (p.gliding || p.playing);
}

AppState advance(AppState state, double dt_seconds) {
  constexpr double longest_sleep = 5;  // of the machine, in a presentation's time
  if (state.lesson.presenting && dt_seconds > 0)
    state.lesson.presented += std::min(dt_seconds, longest_sleep);
  if (!moving(state) || !(dt_seconds > 0)) return state;
  constexpr double longest = 0.25;
  const double dt = std::min(dt_seconds, longest) * state.playback.speed;
  const bool playing = state.playback.playing;
  const auto timeline =
      timeline_at(state, playing ? state.playback.pace : state.playback.glide_pace);
  if (!playing)
    advance_glide(state, timeline, dt);
  else if (at_the_end(state))
    play_on(state, timeline, dt);
  else if (state.view.reduced_motion)
    advance_still(state, timeline, dt);
  else
    pass_time(state, timeline, dt);
  return state;
}

}  // namespace kv::app
