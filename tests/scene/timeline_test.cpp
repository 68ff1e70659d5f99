// Places of a run and seconds: what must hold of them at any pace, shape and place.
#include "viz/scene/timeline.h"

#include <gtest/gtest.h>

#include <random>

namespace kv::test {
namespace {

using scene::Moment;
using scene::Operation;
using scene::Pace;
using scene::Timeline;

constexpr Pace paces[] = {Pace::token, Pace::layer, Pace::operation};

int between(std::mt19937_64& random, int least, int most) {
  return std::uniform_int_distribution(least, most)(random);
}

Timeline any_timeline(std::mt19937_64& random) {
  Timeline tl;
  tl.steps = between(random, 1, 40);
  tl.prompt_tokens = between(random, 1, 200);
  tl.layers = between(random, 1, 6);
  tl.rotary = between(random, 0, 1) == 1;
  tl.pace = paces[between(random, 0, 2)];
  tl.layer = between(random, 0, tl.layers - 1);
  return tl;
}

Moment any_moment(std::mt19937_64& random, const Timeline& tl) {
  Moment m;
  m.step = between(random, 0, tl.steps);
  if (m.step == 0) return scene::rest_after(0);
  m.operation = static_cast<Operation>(between(random, 0, scene::operation_count - 1));
  m.layer = scene::in_layer(m.operation) ? between(random, 0, tl.layers - 1) : 0;
  m.t = std::uniform_real_distribution<float>(0, 1)(random);
  return m;
}

// Moments in the order of the work they stand for.
auto order(const Moment& m) {
  const int part = m.operation < scene::first_of_layer  ? 0
                   : m.operation > scene::last_of_layer ? 2
                                                        : 1;
  return std::tuple(m.step, m.step == 0 ? 0 : part, m.layer, static_cast<int>(m.operation), m.t);
}

TEST(Timeline, SecondsLeadBackToTheSameSeconds) {
  std::mt19937_64 random(1);
  for (int trial = 0; trial < 5000; ++trial) {
    const Timeline tl = any_timeline(random);
    const double asked = std::uniform_real_distribution<double>(0, scene::duration(tl))(random);
    const Moment m = scene::at(tl, asked);
    const double back = scene::seconds_at(tl, m);
    // Equal, or in the stillness after it.
    EXPECT_LE(back, asked + 1e-6);
    EXPECT_LE(asked - back, 0.25 + 1e-6);
    if (m.t < 1) {
      EXPECT_NEAR(back, asked, 1e-6);
    }
  }
}

TEST(Timeline, EveryMomentThatThePaceShowsComesBack) {
  std::mt19937_64 random(2);
  for (int trial = 0; trial < 5000; ++trial) {
    Timeline tl = any_timeline(random);
    tl.pace = Pace::operation;  // shows all but the turn of models that have none
    Moment m = any_moment(random, tl);
    if (m.operation == Operation::rotary && !tl.rotary) continue;
    m.t = std::min(0.99F, std::max(0.01F, m.t));
    if (m.step == 0) m = scene::rest_after(0);
    const Moment back = scene::at(tl, scene::seconds_at(tl, m));
    EXPECT_EQ(back.step, m.step);
    EXPECT_EQ(back.layer, m.layer);
    EXPECT_EQ(back.operation, m.operation);
    EXPECT_NEAR(back.t, m.t, 1e-3);
  }
}

TEST(Timeline, TimeNeverRunsBackwards) {
  std::mt19937_64 random(3);
  for (int trial = 0; trial < 5000; ++trial) {
    const Timeline tl = any_timeline(random);
    Moment a = any_moment(random, tl), b = any_moment(random, tl);
    if (order(b) < order(a)) std::swap(a, b);
    EXPECT_LE(scene::seconds_at(tl, a), scene::seconds_at(tl, b) + 1e-9);
    const double s = scene::seconds_at(tl, a), t = scene::seconds_at(tl, b);
    const Moment at_s = scene::at(tl, s + 1e-6), at_t = scene::at(tl, t + 2e-6);
    EXPECT_LE(order(at_s), order(at_t));
  }
}

TEST(Timeline, TheSumOverManyStepsIsThatOfSingleOnes) {
  for (const Pace pace : paces) {
    Timeline tl{.steps = 3000, .prompt_tokens = 3, .layers = 2, .pace = pace};
    double sum = 0;
    for (int step = 1; step <= tl.steps; ++step) {
      const double begin =
          scene::seconds_at(tl, {.step = step, .operation = Operation::embedding, .t = 0});
      EXPECT_NEAR(begin, sum, 1e-6);
      Timeline one = tl;
      one.steps = 1;
      one.prompt_tokens = tl.prompt_tokens + step - 1;
      // A first step takes a bit longer, whatever its rows: taken out by comparing with its own.
      const double longer =
          scene::duration({.steps = 1, .prompt_tokens = 8, .layers = 2, .pace = pace}) -
          (scene::duration({.steps = 2, .prompt_tokens = 1, .layers = 2, .pace = pace}) -
           scene::duration({.steps = 1, .prompt_tokens = 1, .layers = 2, .pace = pace}));
      sum += scene::duration(one) - (step == 1 ? 0 : longer);
    }
    EXPECT_NEAR(scene::duration(tl), sum, 1e-5);
  }
}

TEST(Timeline, StepsTakeGentlyLongerWithTheirRows) {
  for (const Pace pace : paces) {
    const auto step_seconds = [&](int rows) {
      const Timeline tl{.steps = 2, .prompt_tokens = rows - 1, .layers = 4, .pace = pace};
      Timeline first = tl;
      first.steps = 1;
      return scene::duration(tl) - scene::duration(first);
    };
    EXPECT_LT(step_seconds(16), step_seconds(1024));
    EXPECT_LT(step_seconds(1024), 3 * step_seconds(16));
  }
}

TEST(Timeline, ATokenTakesAboutASecondAndTheRestIsStill) {
  const Timeline tl{.steps = 2, .prompt_tokens = 4, .layers = 6, .pace = Pace::token, .layer = 3};
  Timeline first = tl;
  first.steps = 1;
  const double step = scene::duration(tl) - scene::duration(first);
  EXPECT_GT(step, 0.9);
  EXPECT_LT(step, 1.6);
  EXPECT_NEAR(scene::duration(tl) - scene::seconds_at(tl, scene::rest_after(2)), 0.25, 1e-9);
  EXPECT_EQ(scene::stillness(tl, scene::rest_after(2)), 0.25);
  EXPECT_EQ(scene::stillness(tl, scene::rest_after(0)), 0);
  EXPECT_EQ(scene::stillness(tl, {.step = 2, .operation = Operation::choice, .t = 0.9F}), 0);
  // Only the chosen layer moves.
  for (int layer = 0; layer < tl.layers; ++layer) {
    const Moment begin{.step = 2, .layer = layer, .operation = scene::first_of_layer, .t = 0};
    const Moment end{.step = 2, .layer = layer, .operation = scene::last_of_layer, .t = 1};
    const double seconds = scene::seconds_at(tl, end) - scene::seconds_at(tl, begin);
    EXPECT_EQ(seconds > 0, layer == tl.layer) << layer;
  }
}

TEST(Timeline, APaceChangesSecondsAndNeverThePlace) {
  std::mt19937_64 random(4);
  for (int trial = 0; trial < 2000; ++trial) {
    Timeline tl = any_timeline(random);
    const Moment m =
        scene::at(tl, std::uniform_real_distribution<double>(0, scene::duration(tl))(random));
    for (const Pace pace : paces) {
      tl.pace = pace;
      EXPECT_EQ(scene::clamp(tl, m), m);
    }
  }
}

std::vector<Moment> all_stops(const Timeline& tl) {
  std::vector<Moment> stops{scene::rest_after(0)};
  while (stops.back() != scene::rest_after(tl.steps)) {
    stops.push_back(scene::next_stop(tl, stops.back()));
    if (stops.size() > 100000) break;
  }
  return stops;
}

TEST(Timeline, StopsAreWhatThePaceSays) {
  const Timeline tl{.steps = 2, .layers = 3, .layer = 1};
  const auto count = [&](Pace pace) {
    Timeline paced = tl;
    paced.pace = pace;
    return static_cast<int>(all_stops(paced).size()) - 1;
  };
  EXPECT_EQ(count(Pace::token), 2);
  EXPECT_EQ(count(Pace::layer), 2 * (1 + 3 + 3));  // embedding, layers, norm, logits, choice
  EXPECT_EQ(count(Pace::operation), 2 * (1 + 2 + 12 + 3));  // one layer unfolded
}

TEST(Timeline, TheTurnIsNoStopWherePositionsAreLearned) {
  Timeline tl{.steps = 1, .layers = 1, .rotary = false, .pace = Pace::operation};
  for (const Moment& stop : all_stops(tl)) EXPECT_NE(stop.operation, Operation::rotary);
}

TEST(Timeline, ForthAndBackMeetAtTheSameStops) {
  std::mt19937_64 random(5);
  for (int trial = 0; trial < 60; ++trial) {
    const Timeline tl = any_timeline(random);
    const auto stops = all_stops(tl);
    for (std::size_t i = 1; i < stops.size(); ++i) {
      EXPECT_LT(order(stops[i - 1]), order(stops[i]));
      EXPECT_EQ(scene::previous_stop(tl, stops[i]), stops[i - 1]);
      // Every stop has stillness after it: a moment in it is the stop itself.
      EXPECT_EQ(scene::at(tl, scene::seconds_at(tl, stops[i]) + 0.05), stops[i]);
    }
    EXPECT_EQ(scene::previous_stop(tl, stops.front()), stops.front());
    EXPECT_EQ(scene::next_stop(tl, stops.back()), stops.back());
  }
}

TEST(Timeline, FromAnywhereTheNextStopIsAheadAndThePreviousBehind) {
  std::mt19937_64 random(6);
  for (int trial = 0; trial < 3000; ++trial) {
    const Timeline tl = any_timeline(random);
    const Moment m = any_moment(random, tl);
    const Moment next = scene::next_stop(tl, m), previous = scene::previous_stop(tl, m);
    if (m != scene::rest_after(tl.steps)) {
      EXPECT_LT(order(m), order(next));
    }
    if (m.step > 0) {
      EXPECT_LT(order(previous), order(m));
    }
    EXPECT_EQ(scene::clamp(tl, next), next);
    EXPECT_EQ(scene::clamp(tl, previous), previous);
  }
}

TEST(Timeline, DoneIsZeroOneOrInBetween) {
  const Moment m{.step = 3, .layer = 1, .operation = Operation::scores, .t = 0.25F};
  EXPECT_EQ(scene::done(m, 0, Operation::embedding), 1);
  EXPECT_EQ(scene::done(m, 0, Operation::mlp), 1);
  EXPECT_EQ(scene::done(m, 1, Operation::project), 1);
  EXPECT_EQ(scene::done(m, 1, Operation::scores), 0.25F);
  EXPECT_EQ(scene::done(m, 1, Operation::softmax), 0);
  EXPECT_EQ(scene::done(m, 2, Operation::project), 0);
  EXPECT_EQ(scene::done(m, 0, Operation::choice), 0);
  for (const auto& info : scene::operations()) {
    EXPECT_EQ(scene::done(scene::rest_after(1), 5, info.operation), 1) << info.id;
    EXPECT_EQ(scene::done(scene::rest_after(0), 0, info.operation), 0) << info.id;
  }
}

TEST(Timeline, ClampKeepsWhatExistsAndNothingElse) {
  const Timeline tl{.steps = 3, .layers = 2};
  EXPECT_EQ(scene::clamp(tl, {.step = 9, .operation = Operation::mlp}), scene::rest_after(3));
  EXPECT_EQ(scene::clamp(tl, {.step = -1}), scene::rest_after(0));
  EXPECT_EQ(scene::clamp(tl, {.step = 2, .layer = 7, .operation = Operation::mlp, .t = 4}),
            (Moment{.step = 2, .layer = 1, .operation = Operation::mlp, .t = 1}));
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(scene::clamp(tl, {.step = 2, .operation = Operation::logits, .t = nan}).t, 0);
}

TEST(Timeline, ARunWithoutStepsHasOneMoment) {
  const Timeline tl{.steps = 0};
  EXPECT_EQ(scene::duration(tl), 0);
  for (const double seconds : {-1.0, 0.0, 5.0, 1e9})
    EXPECT_EQ(scene::at(tl, seconds), scene::rest_after(0));
  EXPECT_EQ(scene::next_stop(tl, scene::rest_after(0)), scene::rest_after(0));
}

TEST(Timeline, StrangeSecondsAreClamped) {
  const Timeline tl{.steps = 2, .layers = 2};
  EXPECT_EQ(scene::at(tl, std::numeric_limits<double>::quiet_NaN()), scene::rest_after(0));
  EXPECT_EQ(scene::at(tl, -1e300), scene::rest_after(0));
  EXPECT_EQ(scene::at(tl, 1e300), scene::rest_after(2));
}

}  // namespace
}  // namespace kv::test
