// Opening a model: one that comes along, one opened before, a folder, or random weights.
#pragma once

#include <array>

#include "app/shell/panels/panel_frame.h"

namespace kv::app {

struct ModelScratch {
  std::string folder;
  // width, layers, heads, kv heads, MLP width, vocabulary, context, seed
  std::array<int, 8> random{64, 2, 4, 4, 256, 512, 4096, 1};
};
PanelFate draw_model_panel(const PanelFrame& f, ModelScratch& scratch);

// "random:width=64,..." of those numbers.
std::string random_name(const std::array<int, 8>& numbers);

}  // namespace kv::app
