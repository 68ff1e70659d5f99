// Structures back to the files they were read from: reading what is printed gives them again.
#pragma once

#include <string>
#include <vector>

#include "app/logic/lab/quiz.h"
#include "app/logic/lesson/lesson.h"

namespace kv::test {

// lesson.json with every field written out.
std::string printed(const app::Lesson& lesson);
// quiz.json.
std::string printed(const std::vector<app::QuizQuestion>& questions);

}  // namespace kv::test
