#include "viz/scene/timeline.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace kv::scene {
namespace {

// Seconds of an operation's movement and of the stillness after it, at each pace. Sweeps grow with
// the rows they pass over. At token pace only what tells the story takes time.
struct Times {
  double token, layer, operation;
  bool sweep;
};
constexpr std::array<Times, operation_count> times{{
    {0, 0.15, 0.40, false},     // embedding
    {0, 0.02, 0.30, false},     // attention_norm
    {0.22, 0.10, 0.45, true},   // project
    {0, 0.04, 0.40, false},     // rotary
    {0.26, 0.10, 0.45, false},  // append
    {0.14, 0.10, 0.45, true},   // scores
    {0, 0.02, 0.25, false},     // scale
    {0, 0.04, 0.30, false},     // mask
    {0.14, 0.10, 0.45, true},   // softmax
    {0.06, 0.06, 0.45, true},   // weighted_sum
    {0, 0.04, 0.35, false},     // output
    {0, 0.02, 0.25, false},     // mlp_norm
    {0, 0.10, 0.40, false},     // mlp
    {0, 0.08, 0.30, false},     // final_norm
    {0.02, 0.10, 0.40, false},  // logits
    {0.16, 0.20, 0.40, false},  // choice
}};
constexpr double still = 0.25;        // after each operation, at that pace
constexpr double still_layer = 0.2;   // after each layer
constexpr double still_token = 0.25;  // after each token
constexpr double other_layer = 0.35;  // a layer that does not unfold, as one segment
constexpr double still_other = 0.1;   // after it

// A forward's operations in one line: embedding, every layer's, final norm, logits, choice.
int slots(const Timeline& tl) { return 1 + tl.layers * operations_per_layer + 3; }
int slot_of(const Timeline& tl, int layer, Operation operation) {
  if (operation == Operation::embedding) return 0;
  if (in_layer(operation))
    return 1 + std::clamp(layer, 0, tl.layers - 1) * operations_per_layer +
           static_cast<int>(operation) - static_cast<int>(first_of_layer);
  return 1 + tl.layers * operations_per_layer + static_cast<int>(operation) -
         static_cast<int>(Operation::final_norm);
}
Moment moment_at(const Timeline& tl, int step, int slot, float t) {
  if (slot == 0) return {step, 0, Operation::embedding, t};
  const int within = slot - 1;
  if (within < tl.layers * operations_per_layer)
    return {
        step, within / operations_per_layer,
        static_cast<Operation>(static_cast<int>(first_of_layer) + within % operations_per_layer),
        t};
  return {step, 0,
          static_cast<Operation>(static_cast<int>(Operation::final_norm) + within -
                                 tl.layers * operations_per_layer),
          t};
}

// The work's own weight: 1 for a few rows, growing with the logarithm; the prompt takes a bit
// longer.
constexpr double few_rows = 8;
constexpr double growth = 0.12;  // for every doubling of the rows
constexpr double longer_prompt = 0.25;
double stretch(const Timeline& tl, int step) {
  const double rows = tl.prompt_tokens + step - 1;
  return 1 + growth * std::log2(std::max(1.0, rows / few_rows)) + (step == 1 ? longer_prompt : 0);
}

// The sum of stretch() over the steps before `step`, without a loop: sums of logarithms are
// logarithms of factorials.
double stretches_before(const Timeline& tl, int step) {
  if (step <= 1) return 0;
  const double least = std::max<double>(few_rows, tl.prompt_tokens);
  const double most = tl.prompt_tokens + step - 2;
  double logarithms = 0;
  if (most >= least)
    logarithms =
        std::lgamma(most + 1) - std::lgamma(least) - (most - least + 1) * std::log(few_rows);
  return step - 1 + growth * logarithms / std::log(2.0) + longer_prompt;
}

struct Slot {
  double move = 0, rest = 0;
  double whole() const { return move + rest; }
};

bool unfolds(const Timeline& tl, const Moment& m) {
  return !in_layer(m.operation) || m.layer == tl.layer;
}

// Whether the slot takes longer the more rows there are.
bool sweeps(const Timeline& tl, const Moment& m) {
  return times[static_cast<std::size_t>(m.operation)].sweep &&
         (tl.pace != Pace::operation || unfolds(tl, m));
}

// Where the work's weight is 1.
Slot plain_time(const Timeline& tl, const Moment& m) {
  const Times& time = times[static_cast<std::size_t>(m.operation)];
  if (m.operation == Operation::rotary && !tl.rotary) return {};
  const bool layer_ends = !in_layer(m.operation) || m.operation == last_of_layer;
  switch (tl.pace) {
    case Pace::token:
      return {unfolds(tl, m) ? time.token : 0, m.operation == Operation::choice ? still_token : 0};
    case Pace::layer:
      return {time.layer, layer_ends ? still_layer : 0};
    case Pace::operation:
      if (unfolds(tl, m)) return {time.operation, still};
      return {other_layer / operations_per_layer, layer_ends ? still_other : 0};
  }
  return {};
}

Slot slot_time(const Timeline& tl, const Moment& m, double weight) {
  Slot time = plain_time(tl, m);
  if (sweeps(tl, m)) time.move *= weight;
  return time;
}

// A step's seconds are fixed + growing * stretch(step), the two the same for every step.
struct StepTime {
  double fixed = 0, growing = 0;
};
StepTime step_time(const Timeline& tl) {
  StepTime sum;
  for (int slot = 0; slot < slots(tl); ++slot) {
    const Moment m = moment_at(tl, 1, slot, 0);
    const Slot time = plain_time(tl, m);
    (sweeps(tl, m) ? sum.growing : sum.fixed) += time.move;
    sum.fixed += time.rest;
  }
  return sum;
}

double seconds_before(const Timeline& tl, const StepTime& time, int step) {
  return time.fixed * std::max(0, step - 1) + time.growing * stretches_before(tl, step);
}

// Whether the picture comes to rest at the end of this slot.
bool stops_after(const Timeline& tl, int slot) {
  return plain_time(tl, moment_at(tl, 1, slot, 0)).rest > 0;
}

}  // namespace

float done(const Moment& m, int layer, Operation operation) {
  if (m.step == 0) return 0;
  const auto order = [](int at_layer, Operation op) {
    if (op < first_of_layer) return -1;
    if (op > last_of_layer) return (1 << 20) + static_cast<int>(op);
    return at_layer * operations_per_layer + static_cast<int>(op);
  };
  const int now = order(m.layer, m.operation), asked = order(layer, operation);
  return asked < now ? 1 : asked > now ? 0 : m.t;
}

double seconds_at(const Timeline& tl, const Moment& asked) {
  const Moment m = clamp(tl, asked);
  if (m.step == 0) return 0;
  double seconds = seconds_before(tl, step_time(tl), m.step);
  const double weight = stretch(tl, m.step);
  const int slot = slot_of(tl, m.layer, m.operation);
  for (int s = 0; s < slot; ++s)
    seconds += slot_time(tl, moment_at(tl, m.step, s, 0), weight).whole();
  return seconds + slot_time(tl, m, weight).move * static_cast<double>(m.t);
}

double duration(const Timeline& tl) { return seconds_before(tl, step_time(tl), tl.steps + 1); }

double stillness(const Timeline& tl, const Moment& moment) {
  return moment.step > 0 && moment.t >= 1 ? plain_time(tl, moment).rest : 0;
}

Moment at(const Timeline& tl, double seconds) {
  if (!(seconds > 0) || tl.steps == 0) return rest_after(0);
  // The step by bisection over the closed sums.
  const StepTime time = step_time(tl);
  int low = 1, high = tl.steps;
  while (low < high) {
    const int middle = (low + high + 1) / 2;
    if (seconds_before(tl, time, middle) <= seconds)
      low = middle;
    else
      high = middle - 1;
  }
  double left = std::max(0.0, seconds - seconds_before(tl, time, low));
  const double weight = stretch(tl, low);
  const int count = slots(tl);
  for (int slot = 0; slot < count; ++slot) {
    const Slot here = slot_time(tl, moment_at(tl, low, slot, 0), weight);
    if (left < here.whole()) {
      const double t = here.move > 0 ? left / here.move : 1;
      return moment_at(tl, low, slot, static_cast<float>(std::min(1.0, t)));
    }
    left -= here.whole();
  }
  return rest_after(low);
}

Moment next_stop(const Timeline& tl, const Moment& asked) {
  const Moment m = clamp(tl, asked);
  int step = m.step, slot = m.step == 0 ? 0 : slot_of(tl, m.layer, m.operation);
  if (m.at_rest() || m.step == 0)
    ++step, slot = 0;
  else if (m.t >= 1)
    ++slot;
  if (step > tl.steps) return rest_after(tl.steps);
  while (slot + 1 < slots(tl) && !stops_after(tl, slot)) ++slot;
  return moment_at(tl, step, slot, 1);
}

Moment previous_stop(const Timeline& tl, const Moment& asked) {
  const Moment m = clamp(tl, asked);
  if (m.step == 0) return rest_after(0);
  for (int slot = slot_of(tl, m.layer, m.operation) - 1; slot >= 0; --slot)
    if (stops_after(tl, slot)) return moment_at(tl, m.step, slot, 1);
  return rest_after(m.step - 1);
}

Moment clamp(const Timeline& tl, Moment m) {
  if (m.step > tl.steps) return rest_after(tl.steps);
  if (m.step <= 0) return rest_after(0);
  m.layer = in_layer(m.operation) ? std::clamp(m.layer, 0, tl.layers - 1) : 0;
  m.t = m.t >= 0 ? std::min(m.t, 1.0F) : 0;  // not a number: the beginning
  return m;
}

}  // namespace kv::scene
