// The prompts that come with the built-in models: measured to go on well.
#pragma once

#include <string>
#include <vector>

#include "viz/scene/language.h"

namespace kv::app {

struct BuiltInPrompt {
  scene::Language language = scene::Language::en;
  std::string text;
};

// Of a built-in model by its name, in the order of its file; none for any other model.
std::vector<BuiltInPrompt> built_in_prompts(const std::string& model);

// The first in that language, else the first; empty where there is none.
std::string first_prompt(const std::string& model, scene::Language language);

}  // namespace kv::app
