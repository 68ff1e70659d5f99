// Predictions and answers: what is right, what each mistake is told, and that nothing blocks.
#include "app/logic/lesson/answering.h"

#include "app/logic/keymap.h"
#include "app/logic/lesson/teaching.h"
#include "tests/logic/lesson_fixture.h"

namespace kv::test {
namespace {

using app::Command;
using scene::PartKind;
namespace act = app::act;
using Tried = std::vector<std::string>;

constexpr int ask = 2;  // the beat with a choice

Classroom asked() {
  Classroom room;
  room.open(0, ask);
  return room;
}

scene::QuestionView shown(const Bench& room) { return *app::lesson_view(room.state())->question; }

TEST(Choice, AWrongAnswerIsToldWhatItWouldBeTrueOf) {
  Classroom room = asked();
  EXPECT_TRUE(app::asks(room.state()));
  room.click(PartKind::option, 0);
  EXPECT_EQ(room.state().lesson.feedback, "one");
  EXPECT_EQ(scene::plain_text(shown(room).feedback), "True of the newest.");
  EXPECT_FALSE(shown(room).feedback_good);
  EXPECT_TRUE(shown(room).options[0].wrong);
  EXPECT_FALSE(shown(room).options[1].right);  // never shown at once
  EXPECT_TRUE(shown(room).open);
  EXPECT_TRUE(app::asks(room.state()));
  room.click(PartKind::option, 1);
  EXPECT_EQ(room.state().lesson.feedback, "yes");
  EXPECT_TRUE(shown(room).feedback_good);
  EXPECT_FALSE(shown(room).open);
  EXPECT_TRUE(shown(room).options[1].right);
  EXPECT_TRUE(shown(room).options[0].wrong);
  EXPECT_EQ(scene::plain_text(shown(room).reveal), "There are 10 rows.");
  ASSERT_TRUE(room.answer());
  EXPECT_EQ(*room.answer(), (app::Answer{.lesson = "first",
                                         .beat = "ask",
                                         .tried = {"one", "all"},
                                         .right = true,
                                         .revealed = false,
                                         .votes = {}}));
}

TEST(Choice, AfterTheRightAnswerNothingIsCounted) {
  Classroom room = asked();
  room.click(PartKind::option, 1);
  room.click(PartKind::option, 0);
  EXPECT_EQ(room.answer()->tried, Tried{"all"});
  EXPECT_EQ(room.state().lesson.feedback, "yes");
  room.press(Command::reveal);
  EXPECT_FALSE(room.answer()->revealed);
}

TEST(Choice, OptionsThatAreNotThereAreNone) {
  Classroom room = asked();
  for (const int option : {-1, 3, 99}) room.click(PartKind::option, option);
  EXPECT_FALSE(room.answer());
  EXPECT_TRUE(room.state().lesson.feedback.empty());
  room.open(0, 0);
  room.click(PartKind::option, 0);
  room.press(Command::answer);
  room.press(Command::reveal);
  EXPECT_TRUE(room.state().lesson.progress.answers.empty());
}

TEST(Choice, BeforeTheNumbersAreThereNothingIsJudged) {
  Classroom room;
  room.act_only(act::GoToBeat{0, ask});
  room.act_only(act::Click{{.kind = PartKind::option, .a = 1}});
  room.act_only(act::Do{Command::reveal});
  EXPECT_FALSE(room.answer());
  room.settle();
  room.click(PartKind::option, 1);
  EXPECT_TRUE(room.answer()->right);
}

TEST(Choice, IsMadeByConditionsToo) {
  Classroom room(lessons_of({lesson_of(
      "one",
      {{"only", R"("question": {"kind": "choice", "options": [
                 {"id": "a", "holds": "tokens < 3"}, {"id": "b", "holds": "tokens > 3"}]})",
        "w\n### question\nq\n### option a\na\n### option b\nb\n### why a\nw\n### reveal\nr"}})}));
  room.open(0, 0);
  EXPECT_EQ(room.question().right, 1);
  room.click(PartKind::option, 1);
  EXPECT_TRUE(room.answer()->right);
}

TEST(Asking, NeverBlocksTheWayOn) {
  Classroom room = asked();
  room.press(Command::next);
  EXPECT_EQ(room.beat_id(), "elsewhere");
  room.open(0, ask);
  room.click(PartKind::option, 0);
  room.press(Command::next);
  EXPECT_EQ(room.beat_id(), "elsewhere");
  EXPECT_FALSE(room.answer());
}

TEST(Asking, WhatWasRevealedStaysSo) {
  Classroom room = asked();
  EXPECT_TRUE(shown(room).open);
  room.press(Command::reveal);
  EXPECT_FALSE(app::asks(room.state()));
  EXPECT_TRUE(room.answer()->revealed);
  EXPECT_FALSE(room.answer()->right);
  for (int i = 0; i < 2; ++i) {
    EXPECT_FALSE(shown(room).open);
    EXPECT_TRUE(shown(room).options[1].right);
    EXPECT_EQ(scene::plain_text(shown(room).reveal), "There are 10 rows.");
    room.open(0, 0);
    EXPECT_FALSE(app::asks(room.state()));
    room.open(0, ask);
  }
}

TEST(Asking, WhatWasAnsweredIsKnownWhenOneComesBack) {
  Classroom room = asked();
  room.click(PartKind::option, 0);
  room.open(1, 0);
  room.open(0, ask);
  EXPECT_TRUE(shown(room).options[0].wrong);
  EXPECT_TRUE(shown(room).feedback.empty());
  EXPECT_TRUE(shown(room).open);
  room.click(PartKind::option, 1);
  room.open(1, 0);
  room.open(0, ask);
  EXPECT_FALSE(shown(room).open);
  EXPECT_EQ(room.answer()->tried, (Tried{"one", "all"}));
}

// What would give the answer away.
TEST(Asking, CoversPartsUntilTheAnswerIsKnown) {
  const std::vector<BeatText> beats = {
      {"only", R"("show": {"hide": ["flops.step", "ratio"]}, "question": {"kind": "choice",
          "answer": "1", "options": [{"id": "a", "value": "1"}, {"id": "b", "value": "2"}]})",
       "w\n### question\nq\n### option a\na\n### option b\nb\n### why b\nw\n### reveal\nr"},
      {"next", R"("show": {"hide": ["ratio"]})"}};
  Classroom room(lessons_of({lesson_of("one", beats)}));
  room.open(0, 0);
  ASSERT_EQ(room.state().view.hidden.size(), 2U);
  EXPECT_EQ(room.state().view.hidden[1].kinds, std::vector{PartKind::ratio});
  room.click(PartKind::option, 1);
  EXPECT_EQ(room.state().view.hidden.size(), 2U);
  room.press(Command::open_explore);
  EXPECT_TRUE(room.state().view.hidden.empty());
  room.press(Command::open_lessons);
  EXPECT_EQ(room.state().view.hidden.size(), 2U);
  room.click(PartKind::option, 0);
  EXPECT_TRUE(room.state().view.hidden.empty());
  room.open(0, 1);  // which asks nothing
  EXPECT_TRUE(room.state().view.hidden.empty());
}

TEST(Keys, UpAndDownGoThroughOptionsWhileSomethingIsAsked) {
  Classroom room = asked();
  EXPECT_EQ(room.state().lesson.focused, 0);
  room.press(Command::layer_down);
  EXPECT_EQ(room.state().lesson.focused, 1);
  EXPECT_TRUE(shown(room).options[1].focused);
  room.press(Command::layer_up);
  room.press(Command::layer_up);
  EXPECT_EQ(room.state().lesson.focused, 2);  // round
  EXPECT_EQ(room.state().view.layer, 0);
  room.press(Command::answer);
  EXPECT_EQ(room.state().lesson.feedback, "more");
  room.press(Command::layer_up);
  room.press(Command::answer);
  EXPECT_TRUE(room.answer()->right);
  EXPECT_FALSE(shown(room).options[1].focused);
  room.press(Command::layer_up);  // now their usual meaning
  EXPECT_EQ(room.state().view.layer, 1);
  EXPECT_EQ(room.state().lesson.focused, 1);
  room.press(Command::answer);
  EXPECT_EQ(room.answer()->tried.size(), 2U);
}

TEST(Keys, ElsewhereTheyTurnLayers) {
  Classroom room;
  room.press(Command::layer_up);
  EXPECT_EQ(room.state().view.layer, 1);
  room.open(0, 0);
  room.press(Command::layer_up);
  room.press(Command::layer_up);
  EXPECT_EQ(room.state().view.layer, 2);
  EXPECT_EQ(room.state().lesson.focused, 0);
  room.open(0, ask);
  room.press(Command::open_explore);  // the question is still open, but not here
  room.press(Command::layer_down);
  EXPECT_EQ(room.state().view.layer, 0);
}

TEST(Keys, EnterAnswersWhileSomethingIsAsked) {
  using Meaning = std::variant<Command, app::ShellCommand>;
  EXPECT_EQ(app::command_of({"Enter"}, app::KeyPlace::questions), Meaning(Command::answer));
  EXPECT_EQ(app::command_of({"Enter"}, app::KeyPlace::explore), Meaning(app::ShellCommand::edit_prompt));
  EXPECT_EQ(app::command_of({"Right"}, app::KeyPlace::questions), Meaning(Command::next));
}

TEST(Votes, AreCountedPerOption) {
  Classroom room = asked();
  room.press(Command::toggle_votes);
  EXPECT_TRUE(shown(room).voting);
  EXPECT_FALSE(shown(room).voted);
  room.click(PartKind::option, 1);  // a click votes, it does not choose
  room.click(PartKind::vote_more, 1);
  room.click(PartKind::vote_more, 2);
  room.click(PartKind::vote_less, 0);
  EXPECT_EQ(room.answer()->votes, (std::vector<int>{0, 2, 1}));
  EXPECT_TRUE(room.answer()->tried.empty());
  EXPECT_TRUE(app::asks(room.state()));
  room.click(PartKind::vote_less, 2);
  EXPECT_EQ(room.answer()->votes, (std::vector<int>{0, 2, 0}));
  for (const int option : {-1, 3}) room.click(PartKind::vote_more, option);
  EXPECT_EQ(room.answer()->votes.size(), 3U);
  room.press(Command::toggle_votes);
  EXPECT_FALSE(shown(room).voting);
  EXPECT_TRUE(shown(room).voted);
  EXPECT_EQ(shown(room).options[1].votes, 2);
  room.click(PartKind::option, 1);
  EXPECT_TRUE(room.answer()->right);
  room.open(0, 0);
  room.press(Command::toggle_votes);
  EXPECT_FALSE(room.state().lesson.voting);
}

Classroom clicking() {
  Classroom room(lessons_of({lesson_of(
      "one", {{"only", R"("show": {"step": 2}, "question": {"kind": "click", "part": "k.new@with",
                 "where": "column = tokens - 10", "traps": [
                 {"id": "old", "part": "k.old@with"}, {"id": "v", "part": "v", "where": "row > 3"}]})",
               "w\n### question\nq\n### why old\nIt was there.\n### why v\nA value.\n"
               "### why far\nNo.\n### reveal\nr"}})}));
  room.open(0, 0);
  return room;
}

TEST(Click, OnThePartWithItsConditionIsRight) {
  Classroom room = clicking();
  ASSERT_EQ(room.run().prompt.size(), 9U);  // the newest row is the tenth
  EXPECT_TRUE(shown(room).wants_click);
  room.click(PartKind::key_cell, 9, 1);
  EXPECT_EQ(room.state().lesson.feedback, "far");
  EXPECT_FALSE(room.state().view.pinned);  // it was an answer
  room.click(PartKind::key_cell, 9, 0);
  EXPECT_TRUE(room.answer()->right);
  EXPECT_EQ(room.answer()->tried.size(), 2U);
  room.click(PartKind::key_cell, 9, 0);  // and now a click is a click
  EXPECT_TRUE(room.state().view.pinned);
  EXPECT_EQ(room.answer()->tried.size(), 2U);
}

TEST(Click, OnATrapIsToldSo) {
  Classroom room = clicking();
  room.click(PartKind::key_cell, 8, 0);
  EXPECT_EQ(room.state().lesson.feedback, "old");
  EXPECT_EQ(scene::plain_text(shown(room).feedback), "It was there.");
  room.click(PartKind::value_cell, 4, 0);
  EXPECT_EQ(room.state().lesson.feedback, "v");
  room.click(PartKind::value_cell, 3, 0);
  EXPECT_EQ(room.state().lesson.feedback, "far");
  room.act(act::Click{{.kind = PartKind::key_cell, .side = core::Side::uncached, .a = 9, .b = 0}});
  EXPECT_EQ(room.state().lesson.feedback, "far");
  EXPECT_EQ(room.answer()->tried, (Tried{"old", "v", scene::name_of(PartKind::value_cell),
                                         scene::name_of(PartKind::key_cell)}));
  EXPECT_TRUE(app::asks(room.state()));
}

TEST(Click, OnButtonsAndWordsIsNoAnswer) {
  Classroom room = clicking();
  room.click(PartKind::beat_button, 0);
  room.click(PartKind::theme_button);
  room.click(PartKind::notes_button);
  room.click(PartKind::none);
  EXPECT_FALSE(room.answer());
  EXPECT_TRUE(room.state().lesson.notes);
  EXPECT_EQ(room.state().view.theme, scene::Theme::light);
}

}  // namespace
}  // namespace kv::test
