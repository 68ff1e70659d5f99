#include "viz/scene/part.h"

#include <array>

namespace kv::scene {

const char* name_of(PartKind kind) {
  constexpr std::array names{"none",
                             "key_cell",
                             "value_cell",
                             "attention_cell",
                             "row_label",
                             "component",
                             "step_flops",
                             "total_flops",
                             "side_title",
                             "masked_note",
                             "token",
                             "candidate",
                             "layer_button",
                             "layer_up",
                             "layer_down",
                             "head_thumbnail",
                             "operation_chip",
                             "lens_cell",
                             "chart",
                             "chart_scale",
                             "chart_parts",
                             "ratio",
                             "cache_bytes",
                             "agreement",
                             "same_token",
                             "heat_toggle",
                             "memory_budget",
                             "prompt_button",
                             "model_button",
                             "sampling_button",
                             "language_button",
                             "theme_button",
                             "settings_button",
                             "help_button",
                             "legend_button",
                             "fullscreen_button",
                             "first_button",
                             "back_button",
                             "play_button",
                             "next_button",
                             "last_button",
                             "slider",
                             "pace_button",
                             "speed_button",
                             "message",
                             "cancel_button",
                             "overlay"};
  static_assert(names.size() == static_cast<std::size_t>(PartKind::count_));
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace kv::scene
