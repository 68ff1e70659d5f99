#include "app/logic/lab/exam.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/logic/csv.h"

namespace kv::app {
namespace {

namespace words = scene::words;

constexpr std::size_t most_options = 6;

std::string letter_of(std::size_t index) { return std::string(1, static_cast<char>('A' + index)); }

std::string one_line(const scene::RichText& text) {
  std::string line = scene::plain_text(text);
  std::ranges::replace(line, '\n', ' ');
  return line;
}

// As spreadsheets write it.
constexpr std::string_view line_end = "\r\n";

std::vector<std::string> titles() {
  std::vector<std::string> titles = {"number", "id", "topic", "question"};
  const auto add = [&](const std::string& prefix) {
    for (std::size_t i = 0; i < most_options; ++i) titles.push_back(prefix + letter_of(i));
  };
  add("");
  titles.insert(titles.end(), {"right", "answer", "reason"});
  add("mistake_");
  add("why_");
  return titles;
}

std::vector<std::string> fields_of(std::size_t number, const AskedQuestion& asked) {
  std::vector<std::string> fields = {std::to_string(number), asked.id, asked.topic,
                                     one_line(asked.text)};
  const auto right = static_cast<std::size_t>(asked.right);
  // Empty beyond the question's own options, and of the right one where `wrong_alone`.
  const auto add = [&](bool wrong_alone, auto&& field) {
    for (std::size_t i = 0; i < most_options; ++i)
      fields.push_back(i < asked.options.size() && !(wrong_alone && i == right) ? field(i) : "");
  };
  add(false, [&](std::size_t i) { return asked.option_texts[i]; });
  fields.insert(fields.end(), {letter_of(right), asked.option_texts[right], one_line(asked.reveal)});
  add(true, [&](std::size_t i) { return asked.mistakes[i]; });
  add(true, [&](std::size_t i) { return one_line(asked.whys[i]); });
  return fields;
}

}  // namespace

core::Result<Exam> make_exam(const Quiz& quiz, std::uint64_t seed, int questions,
                             scene::Language language, const QuantitySource& source) {
  if (questions < 1 || questions > most_exam_questions)
    return core::Error{core::ErrorKind::usage, fmt::format("questions: found {}, expected 1 to {}",
                                                           questions, most_exam_questions)};
  Exam exam{.seed = seed, .language = language, .questions = {}};
  for (int n = 0; n < questions; ++n) {
    auto asked = ask(quiz, seed, n, language, source);
    if (!asked) return asked.error();
    exam.questions.push_back(*std::move(asked));
  }
  return exam;
}

std::string to_csv(const Exam& exam) {
  std::string csv = csv_row(titles(), line_end);
  for (std::size_t i = 0; i < exam.questions.size(); ++i)
    csv += csv_row(fields_of(i + 1, exam.questions[i]), line_end);
  return csv;
}

scene::ExamPaper paper_of(const Exam& exam) {
  scene::ExamPaper paper;
  paper.title = words::exam_title.in(exam.language);
  paper.seed = scene::say(words::exam_seed, exam.language,
                          {std::to_string(exam.seed), std::to_string(exam.questions.size())});
  for (const AskedQuestion& asked : exam.questions)
    paper.questions.push_back({.text = asked.text,
                               .options = asked.options,
                               .right = asked.right,
                               .whys = asked.whys,
                               .reveal = asked.reveal});
  return paper;
}

}  // namespace kv::app
