// The quiz that comes with the program, a small one of the tests' own, and where their numbers come
// from.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/logic/lab/quiz.h"

namespace kv::test {

// lessons/quiz, read anew; its own mistakes fail the test.
app::LessonFiles shipped_quiz_files();
const app::Quiz& shipped_quiz();

// Presets and random:... models; no run.
app::QuantitySource sizes_alone();

// Two questions, "double" and "triple", with the same words in every language.
app::LessonFiles small_quiz_files();

app::AskedQuestion asked(const app::Quiz& quiz, std::uint64_t seed, int n,
                         scene::Language language = scene::Language::en);

}  // namespace kv::test
