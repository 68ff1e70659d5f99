// A lesson's Markdown files: cut into sections with their lines, and held against lesson.json.
#include <fmt/format.h>

#include <algorithm>

#include "tests/logic/lesson_fixture.h"

namespace kv::test {
namespace {

using app::BeatWords;
using app::Lesson;
using app::LessonWords;
using Mistakes = std::vector<std::string>;

// A beat without a question, one with two options, one with a number and a trap.
Lesson structure() {
  app::Question choice{.kind = app::QuestionKind::choice,
                       .options = {{"a", "1", ""}, {"b", "2", ""}},
                       .answer = "2"};
  app::Question number{.kind = app::QuestionKind::number,
                       .answer = "2",
                       .range = {"1", "9"},
                       .traps = {{"linear", "5", "", ""}}};
  Lesson lesson;
  lesson.beats = {{.id = "tell", .lecture = false, .show = {}, .question = {}},
                  {.id = "ask", .lecture = false, .show = {}, .question = choice},
                  {.id = "guess", .lecture = false, .show = {}, .question = number}};
  return lesson;
}

const char* const good = R"(# The title

## tell
First line,
second line.

- an item

### notes
For the speaker.

## ask
Something to think of.
### question
Which one?
### option a
the first
### option b
the second
### why a
True of another.
### reveal
The second.

## guess
How much?
### question
A number.
### why linear
True of a line.
### why far
Not near.
### reveal
It is two.
)";

LessonWords read(const std::string& text, Mistakes& mistakes) {
  return app::parse_lesson_words(text, "x/en.md", structure(), mistakes);
}

Mistakes mistakes_of(const std::string& text) {
  Mistakes mistakes;
  read(text, mistakes);
  return mistakes;
}

// The good text with one part replaced.
std::string with(const std::string& from, const std::string& to) {
  std::string text = good;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

int line_of(const std::string& part, const std::string& text = good) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(text.find(part));
  return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

TEST(LessonWords, SectionsArriveWithTheirLines) {
  Mistakes mistakes;
  const LessonWords words = read(good, mistakes);
  EXPECT_EQ(mistakes, Mistakes{});
  EXPECT_EQ(words.title, "The title");
  ASSERT_EQ(words.beats.size(), 3U);
  const auto& [tell, ask, guess] = std::tie(words.beats[0], words.beats[1], words.beats[2]);
  EXPECT_EQ(tell.body.text, "First line,\nsecond line.\n\n- an item");
  EXPECT_EQ(tell.body.line, 3);
  EXPECT_EQ(tell.notes.text, "For the speaker.");
  EXPECT_EQ(tell.notes.line, 9);
  EXPECT_EQ(tell.question.line, 0);
  EXPECT_EQ(ask.body.line, line_of("## ask"));
  EXPECT_EQ(ask.question.text, "Which one?");
  EXPECT_EQ(ask.question.line, line_of("### question"));
  ASSERT_EQ(ask.options.size(), 2U);
  EXPECT_EQ(ask.options.at("b").text, "the second");
  EXPECT_EQ(ask.options.at("b").line, line_of("### option b"));
  ASSERT_EQ(ask.whys.size(), 1U);
  EXPECT_EQ(ask.whys.at("a").text, "True of another.");
  EXPECT_EQ(ask.whys.at("a").line, line_of("### why a"));
  EXPECT_EQ(ask.reveal.text, "The second.");
  EXPECT_EQ(guess.whys.at("far").text, "Not near.");
  EXPECT_EQ(guess.reveal.line, line_of("### reveal\nIt is two"));
}

TEST(LessonWords, LinesMayEndAsOnWindows) {
  std::string text;
  for (const char c : std::string(good))
    text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  Mistakes mistakes;
  const LessonWords words = read(text, mistakes);
  EXPECT_EQ(mistakes, Mistakes{});
  EXPECT_EQ(words.title, "The title");
  EXPECT_EQ(words.beats[1].options.at("a").text, "the first");
}

TEST(LessonWords, TheEndOfTheFileNeedsNoNewLine) {
  std::string text = good;
  text.pop_back();
  Mistakes mistakes;
  EXPECT_EQ(read(text, mistakes).beats[2].reveal.text, "It is two.");
  EXPECT_EQ(mistakes, Mistakes{});
}

TEST(LessonWords, MarksInsideACodeFenceAreText) {
  const std::string code = "```\n# a comment\n## ask\n### question\n```";
  Mistakes mistakes;
  const LessonWords words = read(with("- an item", code), mistakes);
  EXPECT_EQ(mistakes, Mistakes{});
  EXPECT_EQ(words.title, "The title");
  EXPECT_NE(words.beats[0].body.text.find(code), std::string::npos);
  EXPECT_EQ(words.beats[0].question.line, 0);
}

TEST(LessonWords, OnlyHashesWithASpaceAreHeadings) {
  Mistakes mistakes;
  const LessonWords words = read(with("- an item", "#tag\n#### deep\n##"), mistakes);
  EXPECT_EQ(mistakes, Mistakes{});
  EXPECT_EQ(words.beats[0].body.text, "First line,\nsecond line.\n\n#tag\n#### deep\n##");
}

void expect_mistake(const std::string& text, int line, const std::string& what) {
  const Mistakes mistakes = mistakes_of(text);
  const std::string expected = fmt::format("x/en.md:{}: {}", line, what);
  EXPECT_NE(
      std::ranges::find_if(mistakes, [&](const std::string& m) { return m.starts_with(expected); }),
      mistakes.end())
      << expected << "\nnot in: " << testing::PrintToString(mistakes);
  for (const std::string& mistake : mistakes) EXPECT_EQ(mistake.find('\n'), std::string::npos);
}

TEST(LessonWords, AMistakeInABeatIsToldWithItsLine) {
  expect_mistake(with("# The title\n", ""), 1, "found no title, expected a first line such as");
  expect_mistake(with("# The title\n", "# The title\nWords.\n"), 2,
                 "found text before the first beat, expected");
  expect_mistake(with("## tell", "## told"), 3,
                 "found beat \"told\", expected a beat of lesson.js");
  expect_mistake(with("## tell", "## told"), 1, "found no beat \"tell\", expected it");
  expect_mistake(with("First line,\nsecond line.\n\n- an item\n", ""), 3,
                 "found a beat without words, expected its text");
  expect_mistake(std::string(good) + "## tell\nAgain.\n", line_of("It is two") + 1,
                 "found beat \"tell\" twice, expected it once");
}

TEST(LessonWords, BeatsStandInTheirOrder) {
  const std::string text = good;
  const std::size_t ask = text.find("## ask"), guess = text.find("## guess");
  const std::string turned =
      text.substr(0, ask) + text.substr(guess) + "\n" + text.substr(ask, guess - ask);
  expect_mistake(turned, line_of("## guess", turned),
                 "found beat \"guess\", expected the beats in lesson.json's order");
  EXPECT_EQ(mistakes_of(text.substr(0, ask) + text.substr(guess)).size(), 2U);  // the gap, and why
}

TEST(LessonWords, ASectionIsOneOfTheKnownOnes) {
  const int line = line_of("### notes");
  for (const char* heading : {"note", "notes x", "question a", "option", "why", "reveal it"})
    expect_mistake(with("### notes", std::string("### ") + heading), line,
                   fmt::format("found \"{}\", expected question, option ID, why ID", heading));
  expect_mistake(with("For the speaker.\n", ""), line, "found nothing below \"notes\", expected");
  expect_mistake(with("## tell\n", "### notes\nEarly.\n## tell\n"), 3,
                 "found \"notes\", expected it below a beat of lesson.json");
}

TEST(LessonWords, AQuestionHasAllThatItsStructureAsksFor) {
  const int ask = line_of("## ask"), guess = line_of("## guess");
  expect_mistake(with("### question\nWhich one?\n", ""), ask, "found no ### question, expected it");
  expect_mistake(with("### reveal\nThe second.\n", ""), ask, "found no ### reveal, expected it");
  expect_mistake(with("### option b\nthe second\n", ""), ask, "found no ### option b, expected it");
  expect_mistake(with("### why a\nTrue of another.\n", ""), ask, "found no ### why a, expected it");
  expect_mistake(with("### why linear\nTrue of a line.\n", ""), guess,
                 "found no ### why linear, expected it");
  expect_mistake(with("### why far\nNot near.\n", ""), guess, "found no ### why far, expected it");
}

TEST(LessonWords, AQuestionHasNothingElse) {
  const std::string third = with("### why a", "### option c\nthe third\n### why a");
  expect_mistake(third, line_of("### option c", third),
                 "found option \"c\", expected an id of lesson.json");
  const std::string why = with("### reveal\nThe", "### why far\nNo.\n### reveal\nThe");
  expect_mistake(why, line_of("### why far", why), "found why \"far\", expected an id of lesson.");
  for (const char* section : {"question", "reveal", "option a", "why a"})
    expect_mistake(with("### notes", std::string("### ") + section), 3,
                   "found words of a question, expected none");
}

// What stands there twice, one of which would be thrown away.
TEST(LessonWords, ASectionStandsOnce) {
  for (const char* twice :
       {"### question\nWhich?\n", "### option a\nother\n", "### why a\nOther.\n",
        "### reveal\nOther.\n", "### notes\nOne.\n### notes\nTwo.\n"})
    EXPECT_FALSE(mistakes_of(with("\n## guess", twice + std::string("\n## guess"))).empty())
        << twice;
  EXPECT_FALSE(mistakes_of(with("# The title\n", "# The title\n# Another\n")).empty());
}

TEST(ReadLesson, NamesTheFileOfEachLanguage) {
  app::LessonFiles files = files_of("small", {{"one"}});
  EXPECT_EQ(app::read_lesson(files).mistakes, Mistakes{});
  files.markdown[1] = "# Title\n";
  files.markdown[3] = "";
  const auto mistakes = app::read_lesson(files).mistakes;
  ASSERT_EQ(mistakes.size(), 3U);
  EXPECT_EQ(mistakes[0], "lessons/07_small/ru.md:1: found no beat \"one\", expected it");
  EXPECT_TRUE(mistakes[1].starts_with("lessons/07_small/ko.md:1: found no title")) << mistakes[1];
  EXPECT_TRUE(mistakes[2].starts_with("lessons/07_small/ko.md:1: found no beat")) << mistakes[2];
  files.json = "{";
  ASSERT_EQ(app::read_lesson(files).mistakes.size(), 1U);
  EXPECT_TRUE(app::read_lesson(files).mistakes[0].starts_with("lessons/07_small/lesson.json"));
}

TEST(ReadLesson, KnowsItsNumberFromItsFolder) {
  const auto number = [](const std::string& folder) {
    app::LessonFiles files = files_of("small", {{"one"}});
    files.folder = folder;
    return app::read_lesson(files).lesson.number;
  };
  EXPECT_EQ(number("lessons/07_small"), 7);
  EXPECT_EQ(number("/some_where/16_break-it/"), 16);
  EXPECT_EQ(number("03_x"), 3);
  EXPECT_EQ(number("lessons/small"), 0);
  EXPECT_EQ(number("lessons/7a_small"), 0);
  EXPECT_EQ(number(""), 0);
  EXPECT_EQ(app::read_lesson(files_of("small", {{"one"}})).lesson.folder, "lessons/07_small");
}

TEST(ReadLesson, KeepsEachLanguagesWords) {
  const Lesson lesson = lesson_of("small", {{"one", "", "In LANG."}});
  EXPECT_EQ(lesson.in(scene::Language::en).beats[0].body.text, "In en.");
  EXPECT_EQ(lesson.in(scene::Language::ko).beats[0].body.text, "In ko.");
  EXPECT_EQ(lesson.in(scene::Language::zh).title, "Title of small");
}

}  // namespace
}  // namespace kv::test
