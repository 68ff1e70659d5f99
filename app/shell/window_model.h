// A model opened for the window: weights, tokenizer, and what to begin with.
#pragma once

#include <functional>
#include <string>

#include "app/logic/state.h"

namespace kv::app {

core::Result<OpenModel> open_for_window(const std::string& name, scene::Language language,
                                        const std::function<bool(double)>& progress);

}  // namespace kv::app
