// Runs two things in turns, often enough for a median, and not for longer than somebody waits.
#pragma once

#include <functional>
#include <optional>

#include "core/bench/side_times.h"

namespace kv::core {

// Seconds of one side's whole round; empty when it was abandoned. `begin` and `end` are the shares
// of the progress this round covers.
using TimedSide = std::function<std::optional<double>(bool cached, double begin, double end)>;

// Rounds, each first without, then with the cache, so that a slow moment of the machine hits both
// sides: two or three of long work, up to nine of short. False when abandoned.
bool run_rounds(const TimedSide& side, SideTimes& times);

}  // namespace kv::core
