// An exam: questions of a quiz for paper, and their answers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/logic/lab/quiz.h"
#include "viz/scene/views/exam_sheet.h"

namespace kv::app {

inline constexpr int most_exam_questions = 200;

struct Exam {
  std::uint64_t seed = 1;
  scene::Language language = scene::Language::en;
  std::vector<AskedQuestion> questions;
};
// A usage error for fewer than one question or more than most_exam_questions.
core::Result<Exam> make_exam(const Quiz& quiz, std::uint64_t seed, int questions,
                             scene::Language language, const QuantitySource& source);

// A row a question: number, id, topic, question, options A to F, right letter, right answer, why it
// is right, and the mistake each wrong option stands for, its id and in words. RFC 4180, UTF-8, a
// header row; formulas as a line of text, every field one line.
std::string to_csv(const Exam& exam);

// Ready to be laid out by scene::exam_pages().
scene::ExamPaper paper_of(const Exam& exam);

}  // namespace kv::app
