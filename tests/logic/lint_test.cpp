// What a lesson must be beyond its form: how long, which links, no typed numbers, one right answer.
#include "app/logic/lesson/lint.h"

#include <algorithm>

#include "tests/logic/lesson_fixture.h"

namespace kv::test {
namespace {

using app::length_of;
using app::Lesson;
using app::parse_markdown;
using scene::Language;
using Mistakes = std::vector<std::string>;

int length(const char* text, Language language) {
  return length_of(parse_markdown(text), language);
}

TEST(Length, IsCountedInWords) {
  EXPECT_EQ(length("One row, and one more.", Language::en), 5);
  EXPECT_EQ(length("side-by-side a/b it's x_1", Language::en), 4);
  EXPECT_EQ(length("Серый кот — спит, «тихо».", Language::ru), 4);
  EXPECT_EQ(length("회색 고양이가 낡은 소파에서", Language::ko), 4);
  EXPECT_EQ(length("", Language::en), 0);
  EXPECT_EQ(length("... — , (!) –", Language::en), 0);
  EXPECT_EQ(length("**bold** and [a link](part:k) with `code`", Language::en), 6);
  EXPECT_EQ(length("one\n\n- two\n- three", Language::en), 3);
}

TEST(Length, IsCountedInCharactersInChinese) {
  EXPECT_EQ(length("灰猫睡在", Language::zh), 4);
  EXPECT_EQ(length("灰猫，睡在。“旧”、《沙发》！", Language::zh), 7);
  EXPECT_EQ(length("KV 缓存 K 和 V", Language::zh), 6);  // a name counts once
  EXPECT_EQ(length("缓存KV缓存", Language::zh), 5);
}

TEST(Length, LeavesOutFormulasAndCode) {
  EXPECT_EQ(length("two words\n\n$$ a + b = c $$", Language::en), 2);
  EXPECT_EQ(length("two words\n\n```\nmuch code here\n```", Language::en), 2);
  EXPECT_LE(length("a long $a + b + c$ formula", Language::en), 4);  // one word at most
}

TEST(Length, ATypographicApostropheDoesNotPartAWord) {
  EXPECT_EQ(length("it doesn\u2019t", Language::en), 2);
}

TEST(Length, HasALimitInEveryLanguage) {
  EXPECT_EQ(app::most_length(Language::en), 60);
  EXPECT_EQ(app::most_length(Language::ru), 60);
  EXPECT_EQ(app::most_length(Language::ko), 45);
  EXPECT_EQ(app::most_length(Language::zh), 110);
}

const char* const asked =
    R"("question": {"kind": "choice", "answer": "1",
       "options": [{"id": "a", "value": "1"}, {"id": "b", "value": "2"}]})";
const char* const answers =
    "Words.\n### question\nWhich?\n### option a\none\n### option b\ntwo\n### why b\nNo.\n"
    "### reveal\nOne.\n";

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// Four beats, one of them asking, the first with those words.
Lesson with_words(const std::string& words, const std::string& end = "The end.") {
  return lesson_of(
      "one", {{"first", "", words}, {"second", asked, answers}, {"third"}, {"fourth", "", end}});
}

Mistakes lint(const Lesson& lesson) { return app::lint_words(lesson, {lesson}); }

// Found in every language, unless said otherwise.
void expect_only(const Mistakes& mistakes, const std::string& what, std::size_t count = 4) {
  EXPECT_EQ(mistakes.size(), count) << testing::PrintToString(mistakes);
  for (const std::string& mistake : mistakes)
    EXPECT_NE(mistake.find(what), std::string::npos) << mistake << "\n  not: " << what;
}

TEST(LintWords, FindsNothingInAGoodLesson) {
  EXPECT_EQ(lint(with_words("Good words.")), Mistakes{});
}

TEST(LintWords, NamesTheFileAndTheLine) {
  const Mistakes mistakes = lint(with_words("There are 12 rows."));
  ASSERT_EQ(mistakes.size(), 4U);
  EXPECT_EQ(mistakes[0],
            "lessons/07_one/en.md:2: found the typed number \"12\", expected a placeholder that "
            "computes it");
  EXPECT_TRUE(mistakes[2].starts_with("lessons/07_one/zh.md:2: "));
}

TEST(LintWords, ATextThatIsTooLong) {
  EXPECT_EQ(lint(with_words(repeated("w ", 45))), Mistakes{});
  expect_only(lint(with_words(repeated("w ", 46))),
              "ko.md:2: found a text of 46, expected at most "
              "45 words",
              1);
  EXPECT_EQ(lint(with_words(repeated("w ", 60))).size(), 1U);
  EXPECT_EQ(lint(with_words(repeated("w ", 61))).size(), 3U);
  EXPECT_EQ(lint(with_words(repeated("字", 110))), Mistakes{});
  expect_only(lint(with_words(repeated("字", 111))),
              "zh.md:2: found a text of 111, expected at most "
              "110 characters",
              1);
  // A placeholder is one word, whatever stands in it; what is asked and noted is not counted.
  EXPECT_EQ(lint(with_words(repeated("{{tokens + 1 | int}} ", 45))), Mistakes{});
  EXPECT_EQ(lint(with_words("w\n### notes\n" + repeated("w ", 200))), Mistakes{});
}

TEST(LintWords, TypedNumbers) {
  for (const char* word : {"12", "3.5", "(7)", "100%", "4-5", "1,024", "x 2", "第12行", "12행"})
    expect_only(lint(with_words(std::string("It has ") + word + " of it.")), "the typed number");
  for (const char* word : {"GPT-2", "H100", "f16", "Llama-3-8B", "int8", "K2", "`12`", "$12$",
                           "{{12 | int}}", "[more](part:k) {{1}}"})
    EXPECT_EQ(lint(with_words(std::string("It has ") + word + " of it.")), Mistakes{}) << word;
  EXPECT_EQ(lint(with_words("Code:\n\n```\nx = 12\n```\n\n$$ 3.5 $$")), Mistakes{});
  // Everywhere, not in the body alone.
  expect_only(lint(with_words("w\n### notes\nSay 12.")), "the typed number");
}

// Chinese is written without spaces: a name in the sentence does not excuse a number in it.
TEST(LintWords, TypedNumbersAreFoundBesideWordsOfAnyScript) {
  for (const char* words : {"KV缓存有12行。", "键K，共12个", "кэш—12 K", "the cache—12 rows"})
    expect_only(lint(with_words(words)), "the typed number");
}

TEST(LintWords, LinksThatLeadNowhere) {
  EXPECT_EQ(lint(with_words("[a](part:k.rows@with) [b](lesson:one)")), Mistakes{});
  for (const char* link :
       {"part:k.row", "part:k@both", "lesson:two", "http://x", "k.rows", "part:"})
    expect_only(lint(with_words(std::string("[a](") + link + ")")),
                std::string("found link \"") + link + "\", expected part:NAME or lesson:ID");
  expect_only(lint(with_words("w\n### notes\n[a](part:x)")), ".md:4: found link \"part:x\"");
}

TEST(LintWords, TheLastBeatLeadsToTheNextLesson) {
  const auto mistakes = [](const std::string& end) {
    const Lesson first = with_words("w", end);
    Lesson second = first;
    second.id = "two";
    return app::lint_words(first, {first, second});
  };
  expect_only(mistakes("The end."), "found no link to the next lesson, expected (lesson:two)");
  expect_only(mistakes("[Again](lesson:one)."), "found no link to the next lesson");
  EXPECT_EQ(mistakes("Now [on](lesson:two)."), Mistakes{});
  // The last lesson has none to lead to.
  const Lesson last = with_words("w");
  Lesson before = last;
  before.id = "zero";
  EXPECT_EQ(app::lint_words(last, {before, last}), Mistakes{});
}

TEST(LintWords, CodeThatIsTooWideOrTooLong) {
  const auto code = [](const std::string& lines) { return with_words("```\n" + lines + "\n```"); };
  EXPECT_EQ(lint(code(repeated("x", 42))), Mistakes{});
  expect_only(lint(code(repeated("x", 43))),
              "found a line of code of 43 columns, expected at most 42");
  EXPECT_EQ(lint(code(repeated("字", 21))), Mistakes{});
  expect_only(lint(code(repeated("字", 22))), "a line of code of 44 columns");
  EXPECT_EQ(lint(code(repeated("x\n", 7) + "x")), Mistakes{});
  expect_only(lint(code(repeated("x\n", 8) + "x")), "found 9 lines of code, expected at most 8");
}

TEST(LintWords, FormulasWithMistakes) {
  EXPECT_EQ(lint(with_words("$\\frac{a}{b}$ and $${{tokens}} + 1$$")), Mistakes{});
  expect_only(lint(with_words("so $\\frac{a}$ is")),
              "found formula \"\\frac{a}\": nothing for \\frac");
  expect_only(lint(with_words("$$ \\unknown $$")), "formula");
}

TEST(LintWords, MarksThatLessonsDoNotUse) {
  expect_only(lint(with_words("1. one\n2. two")), "found a numbered list, expected paragraphs");
  expect_only(lint(with_words("> said")), "found a quotation");
}

TEST(LintWords, TooFewBeatsTooManyAndNoQuestion) {
  std::vector<BeatText> beats = {{"a", asked, answers}, {"b"}, {"c"}};
  expect_only(lint(lesson_of("one", beats)), "lesson.json: found 3 beats, expected 4 to 9", 1);
  for (const char* id : {"d", "e", "f", "g", "h", "i"}) {
    beats.push_back({id});
    EXPECT_EQ(lint(lesson_of("one", beats)), Mistakes{}) << beats.size();
  }
  beats.push_back({"j"});
  expect_only(lint(lesson_of("one", beats)), "found 10 beats", 1);
  expect_only(lint(lesson_of("one", {{"a"}, {"b"}, {"c"}, {"d"}})),
              "lesson.json: found no question, expected a prediction", 1);
}

Mistakes lint_beat(const std::string& members, const std::string& words) {
  Classroom room(lessons_of({lesson_of("one", {{"only", members, words}})}));
  room.act(app::act::GoToBeat{0, 0});
  return app::lint_beat(room.state());
}

std::string choice_of(const std::string& a, const std::string& b, const std::string& answer = "1") {
  return R"("question": {"kind": "choice", "answer": ")" + answer +
         R"(", "options": [{"id": "a", "value": ")" + a + R"("}, {"id": "b", "value": ")" + b +
         "\"}]}";
}
std::string choice_words(const std::string& whys) {
  return "w\n### question\nq\n### option a\na\n### option b\nb\n" + whys + "### reveal\nr\n";
}

TEST(LintBeat, OneOptionIsRight) {
  EXPECT_EQ(lint_beat(choice_of("1", "2"), choice_words("### why b\nw\n")), Mistakes{});
  expect_only(lint_beat(choice_of("3", "2"), choice_words("### why b\nw\n")),
              "found 0 right options, expected one", 1);
  expect_only(lint_beat(choice_of("1", "2 / 2"), choice_words("### why b\nw\n")),
              "found 2 right options, expected one", 1);
  const std::string holds = R"("question": {"kind": "choice", "options": [
      {"id": "a", "holds": "tokens > 0"}, {"id": "b", "holds": "tokens = 0"}]})";
  EXPECT_EQ(lint_beat(holds, choice_words("### why b\nw\n")), Mistakes{});
}

TEST(LintBeat, EveryWrongOptionHasAReasonAndTheRightOneNone) {
  expect_only(lint_beat(choice_of("1", "2"), choice_words("### why a\nw\n### why b\nw\n")),
              "why a: found a reason for the right answer, expected none", 1);
  const Mistakes mistakes = lint_beat(choice_of("1", "2"), choice_words("### why a\nw\n"));
  ASSERT_EQ(mistakes.size(), 2U);
  EXPECT_TRUE(mistakes[1].starts_with("why b: found nothing, expected what it would have been"));
}

std::string number_of(const std::string& answer, const std::string& low, const std::string& high,
                      const std::string& trap = "50") {
  return R"("question": {"kind": "number", "answer": ")" + answer + R"(", "range": [")" + low +
         R"(", ")" + high + R"("], "tolerance": 1.25, "traps": [{"id": "t", "value": ")" + trap +
         "\"}]}";
}
const char* const number_words =
    "w\n### question\nq\n### why t\nt\n### why far\nf\n### reveal\nr\n";

TEST(LintBeat, TheAnswerIsWithinTheScale) {
  EXPECT_EQ(lint_beat(number_of("10", "1", "100"), number_words), Mistakes{});
  EXPECT_EQ(lint_beat(number_of("10", "10", "100"), number_words), Mistakes{});
  for (const auto& [low, high] : {std::pair{"11", "100"}, {"1", "9"}, {"100", "1"}})
    expect_only(lint_beat(number_of("10", low, high), number_words),
                "range: found an answer outside of it, expected it within", 1);
}

TEST(LintBeat, TrapsAreApartFromTheAnswer) {
  EXPECT_EQ(lint_beat(number_of("10", "1", "100", "12.6"), number_words), Mistakes{});
  EXPECT_EQ(lint_beat(number_of("10", "1", "100", "7.9"), number_words), Mistakes{});
  for (const char* trap : {"12", "8.1"})
    expect_only(lint_beat(number_of("10", "1", "100", trap), number_words),
                "trap t: found within the tolerance of the right answer, expected it apart", 1);
}

TEST(LintBeat, TrapsOfACurveAreApartFromItsExponent) {
  const auto draw = [](const std::string& trap) {
    return lint_beat(R"("show": {"stage": "chart"}, "question": {"kind": "draw", "to": "64",
        "side": "uncached", "component": "q", "traps": [{"id": "t", "value": ")" +
                         trap + "\"}]}",
                     number_words);
  };
  EXPECT_EQ(draw("1"), Mistakes{});  // n rows in step n: the sum grows like n^2
  expect_only(draw("2"), "trap t: found within the tolerance", 1);
}

TEST(LintBeat, WhatCannotBeComputed) {
  expect_only(lint_beat("", "There are {{nonsense}}."), "2: {{nonsense}}: ", 1);
  expect_only(lint_beat("", "Score {{score(99, 0)}}."), "score", 1);
  expect_only(lint_beat(number_of("nothing", "1", "9"), number_words), "unknown name 'nothing'", 1);
  expect_only(lint_beat(number_of("token", "1", "9"), number_words), "found text, expected a", 1);
  EXPECT_EQ(lint_beat("", "There are {{tokens}} and {{max_difference}}."), Mistakes{});
  EXPECT_EQ(app::lint_beat(Classroom().state()),
            Mistakes{"found nothing to show, expected a beat"});
}

}  // namespace
}  // namespace kv::test
