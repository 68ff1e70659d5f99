// What a learner has seen and answered, as files.
#include <nlohmann/json.hpp>
#include <random>

#include "app/logic/lesson/progress_json.h"
#include "tests/logic/lesson_fixture.h"

namespace kv::test {
namespace {

using app::Answer;
using app::Progress;
using Json = nlohmann::json;

int between(std::mt19937_64& random, int least, int most) {
  return std::uniform_int_distribution(least, most)(random);
}

std::string any_text(std::mt19937_64& random) {
  static const char* pieces[] = {"a", " ",    "\n", "\"", "\\",           "\xC3\xA9",
                                 ",", "\x01", ";",  "{",  "\xE4\xBD\xA0", "\r"};
  std::string text;
  for (int i = between(random, 0, 12); i > 0; --i) text += pieces[between(random, 0, 11)];
  return text;
}

Progress any_progress(std::mt19937_64& random) {
  Progress progress;
  for (int i = between(random, 0, 9); i > 0; --i)
    progress.seen.emplace_back(any_text(random), any_text(random));
  for (int i = between(random, 0, 9); i > 0; --i) {
    Answer& answer = progress.answers.emplace_back();
    answer.lesson = any_text(random), answer.beat = any_text(random);
    for (int j = between(random, 0, 4); j > 0; --j) answer.tried.push_back(any_text(random));
    answer.right = between(random, 0, 1) == 1, answer.revealed = between(random, 0, 1) == 1;
    for (int j = between(random, 0, 6); j > 0; --j)
      answer.votes.push_back(between(random, 0, 9999));
  }
  return progress;
}

TEST(ProgressFile, ComesBackAsItWasWritten) {
  std::mt19937_64 random(8);
  for (int trial = 0; trial < 1000; ++trial) {
    const Progress progress = any_progress(random);
    const auto back = app::parse_progress(app::to_json(progress), "p");
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, progress);
  }
}

TEST(ProgressFile, OfALessonComesBack) {
  Classroom room;
  room.open(0, 2);
  room.click(scene::PartKind::option, 0);
  room.press(app::Command::toggle_votes);
  room.click(scene::PartKind::vote_more, 1);
  room.press(app::Command::reveal);
  const Progress& progress = room.state().lesson.progress;
  const auto back = app::parse_progress(app::to_json(progress), "p");
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, progress);
  EXPECT_EQ(back->answers, std::vector{(Answer{"first", "ask", {"one"}, false, true, {0, 1, 0}})});
}

// However patient the learner: what is written must be readable.
TEST(ProgressFile, OfManyTriesComesBack) {
  Classroom room;
  room.open(0, 2);
  for (int i = 0; i < 1500; ++i)
    room.act_only(app::act::Click{{.kind = scene::PartKind::option, .a = 0}});
  const auto back = app::parse_progress(app::to_json(room.state().lesson.progress), "p");
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_FALSE(back->answers[0].tried.empty());
}

// A good file with one member replaced; null removes it.
std::string with(std::string_view pointer, const Json& value) {
  Json json = Json::parse(
      app::to_json({.seen = {{"l", "b"}}, .answers = {{"l", "b", {"x"}, true, false, {1, 2}}}}));
  const Json::json_pointer at{std::string(pointer)};
  if (value.is_null())
    json.at(at.parent_pointer()).erase(at.back());
  else
    json[at] = value;
  return json.dump();
}

TEST(ProgressFile, EveryFieldIsChecked) {
  struct Case {
    const char* pointer;
    Json value;
    const char* message;
  };
  const Case cases[] = {
      {"/version", nullptr, "version: found nothing"},
      {"/version", 2, "version: found 2, expected at most 1: a newer kvscope wrote this file"},
      {"/seen", 1, "seen: found 1, expected a list"},
      {"/seen/0", "x", "seen: found \"x\", expected objects"},
      {"/seen/0/lesson", 3, "seen.lesson: found 3"},
      {"/seen/0/beat", std::string(129, 'x'), "seen.beat: found"},
      {"/seen/0/when", 1, "seen.\"when\": found 1, expected no such field"},
      {"/answers", "x", "answers: found \"x\", expected a list"},
      {"/answers/0", 5, "answers: found 5, expected objects"},
      {"/answers/0/lesson", Json::array(), "answers.lesson: found []"},
      {"/answers/0/tried", "x", "answers.tried: found \"x\", expected a list"},
      {"/answers/0/tried/0", 4, "answers.tried: found 4, expected texts"},
      {"/answers/0/right", 1, "answers.right: found 1, expected true or false"},
      {"/answers/0/revealed", "no", "answers.revealed: found \"no\""},
      {"/answers/0/votes", 2, "answers.votes: found 2"},
      {"/answers/0/votes/1", -1, "answers.votes: found -1, expected a whole number from 0 to 9999"},
      {"/answers/0/votes/1", 10000, "answers.votes: found 10000"},
      {"/answers/0/mark", "A", "answers.\"mark\": found \"A\", expected no such field"},
      {"/name", "x", "\"name\": found \"x\", expected no such field"},
  };
  for (const Case& c : cases) {
    const auto progress = app::parse_progress(with(c.pointer, c.value), "progress.json");
    ASSERT_FALSE(progress) << c.pointer << " " << c.value;
    const std::string& message = progress.error().message;
    EXPECT_TRUE(message.starts_with("progress.json: " + std::string(c.message))) << message;
  }
}

TEST(ProgressFile, BrokenTextIsRefused) {
  for (const char* text : {"", "[]", "nonsense", "{}", R"({"version":1,"version":1})"})
    EXPECT_FALSE(app::parse_progress(text, "p")) << text;
  const auto least = app::parse_progress(R"({"version":1})", "p");
  ASSERT_TRUE(least);
  EXPECT_EQ(*least, Progress{});
}

TEST(ProgressCsv, HasALineAQuestion) {
  EXPECT_EQ(app::to_csv({}), "lesson,beat,tries,tried,right,revealed,votes\n");
  const Progress progress{.seen = {{"l", "b"}},
                          .answers = {{"with-cache", "one", {"a", "b"}, true, false, {}},
                                      {"with-cache", "two", {}, false, true, {3, 0, 12}}}};
  EXPECT_EQ(app::to_csv(progress),
            "lesson,beat,tries,tried,right,revealed,votes\n"
            "with-cache,one,2,a; b,yes,no,\n"
            "with-cache,two,0,,no,yes,3; 0; 12\n");
}

TEST(ProgressCsv, QuotesWhatWouldBeReadWrongly) {
  const Progress progress{.seen = {},
                          .answers = {{"a,b", "say \"x\"", {"1,5", "2\n3"}, false, false, {}}}};
  EXPECT_EQ(app::to_csv(progress),
            "lesson,beat,tries,tried,right,revealed,votes\n"
            "\"a,b\",\"say \"\"x\"\"\",2,\"1,5; 2\n3\",no,no,\n");
}

TEST(Progress, OfTwoWindowsLosesNothing) {
  const auto answer = [](const char* beat, std::vector<std::string> tried) {
    Answer made;
    made.lesson = "a", made.beat = beat, made.tried = std::move(tried);
    return made;
  };
  const Progress before{{{"a", "1"}}, {answer("q", {"x"}), answer("r", {"x"})}};
  Progress mine = before, theirs = before;
  mine.seen.emplace_back("a", "2");
  mine.answers = {answer("q", {"x", "y"}), answer("r", {"x"}), answer("s", {"mine"})};
  theirs.seen.emplace_back("b", "1");
  theirs.answers = {answer("q", {"x"}), answer("r", {"x", "z"}), answer("t", {"theirs"})};
  const Progress both = app::with_news(theirs, before, mine);
  EXPECT_EQ(both.seen, (decltype(both.seen){{"a", "1"}, {"b", "1"}, {"a", "2"}}));
  EXPECT_EQ(both.answers,
            (std::vector{answer("q", {"x", "y"}), answer("r", {"x", "z"}), answer("t", {"theirs"}),
                         answer("s", {"mine"})}));
  EXPECT_EQ(app::with_news({}, before, mine), mine);  // where the file is gone, all is written
}

}  // namespace
}  // namespace kv::test
