// What the words of a section must be, in lessons and quizzes alike.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/logic/lesson/lesson.h"

namespace kv::app {

// Placeholders as one word each.
std::string without_placeholders(std::string_view text);

// Marks that are not used, formulas and code that cannot be laid out, figures that were typed, and
// links that lead nowhere by `known_link`: each one line with `label` and the section's line.
void lint_text(const Section& section, const std::string& label,
               const std::function<bool(const std::string& link)>& known_link,
               std::vector<std::string>& mistakes);

}  // namespace kv::app
