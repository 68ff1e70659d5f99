// The quiz on the disk: the one that comes with the program, and folders from anywhere.
#pragma once

#include <string>

#include "app/logic/action.h"
#include "app/logic/lab/quiz.h"

namespace kv::app {

// Of the quiz that comes with the program.
std::string quiz_folder();
// Whether the folder is a quiz's: it has a quiz.json.
bool is_quiz_folder(const std::string& folder);

// quiz.json and the four languages' Markdown, with all their mistakes; a file that is missing is
// one of them.
ReadQuiz read_quiz_folder(const std::string& folder);
// The first mistake is the error.
core::Result<Quiz> load_quiz(const std::string& folder);

// What questions compute with: models' sizes alone, no run.
QuantitySource quiz_source();

// The program's own quiz, or why there is none.
act::SetQuiz read_quiz_for_window();

}  // namespace kv::app
