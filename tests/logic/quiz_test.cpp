// Asking: the same for the same seed, all questions before any comes again, one right answer; and
// the quiz that comes with the program, whole and in every language.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "app/logic/lab/quiz_lint.h"
#include "app/logic/lab/scenario_text.h"
#include "core/cost/presets.h"
#include "tests/logic/quiz_fixture.h"
#include "viz/scene/rich_text.h"

namespace kv::test {
namespace {

using app::AskedQuestion;
using app::Quiz;
using scene::Language;
using Mistakes = std::vector<std::string>;

Quiz small_quiz() { return app::read_quiz(small_quiz_files()).quiz; }

TEST(Quiz, FillsInWhatWasDrawn) {
  std::set<double> drawn;
  for (std::uint64_t seed = 0; seed < 40; ++seed)
    for (int n = 0; n < 2; ++n) {
      const AskedQuestion question = asked(small_quiz(), seed, n);
      if (question.id != "double") continue;
      const auto right = static_cast<std::size_t>(question.right);
      const double twice = question.values[right], once = twice / 2;
      drawn.insert(once);
      const std::string number = std::to_string(std::lround(once));
      EXPECT_EQ(scene::plain_text(question.text), "What is twice " + number + "?");
      EXPECT_EQ(scene::plain_text(question.reveal),
                number + " and " + number + " are " + question.option_texts[right] + ".");
      EXPECT_EQ(question.scenario, "n=" + number + "00 page=drill");  // without commas
      EXPECT_EQ(question.topic, "twice");
      EXPECT_EQ(question.question, 0);
      for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(scene::plain_text(question.options[i]), question.option_texts[i]);
        EXPECT_EQ(question.whys[i].empty(), i == right);
        if (question.mistakes[i] == "once") {
          EXPECT_EQ(scene::plain_text(question.whys[i]), "It is " + number + " once.");
        }
      }
      EXPECT_EQ(question.mistakes[right], "right");
    }
  EXPECT_EQ(drawn, (std::set<double>{20, 30}));  // 10 does not satisfy the condition
}

TEST(Quiz, TextsAreDrawnToo) {
  std::set<std::string> models;
  for (std::uint64_t seed = 0; seed < 40; ++seed)
    for (int n = 0; n < 2; ++n)
      if (const auto question = asked(small_quiz(), seed, n); question.id == "triple")
        models.insert(question.scenario);
  EXPECT_EQ(models, (std::set<std::string>{"model=gpt2 page=drill", "model=gpt2-xl page=drill"}));
}

TEST(Quiz, TheRightOptionStandsAnywhere) {
  std::map<int, int> places;
  for (std::uint64_t seed = 0; seed < 400; ++seed) ++places[asked(small_quiz(), seed, 0).right];
  ASSERT_EQ(places.size(), 4U);
  for (const auto& [place, times] : places) EXPECT_GT(times, 60) << place;
}

// What cannot be asked is an error that names the question, not a wrong question.
TEST(Quiz, WhatCannotBeAskedIsSaid) {
  const auto error_of = [](auto change) {
    Quiz quiz = small_quiz();
    quiz.questions.resize(1);
    for (auto& words : quiz.words) words.resize(1);
    change(quiz);
    const auto question = app::ask(quiz, 1, 0, Language::en, sizes_alone());
    return question ? std::string("none") : question.error().message;
  };
  EXPECT_EQ(error_of([](Quiz&) {}), "none");
  const std::string name = "q: question \"double\": ";
  EXPECT_EQ(error_of([](Quiz& q) { q.questions[0].condition = "n > 30"; }).find(name + "found no"),
            0U);
  // 3.5% apart.
  EXPECT_EQ(error_of([](Quiz& q) {
              q.questions[0].options[1].value = "twice * 1.035";
            }).find(name + "found no"),
            0U);
  EXPECT_EQ(error_of([](Quiz& q) { q.questions[0].options[1].value = "twice * 1.05"; }), "none");
  // Apart, but printed alike.
  EXPECT_NE(error_of([](Quiz& q) {
              q.questions[0].options[0].value = "0.1", q.questions[0].options[1].value = "0.2";
            }),
            "none");
  EXPECT_EQ(error_of([](Quiz& q) { q.questions[0].options[2].value = "m"; }),
            name + "unknown name 'm'");
  EXPECT_EQ(error_of([](Quiz& q) { q.questions[0].options[2].value = "'text'"; }).find(name), 0U);
  EXPECT_NE(error_of([](Quiz& q) { q.words[0][0].reveal.text = "{{m}}"; }), "none");
  EXPECT_NE(error_of([](Quiz& q) { q.words[0][0].whys["once"].text = "{{m}}"; }), "none");
  EXPECT_NE(error_of([](Quiz& q) { q.questions[0].scenario = "n={{m}}"; }), "none");
  EXPECT_FALSE(app::ask({}, 1, 0, Language::en, sizes_alone()));
  EXPECT_FALSE(app::ask(small_quiz(), 1, -1, Language::en, sizes_alone()));
}

// ---- the one that comes with the program

TEST(ShippedQuiz, HasQuestionsOfEveryTopicInFourLanguages) {
  const Quiz& quiz = shipped_quiz();
  EXPECT_GE(quiz.questions.size(), 24U);
  std::map<std::string, int> topics;
  for (const auto& question : quiz.questions) ++topics[question.topic];
  for (const auto& [topic, questions] : topics) EXPECT_GE(questions, 2) << topic;
  for (const auto& names : quiz.topics) EXPECT_EQ(names.size(), topics.size());
  for (const auto& words : quiz.words) EXPECT_EQ(words.size(), quiz.questions.size());
}

core::Status check_scenario(const std::string& text) {
  const auto scenario = app::parse_scenario(text, false, [](const std::string& name) {
    const core::Preset* preset = core::find_preset(name);
    return preset ? std::make_shared<const core::CostConfig>(preset->cost) : nullptr;
  });
  if (!scenario) return scenario.error();
  using enum scene::LabPage;
  if (scenario->page != drill && scenario->page != memory && scenario->page != roofline)
    return core::Error{core::ErrorKind::input, "found a page that goes with no answer"};
  return {};
}

TEST(ShippedQuiz, IsWithoutMistakes) {
  EXPECT_EQ(app::lint_quiz(shipped_quiz(), sizes_alone(), check_scenario), Mistakes{});
}

bool same(const AskedQuestion& a, const AskedQuestion& b) {
  return a.id == b.id && a.values == b.values && a.option_texts == b.option_texts &&
         a.mistakes == b.mistakes && a.right == b.right && a.scenario == b.scenario;
}

TEST(ShippedQuiz, IsTheSameForTheSameSeedInEveryLanguage) {
  const Quiz& quiz = shipped_quiz();
  int other = 0;
  for (int n = 0; n < 60; ++n) {
    const AskedQuestion first = asked(quiz, 5, n);
    const AskedQuestion again = asked(quiz, 5, n);
    EXPECT_TRUE(same(first, again));
    EXPECT_EQ(first.text, again.text);
    EXPECT_EQ(first.whys, again.whys);
    for (const Language language : scene::languages)
      EXPECT_TRUE(same(first, asked(quiz, 5, n, language))) << first.id;
    if (!same(first, asked(quiz, 6, n))) ++other;
  }
  EXPECT_GT(other, 50);
}

TEST(ShippedQuiz, EveryQuestionComesOnceARound) {
  const Quiz& quiz = shipped_quiz();
  const int count = static_cast<int>(quiz.questions.size());
  std::set<Mistakes> orders;
  for (const std::uint64_t seed : {1ULL, 2ULL, 99ULL}) {
    std::string before;
    for (int round = 0; round < 3; ++round) {
      Mistakes order;
      for (int n = 0; n < count; ++n) {
        const AskedQuestion question = asked(quiz, seed, round * count + n);
        EXPECT_NE(question.id, before);
        before = question.id;
        order.push_back(question.id);
        EXPECT_EQ(quiz.questions[static_cast<std::size_t>(question.question)].id, question.id);
      }
      EXPECT_EQ(std::set<std::string>(order.begin(), order.end()).size(), quiz.questions.size());
      orders.insert(order);
    }
  }
  EXPECT_EQ(orders.size(), 9U);
}

TEST(ShippedQuiz, HasOneRightAnswerWhateverIsDrawn) {
  const Quiz& quiz = shipped_quiz();
  const int count = static_cast<int>(quiz.questions.size());
  std::map<std::string, std::set<double>> answers;
  for (std::uint64_t seed = 0; seed < 200; ++seed)
    for (int n = 0; n < count; ++n) {
      const AskedQuestion question = asked(quiz, seed, n);
      const auto right = static_cast<std::size_t>(question.right);
      ASSERT_LT(right, question.values.size());
      const double truth = question.values[right];
      answers[question.id].insert(truth);
      for (std::size_t i = 0; i < question.values.size(); ++i) {
        if (i == right) continue;
        const double value = question.values[i];
        EXPECT_GT(std::fabs(value - truth), 0.04 * std::max(std::fabs(value), std::fabs(truth)))
            << question.id << " " << question.mistakes[i];
        EXPECT_NE(question.option_texts[i], question.option_texts[right]) << question.id;
      }
    }
  // Questions about what does not change have one answer; no other can be known by heart.
  for (const auto& [id, values] : answers)
    if (*values.begin() != 1) {
      EXPECT_GE(values.size(), 3U) << id;
    }
}

// ---- the linter

Mistakes lint_with(const std::string& from, const std::string& to) {
  app::LessonFiles files = small_quiz_files();
  std::string& text = files.markdown[0];
  text.replace(text.find(from), from.size(), to);
  const app::ReadQuiz read = app::read_quiz(files);
  EXPECT_EQ(read.mistakes, Mistakes{});
  return app::lint_quiz(read.quiz, sizes_alone());
}

TEST(QuizLint, FindsWhatIsWrong) {
  EXPECT_EQ(lint_with("Three.", "Three."), Mistakes{});
  const auto expect_one = [](const std::string& from, const std::string& to,
                             const std::string& what) {
    const Mistakes mistakes = lint_with(from, to);
    ASSERT_EQ(mistakes.size(), 1U) << what << testing::PrintToString(mistakes);
    EXPECT_NE(mistakes[0].find(what), std::string::npos) << mistakes[0];
  };
  expect_one("Three.", "It is 21 then.", "found the typed number \"21\"");
  expect_one("Three.", "[It](lesson:x) is.", "found link \"lesson:x\"");
  expect_one("Three.", "$\\frac{a}$", "formula");
  expect_one("Three.", "{{m}}", "question \"triple\": ");
  expect_one("True of a half.", "It is {{twice}}.", "why half: found the right answer");
  EXPECT_EQ(lint_with("True of a half.", "It is {{100 * twice}}."), Mistakes{});
  std::string words;
  for (int i = 0; i < 61; ++i) words += "w ";
  expect_one("Three.", words, "found a text of 61, expected at most 60 words");
}

TEST(QuizLint, LooksAtScenarios) {
  const auto refuse = [](const std::string& text) -> core::Status {
    if (text.starts_with("model=gpt2-xl")) return core::Error{core::ErrorKind::usage, "too large"};
    return {};
  };
  EXPECT_EQ(app::lint_quiz(small_quiz(), sizes_alone(), refuse),
            Mistakes{"q: question \"triple\": scenario \"model=gpt2-xl page=drill\": too large"});
}

}  // namespace
}  // namespace kv::test
