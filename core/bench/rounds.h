// Runs two things in turns, often enough for a median, and not for longer than somebody waits.
#pragma once

#include <functional>

#include "core/bench/side_times.h"

namespace kv::core {

// Seconds of one side's whole round; empty when it was abandoned. `begin` and `end` are the shares of
// the progress this round covers.
using TimedSide = std::function<std::optional<double>(bool cached, double begin, double end)>;

// Rounds, each first without, then with the cache: three of long work, up to nine of short. What is
// timed last in one round is not what is timed first in the next, so a slow moment of the machine
// hits both. False when abandoned.
bool run_rounds(const TimedSide& side, SideTimes& times);

}  // namespace kv::core
