// What is computed, in which order, within which memory, and what becomes of late results.
#include "tests/logic/bench.h"

namespace kv::test {
namespace {

using app::Command;
using core::Side;
namespace act = app::act;
namespace job = app::job;

// A model whose uncached steps are too dear to be computed unasked.
constexpr const char* dear = "random:width=256,layers=6,heads=4,ffn=1024,vocab=64,context=128";

const job::Replay& replay_of(const app::Work& work) { return std::get<job::Replay>(work.job); }

TEST(Work, AToyStepBringsItsPictureAtOnce) {
  Bench bench("tiny");
  bench.act_only(act::Do{Command::next});
  bench.act_only(act::Finished{bench.work_once()});
  EXPECT_EQ(bench.steps(), 2);
  EXPECT_TRUE(bench.run().steps[1]->uncached);
  bench.press(Command::last);
  const auto subject = app::subject_of(bench.state());
  EXPECT_TRUE(subject.cached && subject.uncached);
  EXPECT_EQ(subject.cached->step, 1);
  EXPECT_EQ(subject.uncached->fresh, bench.run().steps[1]->total());
  EXPECT_FALSE(app::next_work(bench.state()));
}

TEST(Work, OfARealModelOnlyTheStepShownIsComputed) {
  Bench bench(dear);
  bench.act(act::SetPromptTokens{std::vector<core::Token>(60, 5)});
  bench.press(Command::last);
  for (int i = 0; i < 3; ++i) {  // pressed again before the picture of the last one is there
    bench.act_only(act::Do{Command::next_token});
    bench.act_only(act::Finished{bench.work_once()});
  }
  bench.press(Command::last);
  ASSERT_EQ(bench.steps(), 4);
  EXPECT_TRUE(bench.run().steps[3]->uncached);
  EXPECT_FALSE(bench.run().steps[1]->uncached);
  EXPECT_FALSE(bench.run().steps[2]->uncached);
  EXPECT_FALSE(app::next_work(bench.state()));
}

TEST(Work, ComesInTheOrderOfNeed) {
  Bench bench(dear);
  bench.act(act::SetPromptTokens{std::vector<core::Token>(60, 5)});
  bench.press(Command::last);
  bench.act_only(act::Do{Command::next});
  // A step somebody waits for; then the picture; a model before both.
  ASSERT_TRUE(std::holds_alternative<job::Extend>(app::next_work(bench.state())->job));
  EXPECT_TRUE(app::next_work(bench.state())->wanted_now);
  bench.act_only(act::Finished{bench.work_once()});
  bench.act_only(act::Do{Command::last});
  auto next = app::next_work(bench.state());
  ASSERT_TRUE(std::holds_alternative<job::Replay>(next->job));
  EXPECT_EQ(replay_of(*next).side, Side::cached);
  EXPECT_FALSE(next->wanted_now);
  bench.act_only(act::Finished{bench.work_once()});
  next = app::next_work(bench.state());
  EXPECT_EQ(replay_of(*next).side, Side::uncached);
  EXPECT_EQ(replay_of(*next).step, 1);
  bench.act_only(act::LoadModel{"ids"});
  EXPECT_TRUE(std::holds_alternative<job::Load>(app::next_work(bench.state())->job));
  EXPECT_FALSE(app::still_needed(bench.state(), *next));
}

TEST(Work, TheUncachedSideOfTheStepShownGivesWayToAnother) {
  Bench bench(dear);
  bench.act(act::SetPromptTokens{std::vector<core::Token>(60, 5)});
  bench.press(Command::last);
  for (int i = 0; i < 2; ++i) bench.press(Command::next_token);
  bench.act_only(act::Do{Command::last});
  bench.edit().replays.clear();
  const auto work = *app::next_work(bench.state());
  EXPECT_TRUE(app::still_needed(bench.state(), work));
  bench.act_only(act::Do{Command::first});
  EXPECT_FALSE(app::still_needed(bench.state(), work));
  bench.act_only(act::Do{Command::last});
  EXPECT_TRUE(app::still_needed(bench.state(), work));
  bench.act_only(act::Do{Command::layer_up});
  EXPECT_FALSE(app::still_needed(bench.state(), work));
}

TEST(Work, AgreementOfAllToyStepsIsFilledInNewestFirst) {
  Bench bench("tiny");
  const auto session = R"({"version":1,"model":"tiny","prompt_tokens":[1,2],"steps":6,
                           "moment":{"step":6}})";
  bench.act_only(act::OpenSession{session, "s"});
  while (bench.steps() < 6) bench.act_only(act::Finished{bench.work_once()});
  EXPECT_TRUE(bench.run().steps[5]->uncached);  // shown: with its picture
  std::vector<int> order;
  while (const auto work = app::next_work(bench.state())) {
    EXPECT_FALSE(replay_of(*work).picture);
    EXPECT_FALSE(work->wanted_now);
    order.push_back(replay_of(*work).step);
    bench.act_only(act::Finished{bench.work_once()});
  }
  EXPECT_EQ(order, (std::vector<int>{4, 3, 2, 1, 0}));
  for (const auto& step : bench.run().steps) EXPECT_TRUE(step->uncached->agreement->same_token);
  EXPECT_EQ(bench.state().replays.size(), 2U);  // nothing kept but the picture
  EXPECT_TRUE(is_sound(bench.state()));
}

TEST(Work, LateResultsAreIgnored) {
  Bench bench("tiny");
  bench.take_steps(2);
  bench.act_only(act::Do{Command::next});
  const auto late_step = bench.work_once();
  bench.act(act::ForceToken{0, 21});
  const auto after = bench.tokens();
  bench.act(act::Finished{late_step});
  EXPECT_EQ(bench.tokens(), after);
  EXPECT_TRUE(is_sound(bench.state()));

  bench.edit().replays.clear();
  const auto late_replay = bench.work_once();
  bench.act(act::SetPromptTokens{{4, 4, 4, 4, 4}});
  bench.act(act::Finished{late_replay});
  EXPECT_TRUE(is_sound(bench.state()));
  for (const auto& replay : bench.state().replays) EXPECT_EQ(replay->total(), 5);
}

TEST(Work, AStepThatComesTwiceCountsOnce) {
  Bench bench("tiny");
  bench.act_only(act::Do{Command::next});
  const auto step = bench.work_once();
  bench.act_only(act::Finished{step});
  bench.act(act::Finished{step});
  EXPECT_EQ(bench.steps(), 2);
  EXPECT_TRUE(is_sound(bench.state()));
}

TEST(Work, WhatCameInMeanwhileIsNotLostByAStep) {
  Bench bench(dear);
  bench.act(act::SetPromptTokens{std::vector<core::Token>(60, 5)});
  bench.act_only(act::Do{Command::last});
  bench.act_only(act::Do{Command::next});
  const auto step = bench.work_once();
  core::Workspace work;
  ASSERT_FALSE(bench.run().steps[0]->uncached);
  app::WorkResult uncached{
      .work = {.job = job::Replay{bench.state().now.run, 0, Side::uncached, 0, false},
               .run_id = bench.state().run_id},
      .uncached = core::compute_uncached(bench.run(), 0, work)};
  bench.act_only(act::Finished{uncached});
  bench.act_only(act::Finished{step});
  EXPECT_EQ(bench.steps(), 2);
  EXPECT_TRUE(bench.run().steps[0]->uncached);
  EXPECT_TRUE(is_sound(bench.state()));
}

TEST(Work, CancelStopsItUntilTheNextAction) {
  Bench bench(dear);
  bench.act(act::SetPromptTokens{std::vector<core::Token>(60, 5)});
  bench.press(Command::last);
  bench.act_only(act::Do{Command::next});
  const auto work = *app::next_work(bench.state());
  bench.act_only(act::Progress{"computing", 0.5F});
  EXPECT_TRUE(app::status_of(bench.state()).can_cancel);
  EXPECT_EQ(app::status_of(bench.state()).progress, 0.5F);
  bench.act_only(act::Click{{.kind = scene::PartKind::cancel_button}});
  EXPECT_FALSE(app::status_of(bench.state()).can_cancel);
  EXPECT_FALSE(app::still_needed(bench.state(), work));
  EXPECT_FALSE(app::next_work(bench.state()));
  EXPECT_FALSE(bench.state().playback.waiting);
  bench.act_only(
      act::Finished{{.work = work, .error = core::Error{core::ErrorKind::internal, "abandoned"}}});
  EXPECT_TRUE(bench.state().messages.empty());
  EXPECT_EQ(bench.steps(), 1);
  bench.press(Command::next);
  EXPECT_EQ(bench.steps(), 2);
}

TEST(Work, AFailureIsSaidOnceAndNotTriedForEver) {
  Bench bench("tiny");
  bench.act_only(act::Do{Command::next});
  app::WorkResult failed{.work = *app::next_work(bench.state()),
                         .error = core::Error{core::ErrorKind::machine, "no memory left"}};
  bench.act_only(act::Finished{failed});
  EXPECT_TRUE(bench.says("no memory left"));
  EXPECT_FALSE(app::next_work(bench.state()));
  EXPECT_FALSE(bench.state().playback.waiting);
  bench.press(Command::next);
  EXPECT_EQ(bench.steps(), 2);
}

TEST(Work, IsAbandonedThroughItsProgress) {
  core::Workspace workspace;
  Bench bench("tiny");
  bench.act_only(act::Do{Command::next});
  app::WorkTools tools{
      .workspace = workspace,
      .parallel = nullptr,
      .open_model = [](const std::string& name, const auto&) { return open_for_bench(name); },
      .progress = [](double) { return false; }};
  const auto step = app::perform(*app::next_work(bench.state()), tools);
  ASSERT_TRUE(step.error);
  EXPECT_TRUE(app::abandoned(*step.error));
  bench.act_only(act::Finished{app::perform(*app::next_work(bench.state()), tools)});
  EXPECT_TRUE(bench.state().messages.empty());
  EXPECT_EQ(bench.steps(), 1);
  EXPECT_EQ(app::settle(bench.state(), tools).now.run->steps.size(), 1U);  // and comes back
}

TEST(Work, KeepsReplaysWithinTheBudgetTheStepShownFirst) {
  Bench bench("tiny");
  bench.take_steps(1);
  const std::uint64_t one = app::picture_bytes(bench.run(), 1, 0);
  bench.edit().memory_budget = 5 * one;
  bench.take_steps(20);
  EXPECT_TRUE(is_sound(bench.state()));
  EXPECT_LE(app::status_of(bench.state()).memory_bytes, 5 * one);
  EXPECT_LT(bench.state().replays.size(), 12U);
  bench.act(act::GoTo{scene::rest_after(2)});
  ASSERT_TRUE(app::subject_of(bench.state()).cached && app::subject_of(bench.state()).uncached);
  EXPECT_EQ(bench.state().replays[0]->step, 1);
  EXPECT_EQ(bench.state().replays[1]->step, 1);
}

TEST(Work, RefusesAPictureBeyondTheBudget) {
  Bench bench("tiny");
  bench.edit().memory_budget = app::picture_bytes(bench.run(), 0, 0) - 1;
  bench.edit().replays.clear();
  bench.press(Command::last);
  EXPECT_FALSE(app::next_work(bench.state()));
  EXPECT_FALSE(app::subject_of(bench.state()).cached);
  const auto messages = app::status_of(bench.state()).messages;
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_TRUE(messages[0].find("budget") != std::string::npos);
  bench.press(Command::next);  // decoding goes on
  EXPECT_EQ(bench.steps(), 2);
  EXPECT_TRUE(is_sound(bench.state()));
}

TEST(Work, LayersOfALargeRunAreKeptSideBySide) {
  Bench bench("random:width=32,layers=3,heads=16,ffn=16,vocab=32,context=512");
  bench.act(act::SetPromptTokens{std::vector<core::Token>(200, 3)});
  bench.press(Command::last);
  ASSERT_EQ(bench.state().replays[0]->record->request().layers.size(), 1U);
  bench.press(Command::layer_up);
  EXPECT_TRUE(app::subject_of(bench.state()).uncached->record->layer(1));
  bench.press(Command::layer_down);
  EXPECT_FALSE(app::next_work(bench.state()));  // still there
  EXPECT_TRUE(app::subject_of(bench.state()).uncached->record->layer(0));
}

TEST(Work, HasATitleInEveryLanguage) {
  Bench bench("tiny");
  bench.act_only(act::Do{Command::next});
  for (const auto language : scene::languages) {
    EXPECT_FALSE(app::title_of(*app::next_work(bench.state()), language).empty());
    EXPECT_NE(app::title_of({.job = job::Load{"m"}}, language).find("m"), std::string::npos);
    const app::Work replay{.job = job::Replay{bench.state().now.run, 0, Side::uncached, 0}};
    EXPECT_NE(app::title_of(replay, language), app::title_of({.job = job::Load{"m"}}, language));
  }
}

}  // namespace
}  // namespace kv::test
