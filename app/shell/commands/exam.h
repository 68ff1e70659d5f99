// `kvscope exam`: questions of a quiz on paper, and their answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "viz/scene/language.h"

namespace kv::app {

struct ExamOptions {
  int questions = 20;
  std::uint64_t seed = 1;
  scene::Language language = scene::Language::en;
  std::optional<std::string> quiz;  // a folder; else the program's own
  std::string out;
};

// Says which files were written, one a line.
int exam(const ExamOptions& options);

}  // namespace kv::app
