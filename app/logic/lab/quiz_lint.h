// What a quiz must be beyond its form.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/logic/lab/quiz.h"

namespace kv::app {

// Whether a scenario's text can be read; an error says why not.
using ScenarioCheck = std::function<core::Status(const std::string& text)>;

// Every question asked with many seeds in every language: placeholders that do not fill, no numbers
// that keep the options apart, languages that ask for different numbers, scenarios that `scenario`
// refuses (null: none is looked at). And the words themselves: their length, typed numbers, marks
// and formulas. Each mistake one line; of each question's asking the first alone.
std::vector<std::string> lint_quiz(const Quiz& quiz, const QuantitySource& source,
                                   const ScenarioCheck& scenario = {});

}  // namespace kv::app
