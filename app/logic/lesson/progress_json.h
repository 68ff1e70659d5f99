// What a learner has seen and answered, as text: kept between sessions, and for a teacher's table.
#pragma once

#include "app/logic/lesson/lesson_state.h"

namespace kv::app {

inline constexpr int progress_version = 1;

std::string to_json(const Progress& progress);
core::Result<Progress> parse_progress(std::string_view text, const std::string& label);

// One line a question: lesson, beat, how often tried, what was tried, right, revealed, votes.
std::string to_csv(const Progress& progress);

}  // namespace kv::app
