#include "core/bench/rounds.h"

#include <algorithm>

namespace kv::core {

bool run_rounds(const TimedSide& side, SideTimes& times) {
  constexpr int few = 3, most = 9;
  constexpr double enough_seconds = 4;  // of timed work, then a few rounds will do
  constexpr double long_round = 10;     // seconds; of such, two
  int rounds = few;
  for (int round = 0; round < rounds; ++round) {
    for (const bool cached : {false, true}) {
      const double begin = (2.0 * round + (cached ? 1 : 0)) / (2.0 * rounds);
      const auto seconds = side(cached, begin, begin + 0.5 / rounds);
      if (!seconds) return false;
      (cached ? times.with_cache : times.without_cache).push_back(*seconds);
    }
    if (round == 0) {
      const double first = times.without_cache[0] + times.with_cache[0];
      rounds =
          first > long_round
              ? 2
              : static_cast<int>(std::clamp(enough_seconds / first, double{few}, double{most}));
    }
  }
  return true;
}

}  // namespace kv::core
