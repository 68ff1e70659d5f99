// `kvscope check lessons`: every beat composed in every language, and what is wrong with it.
#pragma once

#include <string>

namespace kv::app {

// A folder of lessons, or one lesson. Prints a line a lesson, and each mistake on stderr.
int check_lessons(const std::string& folder);

}  // namespace kv::app
