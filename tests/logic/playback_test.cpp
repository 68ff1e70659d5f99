// Moving through the run, by hand and by time.
#include <limits>

#include "tests/logic/bench.h"

namespace kv::test {
namespace {

using app::Command;
using scene::Operation;
using scene::Pace;
namespace act = app::act;

app::Settings still() {
  app::Settings settings;
  settings.reduced_motion = true;
  return settings;
}

TEST(Playback, NextAtTheEndTakesATokenAndGlidesToIt) {
  Bench bench("tiny");
  bench.act_only(act::Do{Command::next});
  EXPECT_EQ(bench.state().now.wanted_steps, 2);
  EXPECT_FALSE(app::moving(bench.state()));  // nothing to draw while it is computed
  EXPECT_EQ(bench.moment(), scene::rest_after(1));
  bench.settle();
  EXPECT_EQ(bench.steps(), 2);
  EXPECT_TRUE(app::moving(bench.state()));
  bench.pass(0.3);
  EXPECT_EQ(bench.moment().step, 2);
  EXPECT_FALSE(bench.moment().at_rest());
  bench.pass(2);
  EXPECT_EQ(bench.moment(), scene::rest_after(2));
  EXPECT_FALSE(app::moving(bench.state()));
  EXPECT_EQ(bench.steps(), 2);
}

TEST(Playback, NextWhileGlidingFinishesAndBeginsTheFollowingOne) {
  Bench bench("tiny");
  bench.take_steps(3);
  bench.press(Command::first);
  bench.press(Command::next);
  bench.pass(0.2);
  bench.press(Command::next);
  EXPECT_EQ(bench.moment(), scene::rest_after(1));
  bench.pass(0.2);
  EXPECT_EQ(bench.moment().step, 2);
  bench.press(Command::next);
  bench.pass(3);
  EXPECT_EQ(bench.moment(), scene::rest_after(3));
}

TEST(Playback, BackIsInstant) {
  Bench bench("tiny");
  bench.take_steps(2);
  bench.press(Command::back);
  EXPECT_EQ(bench.moment(), scene::rest_after(2));
  EXPECT_FALSE(app::moving(bench.state()));
  bench.press(Command::next);
  bench.pass(0.4);
  bench.press(Command::back);  // from the middle of a step to its beginning
  EXPECT_EQ(bench.moment(), scene::rest_after(2));
  bench.press(Command::first);
  bench.press(Command::back);
  EXPECT_EQ(bench.moment(), scene::rest_after(0));
}

TEST(Playback, BackWhileAStepIsAwaitedCallsItOff) {
  Bench bench("tiny");
  bench.act_only(act::Do{Command::next});
  const auto work = *app::next_work(bench.state());
  bench.act_only(act::Do{Command::back});
  EXPECT_FALSE(app::still_needed(bench.state(), work));
  bench.settle();
  EXPECT_EQ(bench.steps(), 1);
  EXPECT_EQ(bench.moment(), scene::rest_after(0));
  bench.press(Command::last);
  bench.press(Command::next);  // and the next one works as ever
  EXPECT_EQ(bench.steps(), 2);
}

TEST(Playback, PressingNextManyTimesWhileWaitingTakesOneToken) {
  Bench bench("tiny");
  for (int i = 0; i < 9; ++i) bench.act_only(act::Do{Command::next});
  bench.settle();
  EXPECT_EQ(bench.steps(), 2);
}

TEST(Playback, SingleOperationsWhateverThePace) {
  Bench bench("tiny");
  bench.press(Command::layer_up);
  bench.press(Command::first);
  bench.press(Command::next_operation);
  bench.pass(2);
  EXPECT_EQ(bench.moment(), (scene::Moment{1, 0, Operation::embedding, 1}));
  bench.press(Command::next_operation);  // the first layer passes as one
  bench.pass(2);
  EXPECT_EQ(bench.moment(), (scene::Moment{1, 0, Operation::mlp, 1}));
  bench.press(Command::next_operation);
  bench.pass(2);
  EXPECT_EQ(bench.moment(), (scene::Moment{1, 1, Operation::attention_norm, 1}));
  bench.press(Command::previous_operation);
  EXPECT_EQ(bench.moment(), (scene::Moment{1, 0, Operation::mlp, 1}));
  EXPECT_EQ(bench.state().playback.pace, Pace::token);
}

TEST(Playback, AChangeOfPaceKeepsThePlace) {
  Bench bench("tiny");
  bench.press(Command::first);
  bench.press(Command::next);
  bench.pass(0.5);
  const auto before = bench.moment();
  for (int i = 0; i < 3; ++i) {
    bench.act(act::SetPace{static_cast<Pace>(i)});
    EXPECT_EQ(bench.moment(), before);
  }
  EXPECT_EQ(bench.state().playback.pace, Pace::operation);
  bench.press(Command::next_pace);
  EXPECT_EQ(bench.state().playback.pace, Pace::token);
  EXPECT_EQ(bench.moment(), before);
}

TEST(Playback, ALayerChosenWhileGlidingDoesNotHoldItUp) {
  Bench bench("tiny");
  bench.act(act::SetPace{Pace::layer});
  bench.press(Command::first);
  for (int layer = 2; layer >= 0; --layer) {
    bench.act(act::SetPace{layer == 1 ? Pace::operation : Pace::token});
    bench.press(Command::next);
    bench.pass(0.2);
    bench.click(scene::PartKind::layer_button, layer);
    bench.pass(4);
    EXPECT_FALSE(app::moving(bench.state()));
  }
}

TEST(Playback, PlayingMakesTokensUntilTheContextIsFull) {
  Bench bench("short");
  const int most = 12 - static_cast<int>(bench.run().prompt.size()) + 1;
  bench.press(Command::play_or_pause);
  EXPECT_TRUE(app::moving(bench.state()));
  bench.pass(60);
  EXPECT_EQ(bench.steps(), most);
  EXPECT_FALSE(bench.state().playback.playing);
  EXPECT_FALSE(app::moving(bench.state()));
  EXPECT_TRUE(bench.says("12 tokens"));
  bench.press(Command::next);
  EXPECT_TRUE(bench.says("12 tokens"));
  EXPECT_EQ(bench.steps(), most);
  EXPECT_FALSE(bench.state().playback.waiting);
}

TEST(Playback, PlayingStopsAtAnEndToken) {
  Bench bench("tiny");
  auto run = bench.run();
  auto model = std::make_shared<core::Model>();
  model->config = run.model->config;
  model->config.end_tokens = {run.steps[0]->token};
  run.model = model;
  bench.edit().now.run = std::make_shared<const core::Run>(run);
  bench.act_only(act::Do{Command::play_or_pause});
  bench.edit() = app::advance(bench.state(), 0.1);
  EXPECT_FALSE(bench.state().playback.playing);
  EXPECT_TRUE(bench.says("ended"));
  EXPECT_EQ(bench.state().now.wanted_steps, 1);
}

TEST(Playback, PauseKeepsThePlaceAndPlayGoesOn) {
  Bench bench("tiny");
  bench.take_steps(4);
  bench.press(Command::first);
  bench.press(Command::play_or_pause);
  bench.pass(2);
  bench.press(Command::play_or_pause);
  const auto paused = bench.moment();
  EXPECT_GT(paused.step, 0);
  bench.pass(2);
  EXPECT_EQ(bench.moment(), paused);
  bench.press(Command::play_or_pause);
  bench.pass(1.5);
  EXPECT_NE(bench.moment(), paused);
}

TEST(Playback, PlayingShowsEveryTokenForAWhile) {
  Bench bench("tiny");
  bench.press(Command::play_or_pause);
  bench.pass(12);
  const int steps = bench.steps();
  EXPECT_GE(steps, 7);  // about a second each, and the stillness after it
  EXPECT_LE(steps, 12);
}

TEST(Playback, NextWhilePlayingSkipsAheadAndPlaysOn) {
  Bench bench("tiny");
  bench.take_steps(4);
  bench.press(Command::first);
  bench.press(Command::play_or_pause);
  bench.pass(0.2);
  bench.press(Command::next);
  EXPECT_EQ(bench.moment(), scene::rest_after(1));
  EXPECT_TRUE(bench.state().playback.playing);
}

TEST(Playback, SpeedIsWithinItsLimitsAndCounts) {
  Bench bench("tiny");
  const auto seconds_of_a_step = [&](double speed) {
    bench.act(act::SetSpeed{speed});
    bench.press(Command::last);
    bench.press(Command::next_token);
    double seconds = 0;
    while (app::moving(bench.state()) && seconds < 20) bench.pass(0.02), seconds += 0.02;
    return seconds;
  };
  const double plain = seconds_of_a_step(1);
  EXPECT_NEAR(seconds_of_a_step(2), plain / 2, 0.1);
  EXPECT_NEAR(seconds_of_a_step(0.5), plain * 2, 0.15);
  bench.act(act::SetSpeed{1000});
  EXPECT_EQ(bench.state().playback.speed, 8);
  bench.act(act::SetSpeed{-3});
  EXPECT_EQ(bench.state().playback.speed, 0.25);
  bench.act(act::SetSpeed{std::numeric_limits<double>::quiet_NaN()});
  EXPECT_EQ(bench.state().playback.speed, 0.25);
  bench.press(Command::faster);
  EXPECT_EQ(bench.state().playback.speed, 0.5);
  bench.press(Command::slower);
  bench.press(Command::slower);
  EXPECT_EQ(bench.state().playback.speed, 0.25);
  EXPECT_EQ(bench.state().settings.speed, 0.25);
}

TEST(Playback, StrangeClocksSkipNothing) {
  Bench bench("tiny");
  bench.press(Command::first);
  bench.press(Command::next);
  const auto begun = bench.moment();
  for (const double dt : {0.0, -5.0, std::numeric_limits<double>::quiet_NaN()}) {
    bench.edit() = app::advance(bench.state(), dt);
    EXPECT_EQ(bench.moment(), begun) << dt;
  }
  // A machine that stood still for an hour: a quarter of a second has passed.
  bench.edit() = app::advance(bench.state(), 3600);
  Bench other("tiny");
  other.press(Command::first);
  other.press(Command::next);
  other.edit() = app::advance(other.state(), 0.25);
  EXPECT_EQ(bench.moment(), other.moment());
  EXPECT_TRUE(app::moving(bench.state()));
}

TEST(Playback, ReducedMotionReplacesEveryGlideByItsEnd) {
  Bench bench("tiny", still());
  bench.press(Command::next);
  EXPECT_EQ(bench.moment(), scene::rest_after(2));
  EXPECT_FALSE(app::moving(bench.state()));
  bench.press(Command::first);
  bench.press(Command::next_operation);
  EXPECT_EQ(bench.moment(), (scene::Moment{1, 0, Operation::embedding, 1}));
  bench.press(Command::last);
  bench.press(Command::play_or_pause);
  for (int i = 0; i < 600; ++i) {
    bench.pass(1.0 / 60);
    EXPECT_EQ(bench.moment().t, 1);
    EXPECT_TRUE(bench.moment().at_rest());
  }
  EXPECT_GT(bench.steps(), 5);
}

TEST(Playback, ReducedMotionEndsAGlideUnderWay) {
  Bench bench("tiny");
  bench.press(Command::next);
  bench.pass(0.3);
  bench.act(act::SetSettings{still()});
  EXPECT_EQ(bench.moment(), scene::rest_after(2));
  EXPECT_FALSE(app::moving(bench.state()));
}

TEST(Playback, ScrubbingAndTheSliderAgree) {
  Bench bench("tiny");
  bench.take_steps(6);
  for (const auto pace : {Pace::token, Pace::layer, Pace::operation}) {
    bench.act(act::SetPace{pace});
    for (int i = 0; i <= 100; ++i) {
      const float share = static_cast<float>(i) / 100;
      bench.act(act::Scrub{share});
      EXPECT_LE(app::status_of(bench.state()).slider, share + 1e-4F);
      EXPECT_NEAR(app::status_of(bench.state()).slider, share, 0.05F);
    }
    EXPECT_EQ(bench.moment(), scene::rest_after(7));
    bench.act(act::Scrub{0});
    EXPECT_EQ(bench.moment(), scene::rest_after(0));
    bench.act(act::Scrub{std::numeric_limits<float>::quiet_NaN()});
    EXPECT_EQ(bench.moment(), scene::rest_after(0));
    bench.act(act::Scrub{7});
    EXPECT_EQ(bench.moment(), scene::rest_after(7));
  }
}

TEST(Playback, NothingMovesWithNothingOpen) {
  Bench bench;
  for (int command = 0; command <= static_cast<int>(Command::cancel_work); ++command)
    bench.press(static_cast<Command>(command));
  bench.act(act::Scrub{0.5F});
  bench.act(act::GoTo{scene::rest_after(4)});
  bench.act(act::SetPrompt{"x"});
  bench.act(act::SetPromptTokens{{1}});
  bench.act(act::SetSampling{});
  bench.act(act::ForceToken{0, 0});
  bench.act(act::Wheel{{.kind = scene::PartKind::attention_cell, .a = 0, .b = 0}, 1});
  for (int kind = 0; kind < static_cast<int>(scene::PartKind::count_); ++kind)
    bench.click(static_cast<scene::PartKind>(kind), 0, 0);
  bench.pass(1);
  EXPECT_FALSE(bench.state().now.run);
  EXPECT_FALSE(app::moving(bench.state()));
  EXPECT_EQ(app::status_of(bench.state()).slider, 0);
}

TEST(Playback, GoToClampsToTheRun) {
  Bench bench("tiny");
  bench.take_steps(2);
  bench.act(act::GoTo{scene::rest_after(99)});
  EXPECT_EQ(bench.moment(), scene::rest_after(3));
  bench.act(act::GoTo{{.step = 2, .layer = 99, .operation = Operation::mlp, .t = 0.5F}});
  EXPECT_EQ(bench.moment(), (scene::Moment{2, 2, Operation::mlp, 0.5F}));
}

}  // namespace
}  // namespace kv::test
