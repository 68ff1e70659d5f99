// What the quiz's folder holds.
#include <algorithm>

#include "app/logic/lab/scenario_text.h"
#include "core/base/utf8.h"
#include "tests/fuzz/complaints.h"
#include "tests/fuzz/lesson_printer.h"
#include "tests/fuzz/targets.h"
#include "tests/logic/quiz_fixture.h"
#include "tests/logic/scenario_samples.h"

namespace kv::test {
namespace {

// Words for whatever is asked, with all its names.
app::QuizWords words_for(const app::QuizQuestion& question) {
  app::QuizWords words;
  for (const app::QuizDraw& draw : question.draws)
    words.question.text += "*a* {{" + draw.name + "}} ";
  words.reveal.text = "{{answer}}";
  for (std::size_t i = 1; i < question.options.size(); ++i)
    words.whys[question.options[i].id].text = "{{chosen}} $x^2$ {{answer}}";
  return words;
}

std::string asked_complaint(const app::AskedQuestion& asked) {
  const std::size_t count = asked.options.size();
  if (count < 1 + app::least_mistakes || count > 1 + app::most_mistakes) return "options";
  if (asked.whys.size() != count || asked.option_texts.size() != count ||
      asked.mistakes.size() != count || asked.values.size() != count)
    return "lists of other lengths";
  if (asked.right < 0 || static_cast<std::size_t>(asked.right) >= count) return "no right one";
  if (asked.mistakes[static_cast<std::size_t>(asked.right)] != "right") return "a wrong right one";
  auto texts = asked.option_texts;
  std::ranges::sort(texts);
  if (std::ranges::adjacent_find(texts) != texts.end()) return "two options that read the same";
  const auto scenario = app::parse_scenario(asked.scenario, false, known_sizes);
  if (!scenario) return message_complaint(scenario.error().message);
  return complaint(*scenario);
}

// The first questions, in two languages.
std::string asking_complaint(const app::Quiz& quiz) {
  const app::QuantitySource source = sizes_alone();
  for (int n = 0; n < static_cast<int>(std::min<std::size_t>(quiz.questions.size(), 3)); ++n) {
    const auto asked = app::ask(quiz, 1, n, scene::Language::en, source);
    const auto there = app::ask(quiz, 1, n, scene::Language::ko, source);
    if (!asked) {
      auto complaint = message_complaint(asked.error().message);
      if (!complaint.empty()) return complaint;
      continue;
    }
    if (auto complaint = asked_complaint(*asked); !complaint.empty()) return complaint;
    if (!there || there->values != asked->values) return "other numbers in another language";
  }
  return {};
}

}  // namespace

std::string fuzz_quiz_json(std::span<const std::uint8_t> bytes) {
  const auto read = app::parse_quiz_json(text_of(bytes), "quiz.json");
  if (!read) return message_complaint(read.error().message);
  const std::string once = printed(*read);
  const auto again = app::parse_quiz_json(once, "quiz.json");
  if (!again) return once + "\n" + again.error().message;
  if (auto complaint = difference(once, printed(*again)); !complaint.empty()) return complaint;
  app::Quiz quiz{.folder = "quiz", .questions = *read, .words = {}, .topics = {}};
  for (auto& words : quiz.words)
    for (const app::QuizQuestion& question : quiz.questions) words.push_back(words_for(question));
  return asking_complaint(quiz);
}

std::string fuzz_quiz_words(std::span<const std::uint8_t> bytes) {
  app::LessonFiles files = small_quiz_files();
  files.markdown.fill(text_of(bytes));
  const app::ReadQuiz read = app::read_quiz(files);
  if (auto complaint = messages_complaint(read.mistakes); !complaint.empty()) return complaint;
  if (!read.mistakes.empty()) return {};
  for (const app::QuizWords& words : read.quiz.words[0])
    if (words.question.text.empty() || words.whys.size() != app::least_mistakes)
      return "no words, and no mistake";
  return asking_complaint(read.quiz);
}

}  // namespace kv::test
