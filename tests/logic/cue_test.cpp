// What a beat waits for, how it moves, and how its words get their numbers.
#include "app/logic/lesson/filling.h"
#include "app/logic/lesson/links.h"
#include "app/logic/lesson/teaching.h"
#include "tests/logic/lesson_fixture.h"

namespace kv::test {
namespace {

using app::Command;
using scene::Language;
using scene::Operation;
using scene::PartKind;
namespace act = app::act;

const scene::Moment glide_end{3, 1, Operation::softmax, 1};

app::Settings in(Language language, bool still = false) {
  app::Settings settings;
  settings.language = language;
  settings.reduced_motion = still;
  return settings;
}

TEST(Cue, WithABeginningGlidesToItsEnd) {
  Classroom room;
  room.act_only(act::GoToBeat{0, 1});
  EXPECT_FALSE(app::moving(room.state()));  // its steps are not there yet
  room.settle();
  EXPECT_EQ(room.moment(), scene::rest_after(2));
  EXPECT_TRUE(app::moving(room.state()));
  room.pass(0.5);
  EXPECT_NE(room.moment(), scene::rest_after(2));
  EXPECT_NE(room.moment(), glide_end);
  EXPECT_EQ(room.moment().step, 3);
  room.pass(30);
  EXPECT_EQ(room.moment(), glide_end);
  EXPECT_FALSE(app::moving(room.state()));
  EXPECT_EQ(room.beat_id(), "glide");
}

TEST(Cue, NextDoesNotWaitForTheGlide) {
  Classroom room;
  room.act(act::GoToBeat{0, 0});
  room.press(Command::next);
  EXPECT_EQ(room.beat_id(), "glide");
  room.pass(0.3);
  ASSERT_TRUE(app::moving(room.state()));
  room.press(Command::next);
  EXPECT_EQ(room.beat_id(), "ask");
  EXPECT_FALSE(app::moving(room.state()));
  EXPECT_EQ(room.moment(), scene::rest_after(2));
}

TEST(Cue, BackDoesNotWaitForTheGlide) {
  Classroom room;
  room.act(act::GoToBeat{0, 1});
  room.pass(0.3);
  room.press(Command::back);
  EXPECT_EQ(room.beat_id(), "begin");
  EXPECT_FALSE(app::moving(room.state()));
  EXPECT_EQ(room.moment(), scene::rest_after(1));
}

TEST(Cue, StandsAtItsEndAtOnceWhereMotionIsReduced) {
  Classroom room;
  room.act(act::SetSettings{in(Language::en, true)});
  room.act(act::GoToBeat{0, 1});
  EXPECT_EQ(room.moment(), glide_end);
  EXPECT_FALSE(app::moving(room.state()));
}

TEST(Cue, ABeginningWithoutAStepBeginsAtThePrompt) {
  Classroom room(
      lessons_of({lesson_of("one", {{"only", R"("show": {"step": 1, "from": {"step": 0}})"}})}));
  room.act(act::GoToBeat{0, 0});
  EXPECT_EQ(room.moment(), scene::rest_after(0));
  room.pass(20);
  EXPECT_EQ(room.moment(), scene::rest_after(1));
}

TEST(Cue, StepZeroIsThePromptAlone) {
  Classroom room(lessons_of({lesson_of("one", {{"only", R"("show": {"step": 0})"}})}));
  room.open(0, 0);
  EXPECT_EQ(room.moment(), scene::rest_after(0));
  EXPECT_TRUE(room.state().lesson.filled->complete);
}

TEST(Cue, ALayerOutsideTheModelIsItsLast) {
  Classroom room(
      lessons_of({lesson_of("one", {{"only", R"("show": {"layer": 99, "head": 99})"}})}));
  room.open(0, 0);
  EXPECT_EQ(room.state().view.layer, 2);
  EXPECT_EQ(room.state().view.head, 3);
  EXPECT_TRUE(is_sound(room.state()));
}

TEST(Cue, PromptsOfAModelWithoutWordsAreIds) {
  Classroom room(lessons_of({lesson_of(
      "one", {{"only", R"("show": {"model": "ids", "prompt": "#3 #1 #4 #15", "step": 2})"}})}));
  room.open(0, 0);
  EXPECT_EQ(room.state().now.model.name, "ids");
  EXPECT_EQ(room.run().prompt, (std::vector<core::Token>{3, 1, 4, 15}));
  EXPECT_EQ(room.moment(), scene::rest_after(2));
}

TEST(Inside, OperationsPassOneByOneAtTheBeatsPace) {
  Classroom room;
  room.open(0, 1);
  room.press(Command::next_operation);
  room.pass(20);
  EXPECT_EQ(room.moment(), (scene::Moment{3, 1, Operation::weighted_sum, 1}));
  room.press(Command::previous_operation);
  EXPECT_EQ(room.moment(), glide_end);
  EXPECT_EQ(room.beat_id(), "glide");
}

TEST(Inside, ATokenPassesAtTheTokensPace) {
  Classroom room;
  room.open(0, 0);
  ASSERT_EQ(room.steps(), 1);
  room.press(Command::next_operation);
  room.pass(20);
  EXPECT_EQ(room.moment(), scene::rest_after(2));
  EXPECT_EQ(room.steps(), 2);
  EXPECT_EQ(room.beat_id(), "begin");
  EXPECT_EQ(room.body(), "en begins with 9 rows.");  // the beat's own numbers stay
  room.press(Command::previous_operation);
  EXPECT_EQ(room.moment(), scene::rest_after(1));
}

TEST(Words, AreFilledOnceTheStepIsComputed) {
  Classroom room;
  room.act_only(act::GoToBeat{0, 2});
  const auto asked = [&] { return scene::plain_text(room.question().text); };
  EXPECT_EQ(asked(), "How many rows of \u2026?");
  EXPECT_FALSE(room.state().lesson.filled->complete);
  EXPECT_TRUE(app::lesson_view(room.state())->pending);
  EXPECT_FALSE(app::cue_is_ready(room.state()));
  room.settle();
  EXPECT_EQ(asked(), "How many rows of 10?");
  EXPECT_TRUE(room.state().lesson.filled->complete);
  EXPECT_FALSE(app::lesson_view(room.state())->pending);
  EXPECT_TRUE(app::cue_is_ready(room.state()));
}

TEST(Words, OfAMomentThatIsOnlyHalfThereAreFilledAsFarAsTheyCanBe) {
  Classroom room(lessons_of({lesson_of("one", {{"only", R"("show": {"step": 2})",
                                                "Sum {{1 + 2}}, rows {{tokens}}, twice {{tokens}}"
                                                " and {{max_difference = max_difference}}."}})}));
  room.act_only(act::GoToBeat{0, 0});
  EXPECT_EQ(room.body(), "Sum 3, rows \u2026, twice \u2026 and \u2026.");
  room.settle();
  EXPECT_EQ(room.body(), "Sum 3, rows 10, twice 10 and 1.");
}

TEST(Words, AreMarkdownWithTheirNumbersTakenForThemselves) {
  Classroom room(lessons_of({lesson_of(
      "one", {{"only", "", "**{{'*a_b*'}}** in [{{tokens}}](part:k) and `{{tokens}}`."}})}));
  room.open(0, 0);
  const auto& spans = room.state().lesson.filled->body.at(0).spans;
  ASSERT_EQ(spans.size(), 6U);
  EXPECT_EQ(spans[0].text, "*a_b*");
  EXPECT_TRUE(spans[0].strong);
  EXPECT_EQ(spans[2].text, "9");
  EXPECT_EQ(spans[2].link, "part:k");
  EXPECT_EQ(spans[4].text, "9");
}

TEST(Words, OfTheExperimentWaitForIt) {
  Classroom room(
      lessons_of({lesson_of("one", {{"only", R"("show": {"step": 3, "experiment": "drop-values"})",
                                     "Off by more than nothing: {{experiment_values > 0}}"}})}));
  room.act_only(act::GoToBeat{0, 0});
  EXPECT_EQ(room.body(), "Off by more than nothing: \u2026");
  room.settle();
  EXPECT_EQ(room.body(), "Off by more than nothing: 1");
  EXPECT_TRUE(room.state().lesson.filled->complete);
}

TEST(Words, AreOfTheBeatsStepWhereverOneHasSteppedTo) {
  Classroom room;
  room.open(0, 1);
  room.press(Command::first);
  room.act(act::SetSettings{in(Language::ko)});  // the same prompt: only the words change
  room.settle();
  EXPECT_EQ(room.body(), "ko moves to 11 rows.");
  EXPECT_EQ(room.moment(), scene::rest_after(0));
}

TEST(Languages, FillTheWordsAnew) {
  Classroom room;
  room.open(0, 0);
  EXPECT_EQ(room.body(), "en begins with 9 rows.");
  const auto run = room.state().now.run;
  room.act(act::SetSettings{in(Language::ko)});
  EXPECT_EQ(room.body(), "ko begins with 9 rows.");
  EXPECT_EQ(room.state().now.run->steps, run->steps);  // its prompt is the English one
}

TEST(Languages, HaveTheirOwnPrompts) {
  Classroom room;
  room.open(0, 1);
  const auto english = room.tokens();
  room.act(act::SetSettings{in(Language::ru)});
  EXPECT_EQ(room.state().now.prompt_text, prompt_in(Language::ru));
  EXPECT_NE(room.run().prompt.size(), 9U);
  EXPECT_EQ(room.body(), "ru moves to " + std::to_string(room.run().prompt.size() + 2) + " rows.");
  room.pass(20);
  EXPECT_EQ(room.moment(), glide_end);
  room.act_only(act::SetSettings{in(Language::en)});
  EXPECT_EQ(room.tokens(), english);  // which nobody computes again
  room.press(Command::open_explore);
  room.act(act::SetSettings{in(Language::ru)});
  EXPECT_EQ(room.state().now.prompt_text, "one two three");
}

Lessons with_a_bad_one() {
  return lessons_of(
      {lesson_of("one", {{"good", "", "{{tokens}} rows."},
                         {"bad", R"("show": {"model": "bad"})", "Of {{layers}} layers."},
                         {"after", R"("show": {"step": 2})", "{{tokens}} rows."}})});
}

TEST(Missing, AModelIsAMessageAndTheLessonGoesOn) {
  Classroom room(with_a_bad_one());
  room.open(0, 0);
  room.press(Command::next);
  EXPECT_EQ(room.beat_id(), "bad");
  EXPECT_TRUE(room.says("expected a model"));
  EXPECT_EQ(room.state().loading, "");
  EXPECT_TRUE(is_sound(room.state()));
  room.press(Command::next);
  EXPECT_EQ(room.beat_id(), "after");
  EXPECT_EQ(room.body(), "10 rows.");
  EXPECT_TRUE(room.state().messages.empty());
  room.press(Command::back);  // and may be asked for again
  EXPECT_TRUE(room.says("expected a model"));
}

// Three layers has the model of the beat before.
TEST(Missing, AModelsNumbersAreNotAnothersInstead) {
  Classroom room(with_a_bad_one());
  room.open(0, 0);
  room.press(Command::next);
  EXPECT_NE(room.body(), "Of 3 layers.");
}

TEST(Missing, AModelIsWaitedForAndComes) {
  Classroom room;
  room.act(act::GoToBeat{0, 0});
  room.act_only(act::GoToBeat{1, 0});
  EXPECT_TRUE(room.state().lesson.cue_waiting);
  EXPECT_EQ(app::lesson_view(room.state())->body, scene::RichText{});
  EXPECT_TRUE(app::lesson_view(room.state())->pending);
  room.settle();
  EXPECT_FALSE(room.state().lesson.cue_waiting);
  EXPECT_EQ(room.state().now.model.name, "other");
  EXPECT_EQ(room.moment(), scene::rest_after(2));
  EXPECT_TRUE(room.body().starts_with("en looks at ")) << room.body();
  // It is kept: coming back needs no loading.
  room.open(0, 0);
  room.act_only(act::GoToBeat{1, 0});
  EXPECT_EQ(room.state().loading, "");
}

TEST(Missing, ATooLongPromptIsAMessage) {
  Classroom room(
      lessons_of({lesson_of("one", {{"good"}, {"long", R"("show": {"model": "short", "prompt":
           "one two three four five six seven eight nine ten"})"}})}));
  room.open(0, 0);
  room.press(Command::next);
  EXPECT_TRUE(room.says("The lesson cannot be opened"));
  EXPECT_TRUE(is_sound(room.state()));
  room.press(Command::back);
  EXPECT_EQ(room.beat_id(), "good");
}

TEST(Reloading, StaysAtTheBeatOfTheSameId) {
  Classroom room;
  room.open(0, 2);
  auto changed = *two_lessons();
  std::swap(changed[0], changed[1]);
  for (app::LessonWords& words : changed[1].words) {
    words.beats.insert(words.beats.begin(), words.beats[0]);
    words.beats[3].body.text = "Changed.";
  }
  changed[1].beats.insert(changed[1].beats.begin(), changed[1].beats[0]);
  changed[1].beats[0].id = "new";
  room.act(act::SetLessons{lessons_of(changed)});
  EXPECT_EQ(room.lesson_id(), "first");
  EXPECT_EQ(room.beat_id(), "ask");
  EXPECT_EQ(room.state().lesson.lesson, 1);
  EXPECT_EQ(room.state().lesson.beat, 3);
  EXPECT_EQ(room.body(), "Changed.");
}

TEST(Reloading, GoesToTheBeginningWhereTheBeatIsGone) {
  Classroom room;
  room.open(1, 2);
  room.act(act::SetLessons{lessons_of({(*two_lessons())[0]})});
  EXPECT_EQ(room.lesson_id(), "first");
  EXPECT_EQ(room.beat_id(), "begin");
  EXPECT_EQ(room.body(), "en begins with 9 rows.");
  room.press(Command::open_explore);
  room.act(act::SetLessons{two_lessons()});
  EXPECT_EQ(room.state().now.prompt_text, "one two three");
}

TEST(Reloading, WithMistakesKeepsTheLessonThatIsBeingMended) {
  Classroom room;
  room.open(1, 2);
  const std::vector<std::string> mistakes = {"x/en.md:3: a mistake"};
  room.act(act::SetLessons{lessons_of({(*two_lessons())[0]}), mistakes});
  EXPECT_EQ(room.lesson_id(), "second");
  EXPECT_EQ(room.beat_id(), "end");
  EXPECT_EQ(app::lesson_view(room.state())->mistakes, mistakes);
  room.act(act::SetLessons{two_lessons()});
  EXPECT_EQ(room.beat_id(), "end");
  EXPECT_TRUE(app::lesson_view(room.state())->mistakes.empty());
}

TEST(Reloading, WithMistakesAloneShowsThem) {
  Bench bench("tiny");
  bench.act(act::SetLessons{lessons_of({}), {"x: a mistake"}});
  bench.press(Command::open_lessons);
  EXPECT_EQ(app::lesson_view(bench.state())->mistakes, std::vector<std::string>{"x: a mistake"});
  EXPECT_TRUE(is_sound(bench.state()));
  for (const Command command : {Command::next, Command::back, Command::answer, Command::reveal,
                                Command::layer_up, Command::toggle_votes, Command::reset})
    bench.press(command);
  bench.press(Command::open_explore);
  EXPECT_EQ(bench.state().now.prompt_text, "one two three");
}

TEST(GoingByName, FindsTheBeatOrTheLessonsFirst) {
  Classroom room;
  EXPECT_TRUE(app::go_to_beat_named(room.edit(), "second", "end"));
  EXPECT_EQ(room.beat_id(), "end");
  EXPECT_TRUE(app::go_to_beat_named(room.edit(), "second", "nonsense"));
  EXPECT_EQ(room.beat_id(), "elsewhere");
  EXPECT_FALSE(app::go_to_beat_named(room.edit(), "third", "end"));
  EXPECT_FALSE(app::go_to_beat_named(room.edit(), "", ""));
  EXPECT_EQ(room.beat_id(), "elsewhere");
}

TEST(Links, LightTheirPartAndLeadToLessons) {
  std::vector<app::Lesson> lessons = *two_lessons();
  lessons.push_back(lesson_of("third", {{"only", "",
                                         "The [keys](part:k.rows@with), "
                                         "[one](lesson:second), [none](lesson:x)."}}));
  Classroom room(lessons_of(std::move(lessons)));
  room.open(2, 0);
  const auto pattern = app::pattern_of_link(room.state(), 0);
  ASSERT_TRUE(pattern);
  EXPECT_EQ(pattern->kinds, std::vector{PartKind::key_cell});
  EXPECT_EQ(pattern->side, core::Side::cached);
  for (const int link : {-1, 1, 2, 3})
    EXPECT_FALSE(app::pattern_of_link(room.state(), link)) << link;
  room.act(act::Hover{{.kind = PartKind::link, .a = 0}, {5, 5}});
  EXPECT_TRUE(room.state().view.lit);
  room.act(act::Hover{{.kind = PartKind::token, .a = 0}, {5, 5}});
  EXPECT_FALSE(room.state().view.lit);
  for (const int link : {0, 2, 7}) {
    room.click(PartKind::link, link);
    EXPECT_EQ(room.lesson_id(), "third") << link;
  }
  room.click(PartKind::link, 1);
  EXPECT_EQ(room.lesson_id(), "second");
  EXPECT_EQ(room.beat_id(), "elsewhere");
}

}  // namespace
}  // namespace kv::test
