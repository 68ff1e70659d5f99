// Sizes of models by name.
#pragma once

#include <memory>
#include <string>

#include "app/logic/lesson/lesson_state.h"

namespace kv::app {

// Of those that come with the program and of "random:..."; null for all others.
std::shared_ptr<const core::CostConfig> sizes_of(const LessonState& lesson,
                                                 const std::string& name);

}  // namespace kv::app
