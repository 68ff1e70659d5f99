// Going through lessons: what each beat shows, however one came to it; and what is left of Explore.
#include "app/logic/lesson/teaching.h"

#include "app/logic/lesson/links.h"
#include "tests/logic/lesson_fixture.h"

namespace kv::test {
namespace {

using app::Command;
using scene::Operation;
using scene::PartKind;
using scene::PlaceId;
namespace act = app::act;

bool extends(const app::AppState& state) {
  const auto work = app::next_work(state);
  return work && std::holds_alternative<app::job::Extend>(work->job);
}

TEST(Places, ExploreComesBackAsItWasLeft) {
  Classroom room;
  room.take_steps(4);
  room.act(act::ForceToken{2, 44});
  room.take_steps(1);
  room.press(Command::layer_up);
  room.press(Command::head_next);
  room.press(Command::toggle_heat);
  room.press(Command::toggle_chart_scale);
  room.act(act::SetPace{scene::Pace::operation});
  room.act(act::GoTo{{.step = 3, .layer = 1, .operation = Operation::softmax, .t = 0.5F}});
  const app::AppState before = room.state();
  const std::string picture = room.picture();
  room.press(Command::open_lessons);
  EXPECT_EQ(room.state().view.place, PlaceId::lessons);
  EXPECT_TRUE(room.state().undo.empty());
  room.open(0, 1);
  room.open(1, 0);
  room.press(Command::open_explore);
  const app::AppState& after = room.state();
  EXPECT_EQ(after.view.place, PlaceId::explore);
  EXPECT_EQ(core::tokens_of(*after.now.run), core::tokens_of(*before.now.run));
  EXPECT_EQ(after.now.run->steps, before.now.run->steps);  // the very same, nothing made anew
  EXPECT_EQ(after.now.moment, before.now.moment);
  EXPECT_EQ(after.now.model.name, "tiny");
  EXPECT_EQ(after.now.prompt_text, before.now.prompt_text);
  EXPECT_EQ(after.undo.size(), before.undo.size());
  EXPECT_EQ(after.view.layer, before.view.layer);
  EXPECT_EQ(after.view.head, before.view.head);
  EXPECT_TRUE(after.view.heat);
  EXPECT_EQ(after.view.chart, before.view.chart);
  EXPECT_EQ(after.playback.pace, scene::Pace::operation);
  EXPECT_TRUE(same_picture(room.picture(), picture));
  EXPECT_TRUE(is_sound(after));
  room.press(Command::undo);
  EXPECT_NE(room.tokens()[before.now.run->prompt.size() + 2], 44);
}

TEST(Places, NothingOfABeatIsLeftInExplore) {
  Classroom room(lessons_of(
      {lesson_of("one", {{"only", R"("show": {"stage": "bill", "step": 2, "experiment": "no-mask",
                                   "highlight": ["k"]})"}})}));
  room.act(act::GoToBeat{0, 0});
  EXPECT_EQ(room.state().view.stage, scene::Stage::bill);
  EXPECT_EQ(room.state().view.experiment, core::Experiment::no_mask);
  EXPECT_EQ(room.state().view.highlight.size(), 1U);
  room.press(Command::toggle_presenting);
  room.press(Command::open_explore);
  EXPECT_EQ(room.state().view.stage, scene::Stage::decode);
  EXPECT_EQ(room.state().view.experiment, core::Experiment::none);
  EXPECT_TRUE(room.state().view.highlight.empty());
  EXPECT_FALSE(room.state().lesson.presenting);
  EXPECT_EQ(app::lesson_view(room.state()), nullptr);
}

TEST(Places, LessonsComeBackAtTheSameBeat) {
  Classroom room;
  room.open(1, 2);
  room.press(Command::open_explore);
  room.press(Command::open_lessons);
  EXPECT_EQ(room.beat_id(), "end");
  EXPECT_EQ(room.state().now.prompt_text, "four five six");
}

TEST(Places, WithoutLessonsThereIsAMessage) {
  Bench bench("tiny");
  bench.press(Command::open_lessons);
  EXPECT_TRUE(bench.says("No lessons were found"));
  EXPECT_EQ(bench.state().view.place, PlaceId::explore);
  bench.act(act::GoToBeat{0, 0});
  EXPECT_EQ(bench.state().view.place, PlaceId::explore);
}

// A model asked for in Explore is Explore's, one asked for by a beat is the beat's.
TEST(Places, AModelOnItsWayReachesThePlaceThatAskedForIt) {
  Classroom room;
  room.act(act::GoToBeat{0, 0});
  room.act_only(act::GoToBeat{1, 0});  // wants "other"
  ASSERT_EQ(room.state().loading, "other");
  room.act_only(act::Do{Command::open_explore});
  room.settle();
  EXPECT_EQ(room.state().now.model.name, "tiny");
  EXPECT_EQ(room.state().now.prompt_text, "one two three");
}

TEST(Places, AModelThatABeatWantedDoesNotReachTheNextBeat) {
  Classroom room;
  room.act(act::GoToBeat{0, 0});
  room.act_only(act::GoToBeat{1, 0});
  ASSERT_EQ(room.state().loading, "other");
  room.act_only(act::GoToBeat{1, 2});
  room.settle();
  EXPECT_EQ(room.state().now.model.name, "tiny");
  EXPECT_EQ(room.state().now.prompt_text, "four five six");
}

TEST(Places, AModelThatExploreWantedDoesNotReachALesson) {
  Classroom room;
  room.act_only(act::LoadModel{"other"});
  room.act_only(act::GoToBeat{0, 0});
  room.settle();
  EXPECT_EQ(room.state().now.model.name, "tiny");
  EXPECT_EQ(room.state().now.prompt_text, "four five six");
}

TEST(Beats, ACueIsShownWhole) {
  Classroom room;
  room.open(0, 1);
  const app::AppState& state = room.state();
  EXPECT_EQ(room.moment(), (scene::Moment{3, 1, Operation::softmax, 1}));
  EXPECT_EQ(room.steps(), 3);
  EXPECT_EQ(state.view.layer, 1);
  EXPECT_EQ(state.view.head, 2);
  EXPECT_TRUE(state.view.heat);
  EXPECT_EQ(state.playback.pace, scene::Pace::operation);
  EXPECT_EQ(state.now.prompt_text, "four five six");
  EXPECT_TRUE(is_sound(state));
  room.open(1, 1);
  EXPECT_EQ(state.view.stage, scene::Stage::chart);
  EXPECT_FALSE(state.view.heat);
  EXPECT_EQ(state.view.layer, 0);
  EXPECT_EQ(room.moment(), scene::rest_after(1));
}

TEST(Beats, NextAndPreviousGoOverTheEndsOfLessons) {
  Classroom room;
  room.open(0, 0);
  for (const char* id : {"glide", "ask", "elsewhere", "plain", "end"}) {
    room.press(Command::next);
    EXPECT_EQ(room.beat_id(), id);
    room.pass(20);
  }
  EXPECT_EQ(room.lesson_id(), "second");
  room.press(Command::next);
  EXPECT_EQ(room.beat_id(), "end");
  EXPECT_TRUE(room.says("This was the last beat"));
  for (const char* id : {"plain", "elsewhere", "ask", "glide", "begin"}) {
    room.press(Command::back);
    EXPECT_EQ(room.beat_id(), id);
  }
  room.press(Command::back);
  EXPECT_EQ(room.beat_id(), "begin");
  EXPECT_TRUE(room.says("This is the first beat"));
}

TEST(Beats, TheLecturesPathLeavesOthersOut) {
  Classroom room;
  room.open(0, 1);
  room.press(Command::toggle_lecture);
  for (const char* id : {"ask", "plain", "plain"}) {
    room.press(Command::next);
    EXPECT_EQ(room.beat_id(), id);
  }
  EXPECT_TRUE(room.says("This was the last beat"));
  room.act(act::GoToBeat{1, 2});  // may still be gone to
  for (const char* id : {"plain", "ask", "begin", "begin"}) {
    room.press(Command::back);
    EXPECT_EQ(room.beat_id(), id);
  }
}

TEST(Beats, PlacesOutsideAreTheNearestOnes) {
  Classroom room;
  room.act(act::GoToBeat{9, 9});
  EXPECT_EQ(room.beat_id(), "end");
  room.act(act::GoToBeat{-1, -1});
  EXPECT_EQ(room.beat_id(), "begin");
}

TEST(Beats, WhatWasSeenIsKept) {
  Classroom room;
  EXPECT_TRUE(app::status_of(room.state()).invites);
  room.open(0, 2);
  room.open(1, 0);
  room.open(0, 2);
  using Seen = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(room.state().lesson.progress.seen, (Seen{{"first", "ask"}, {"second", "elsewhere"}}));
  EXPECT_FALSE(app::status_of(room.state()).invites);
}

// The scene is composed from the cue alone.
TEST(Beats, LookTheSameHoweverOneCameToThem) {
  std::vector<std::string> direct, forwards, backwards;
  for (int beat = 0; beat < 6; ++beat) {
    Classroom room;
    room.open(beat / 3, beat % 3);
    direct.push_back(room.picture());
  }
  Classroom room;
  room.open(0, 0);
  for (int beat = 0; beat < 6; ++beat) {
    forwards.push_back(room.picture());
    room.press(Command::next);
    room.pass(20);
  }
  for (int beat = 5; beat >= 0; --beat) {
    room.open(beat / 3, beat % 3);
    backwards.insert(backwards.begin(), room.picture());
  }
  for (std::size_t i = 0; i < direct.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_TRUE(same_picture(direct[i], forwards[i]));
    EXPECT_TRUE(same_picture(direct[i], backwards[i]));
  }
}

// Whatever was done inside the beat before, and inside this one.
TEST(Beats, LookTheSameWhateverWasDoneBefore) {
  Classroom room;
  room.open(0, 1);
  const std::string picture = room.picture();
  const auto tokens = room.tokens();
  const auto again = [&] {
    room.open(0, 0);
    room.open(0, 1);
    EXPECT_EQ(room.tokens(), tokens);
    EXPECT_TRUE(same_picture(room.picture(), picture));
  };
  room.press(Command::layer_up);
  room.press(Command::toggle_heat);
  room.press(Command::toggle_chart_scale);
  room.act(act::SetPace{scene::Pace::layer});
  again();
  room.take_steps(3);
  again();
  room.act(act::ForceToken{0, 44});
  room.take_steps(3);
  again();
  room.act(act::SetPrompt{"two"});
  again();
  room.act(act::SetSampling{{.temperature = 50, .top_k = 0, .top_p = 1, .seed = 9}});
  room.press(Command::first);
  room.take_steps(1);
  again();
}

TEST(Beats, SamplingChangedInABeatEndsWithIt) {
  Classroom room;
  room.open(0, 1);
  const auto tokens = room.tokens();
  room.press(Command::first);
  room.act(act::SetSampling{{.temperature = 50, .top_k = 0, .top_p = 1, .seed = 9}});
  for (int i = 0; i < 4; ++i) room.press(Command::next_token);
  room.take_steps(3);
  ASSERT_NE(room.tokens(), tokens);
  room.open(0, 0);
  room.open(0, 1);
  EXPECT_EQ(room.tokens(), tokens);
  EXPECT_EQ(room.run().sampling, core::Sampling{});
}

TEST(Beats, UndoDoesNotLeadBackIntoTheBeatBefore) {
  Classroom room;
  room.open(0, 0);
  room.act(act::ForceToken{0, 44});
  ASSERT_FALSE(room.state().undo.empty());
  EXPECT_EQ(room.tokens().back(), 44);
  room.press(Command::undo);
  EXPECT_NE(room.tokens().back(), 44);  // within the beat it does what it does everywhere
  room.press(Command::redo);
  room.open(1, 0);
  room.press(Command::undo);
  EXPECT_EQ(room.state().now.model.name, "other");
}

TEST(Beats, GoingBackComputesNoStep) {
  Classroom room;
  for (int beat = 0; beat < 6; ++beat) room.open(beat / 3, beat % 3);
  for (int beat = 5; beat >= 0; --beat) {
    room.act_only(act::GoToBeat{beat / 3, beat % 3});
    EXPECT_FALSE(extends(room.state())) << beat;
    EXPECT_EQ(room.state().loading, "") << beat;
    room.settle();
  }
}

TEST(Beats, ResetShowsTheBeatAnew) {
  Classroom room;
  room.open(0, 2);
  room.take_steps(3);
  room.press(Command::layer_up);
  room.press(Command::reset);
  EXPECT_EQ(room.moment(), scene::rest_after(2));
  EXPECT_EQ(room.steps(), 2);
  EXPECT_EQ(room.state().view.layer, 0);
}

}  // namespace
}  // namespace kv::test
