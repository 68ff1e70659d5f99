// kvscope gui: the window.
#pragma once

#include <optional>
#include <string>

#include "viz/scene/language.h"
#include "viz/scene/palette.h"

namespace kv::app {

struct GuiOptions {
  std::string model = "story";
  std::optional<std::string> lesson;          // an id, or a folder's path
  std::string prompt;                         // "": what goes with the model
  std::optional<std::string> scenario;        // the laboratory, at this scenario
  std::optional<scene::Language> language{};  // else as remembered
  std::optional<scene::Theme> theme{};
  double scale = 1;
};

// Until the window is closed.
int gui(const GuiOptions& options);

}  // namespace kv::app
