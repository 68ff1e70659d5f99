// `kvscope check` of a quiz: every question asked in every language, and what is wrong with it.
#pragma once

#include <string>

namespace kv::app {

// Prints a line, or each mistake on stderr.
int check_quiz(const std::string& folder);

}  // namespace kv::app
