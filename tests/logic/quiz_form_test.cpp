// Reading a quiz: everything in its files arrives, and what is wrong with them is named in one
// line.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/logic/quiz_fixture.h"

namespace kv::test {
namespace {

using Json = nlohmann::json;
using Mistakes = std::vector<std::string>;

TEST(QuizForm, EverythingArrives) {
  const app::ReadQuiz read = app::read_quiz(small_quiz_files());
  ASSERT_EQ(read.mistakes, Mistakes{});
  EXPECT_EQ(read.quiz.folder, "q");
  ASSERT_EQ(read.quiz.questions.size(), 2U);
  const app::QuizQuestion& first = read.quiz.questions[0];
  EXPECT_EQ(first.id, "double");
  EXPECT_EQ(first.topic, "twice");
  ASSERT_EQ(first.draws.size(), 2U);
  EXPECT_EQ(first.draws[0].name, "n");
  EXPECT_EQ(first.draws[0].among, (Mistakes{"10", "20", "30"}));
  EXPECT_EQ(first.condition, "n > 10");
  EXPECT_EQ(first.format, "int");
  EXPECT_EQ(first.scenario, "n={{100 * n}} page=drill");
  ASSERT_EQ(first.options.size(), 4U);
  EXPECT_EQ(first.options[0].id, "right");
  EXPECT_EQ(first.options[0].value, "twice");
  EXPECT_EQ(first.options[3].id, "half");
  EXPECT_EQ(first.options[3].value, "n / 2");
  EXPECT_EQ(read.quiz.questions[1].condition, "");
  for (const auto& words : read.quiz.words) {
    ASSERT_EQ(words.size(), 2U);
    EXPECT_EQ(words[0].question.text, "What is twice {{n}}?");
    EXPECT_EQ(words[0].whys.at("square").text, "True of a square.");
    EXPECT_EQ(words[0].whys.size(), 3U);
    EXPECT_EQ(words[1].reveal.text, "Three.");
    EXPECT_GT(words[1].reveal.line, words[1].question.line);
  }
  for (const auto& topics : read.quiz.topics) EXPECT_EQ(topics.at("twice"), "Twice as much");
}

// One line that begins with the place and says what was found and expected.
void expect_only(const Mistakes& mistakes, const std::string& what) {
  ASSERT_EQ(mistakes.size(), 1U) << what << testing::PrintToString(mistakes);
  EXPECT_NE(mistakes[0].find(what), std::string::npos) << mistakes[0] << "\n  not: " << what;
  EXPECT_TRUE(mistakes[0].starts_with("q/")) << mistakes[0];
  EXPECT_EQ(mistakes[0].find('\n'), std::string::npos) << mistakes[0];
  EXPECT_NE(mistakes[0].find("found"), std::string::npos) << mistakes[0];
}

// With one member of quiz.json replaced; null removes it.
Mistakes with_json(const std::string& pointer, const Json& value) {
  app::LessonFiles files = small_quiz_files();
  Json json = Json::parse(files.json);
  const Json::json_pointer at(pointer);
  if (value.is_null())
    json[at.parent_pointer()].erase(at.back());
  else
    json[at] = value;
  files.json = json.dump();
  return app::read_quiz(files).mistakes;
}

TEST(QuizForm, StructureThatIsWrong) {
  struct Refusal {
    const char* pointer;
    Json value;
    const char* message;
  };
  const Json mistake = {{"id", "x"}, {"value", "1"}};
  const Refusal refusals[] = {
      {"/format", nullptr, "q/quiz.json: format: found nothing"},
      {"/format", 2, "found 2, expected at most 1"},
      {"/format", "1", "found \"1\", expected a whole number"},
      {"/questions", nullptr, "questions: found nothing"},
      {"/questions", Json::array(), "questions: found none, expected at least one"},
      {"/questions", 7, "questions: found 7, expected a list"},
      {"/questions/0", "x", "questions[1]: found \"x\", expected an object"},
      {"/title", "x", "\"title\": found \"x\", expected no such field"},
      {"/questions/0/id", nullptr, "questions[1].id: found nothing"},
      {"/questions/0/id", "Two", "found \"Two\", expected small letters, digits and hyphens"},
      {"/questions/0/id", "topics", "found \"topics\", expected another id"},
      {"/questions/1/id", "double", "questions[2].id: found \"double\", expected an id of its own"},
      {"/questions/0/topic", nullptr, "questions[1].topic: found nothing"},
      {"/questions/0/draws", nullptr, "questions[1].draws: found nothing"},
      {"/questions/0/draws", "n", "questions[1].draws: found \"n\", expected a list"},
      {"/questions/0/draws/0", 1, "questions[1].draws[1]: found 1, expected an object"},
      {"/questions/0/draws/0/name", nullptr, "draws[1].name: found nothing"},
      {"/questions/0/draws/0/name", "n2", "found \"n2\", expected small letters and underscores"},
      {"/questions/0/draws/0/name", "answer", "found \"answer\", expected another name"},
      {"/questions/0/draws/1/name", "n", "draws[2].name: found \"n\", expected a name of its own"},
      {"/questions/0/draws/0/among", nullptr, "draws[1].among: found nothing"},
      {"/questions/0/draws/0/among", Json::array(), "draws[1].among: found none"},
      {"/questions/0/draws/0/among/1", 20, "among: found 20, expected an expression in quotes"},
      {"/questions/0/draws/0/least", 1, "draws[1].\"least\": found 1, expected no such field"},
      {"/questions/0/condition", 1, "questions[1].condition: found 1, expected a text"},
      {"/questions/0/format", nullptr, "questions[1].format: found nothing"},
      {"/questions/0/format", "hex", "format: found \"hex\", expected a number's format"},
      {"/questions/0/format", "text", "format: found \"text\", expected a number's format"},
      {"/questions/0/answer", nullptr, "questions[1].answer: found nothing"},
      {"/questions/0/answer", "", "questions[1].answer: found an empty text"},
      {"/questions/0/mistakes", nullptr, "questions[1].mistakes: found nothing"},
      {"/questions/0/mistakes", {mistake}, "questions[1].mistakes: found 1, expected 3 to 5"},
      {"/questions/0/mistakes", Json(6, mistake), "mistakes: found an array of 6 elements"},
      {"/questions/0/mistakes/1", "x", "mistakes[2]: found \"x\", expected an object"},
      {"/questions/0/mistakes/1/id", "once", "mistakes[2].id: found \"once\", expected an id of"},
      {"/questions/0/mistakes/1/id", "right", "found \"right\", expected another id"},
      {"/questions/0/mistakes/1/value", nullptr, "mistakes[2].value: found nothing"},
      {"/questions/0/mistakes/1/why", "x", "mistakes[2].\"why\": found \"x\", expected no such"},
      {"/questions/0/scenario", nullptr, "questions[1].scenario: found nothing"},
  };
  for (const Refusal& refusal : refusals)
    expect_only(with_json(refusal.pointer, refusal.value), refusal.message);
}

// With a part of en.md replaced.
Mistakes with_words(const std::string& from, const std::string& to) {
  app::LessonFiles files = small_quiz_files();
  std::string& text = files.markdown[0];
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  return app::read_quiz(files).mistakes;
}

TEST(QuizForm, WordsThatAreWrong) {
  struct Refusal {
    const char *from, *to, *message;
  };
  const Refusal refusals[] = {
      {"# Quiz\n", "\n", "q/en.md:1: found no title"},
      {"# Quiz\n", "# Quiz\n# Again\n", "q/en.md:2: found a second title"},
      {"# Quiz\n", "# Quiz\nHello.\n", "q/en.md:2: found text outside the sections"},
      {"### twice\n\nTwice as much\n", "", "q/en.md:3: found no ### twice"},
      {"Twice as much", "", "q/en.md:5: found nothing below \"twice\""},
      {"Twice as much", "Twice\nas much", "q/en.md:5: found a name of several lines"},
      {"### thrice\n", "### four\n\nFour times\n\n### thrice\n", "found topic \"four\""},
      {"### thrice\n", "### twice\n\nTwice\n\n### thrice\n", "found topic \"twice\" twice"},
      {"## double\n", "## topics\n## double\n", "found ## topics twice"},
      {"## triple\n", "## single\n\n## triple\n", "found question \"single\", expected topics"},
      {"## triple\n", "## double\n\n## triple\n", "found question \"double\" twice"},
      {"### question\n\nWhat is twice {{n}}?\n", "", "q/en.md:13: found no ### question"},
      {"What is twice {{n}}?\n", "", "found nothing below \"question\", expected text"},
      {"### reveal\n\nThree.\n", "", "found no ### reveal"},
      {"### why cube\n\nTrue of a cube.\n", "", "found no ### why cube"},
      {"### why cube\n", "### why right\n\nNo.\n\n### why cube\n", "found why \"right\""},
      {"### why cube\n", "### why once\n\nNo.\n\n### why cube\n", "found \"why once\" twice"},
      {"### why cube\n", "### notes\n\nNo.\n\n### why cube\n",
       "found \"notes\", expected question, reveal or why ID"},
      {"## topics\n", "### early\n\nNo.\n\n## topics\n", "expected it below ## topics"},
  };
  for (const Refusal& refusal : refusals)
    expect_only(with_words(refusal.from, refusal.to), refusal.message);
}

TEST(QuizForm, QuestionsOutOfOrderAndMissingOnesAreTold) {
  app::LessonFiles files = small_quiz_files();
  std::string& text = files.markdown[2];
  const std::size_t begin = text.find("## double"), end = text.find("## triple");
  const std::string question = text.substr(begin, end - begin);
  text.erase(begin, end - begin);
  Mistakes mistakes = app::read_quiz(files).mistakes;
  ASSERT_EQ(mistakes.size(), 2U);
  EXPECT_NE(mistakes[0].find("found question \"triple\", expected them in"), std::string::npos);
  EXPECT_EQ(mistakes[1], "q/zh.md:1: found no question \"double\", expected it");
  text += "\n" + question;
  mistakes = app::read_quiz(files).mistakes;
  ASSERT_EQ(mistakes.size(), 2U);  // each of the two is out of its place
  EXPECT_NE(mistakes[1].find("found question \"double\", expected them in"), std::string::npos);
}

TEST(QuizForm, CutAnywhereItIsRefused) {
  const std::string json = small_quiz_files().json;
  for (std::size_t size = 0; size + 1 < json.size(); size += 5)
    EXPECT_FALSE(app::parse_quiz_json(json.substr(0, size), "x")) << size;
}

TEST(QuizForm, WhatIsNoStrictJsonIsRefused) {
  std::string json = small_quiz_files().json;
  EXPECT_FALSE(app::parse_quiz_json(json + "{}", "x"));
  EXPECT_FALSE(app::parse_quiz_json("[]", "x"));
  json.insert(json.find("\"id\""), R"("id": "twice-given", )");
  EXPECT_FALSE(app::parse_quiz_json(json, "x"));
}

}  // namespace
}  // namespace kv::test
