// Where in the run the picture stands, and how seconds become such a place.
//
// A Moment is the truth; seconds are derived from it, so a change of pace keeps the place. Playing,
// scrubbing, a lesson's cue, a screenshot and a video frame all go through at().
#pragma once

#include "viz/scene/operation.h"

namespace kv::scene {

// Step 0 is the prompt alone, before any forward. Step s >= 1 is forward s, which makes new token
// s. Within it: layer and operation in progress, `t` of it done. At rest, everything of the step
// is.
struct Moment {
  int step = 0;
  int layer = 0;  // of operations that belong to a layer; else 0
  Operation operation = Operation::choice;
  float t = 1;

  bool at_rest() const { return operation == Operation::choice && t >= 1; }
  bool operator==(const Moment&) const = default;
};
inline Moment rest_after(int step) { return {.step = step}; }

// How much of an operation is done at `moment`: 0, 1, or between while it happens. Operations of a
// layer are asked for with that layer.
float done(const Moment& moment, int layer, Operation operation);

enum class Pace {
  token,      // a step passes at once, its main movements shown
  layer,      // every layer a stop
  operation,  // every operation of the chosen layer a stop, the other layers one each
};
inline constexpr int pace_count = 3;

struct Timeline {
  int steps = 0;  // forwards that have been computed; moments reach to rest_after(steps)
  int prompt_tokens = 1;
  int layers = 1;
  bool rotary = true;  // else that operation takes no time
  Pace pace = Pace::token;
  int layer = 0;  // the one that unfolds
};

// Seconds from the very beginning (step 0) to the moment, at speed 1. Steps take gently longer the
// more work they stand for: with the logarithm of their rows. Computed without a list of all steps.
double seconds_at(const Timeline& timeline, const Moment& moment);
double duration(const Timeline& timeline);
// Seconds the picture rests at a moment where an operation has ended; else 0.
double stillness(const Timeline& timeline, const Moment& moment);
// The moment at those seconds, clamped to the run: at(tl, seconds_at(tl, m)) is m up to rounding of
// t, or the beginning of what follows where m is the end of an operation without stillness after
// it. In a stillness the moment is the end of what came before.
Moment at(const Timeline& timeline, double seconds);

// The next place where the picture comes to rest at this pace, after `moment`: the end of the
// segment it is in or of the following one. At the end of the run: rest_after(steps).
Moment next_stop(const Timeline& timeline, const Moment& moment);
// The stop before; going back is instant. At the beginning: rest_after(0).
Moment previous_stop(const Timeline& timeline, const Moment& moment);

// The moment kept where it still exists, else clamped: after a run got shorter, layers fewer.
Moment clamp(const Timeline& timeline, Moment moment);

}  // namespace kv::scene
