// What a person with too much time does to the program: seeded, so that a failure comes again.
#pragma once

#include <random>

#include "tests/logic/bench.h"
#include "viz/scene/scene.h"

namespace kv::test {

class RandomActions {
 public:
  explicit RandomActions(unsigned seed) : random_(seed) {}

  // Keys, clicks and hovers on what `shown` shows, typing, settings, models good and bad, sessions
  // whole and torn, time.
  void act(Bench& bench, const scene::Scene& shown);

  bool chance(int one_in) { return below(one_in) == 0; }
  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }

 private:
  scene::PartId part_of(const scene::Scene& shown);
  std::string text();
  app::Action action(const Bench& bench, const scene::Scene& shown);

  std::mt19937 random_;
};

}  // namespace kv::test
