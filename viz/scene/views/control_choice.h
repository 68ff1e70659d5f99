// Options of a control as a row of buttons, or as many rows as they need.
#pragma once

#include "viz/scene/views/control_rows.h"

namespace kv::scene {

// Rows of `width`, each filled from edge to edge; beside the name where all of them fit there.
struct OptionRows {
  std::vector<Rect> places;  // of the options, from the top left corner of the control
  Rect name;
  float height = 0;
};
OptionRows option_rows(const Frame& f, const ControlView& control, const ControlStyle& style,
                       float width);
// Of the name and of the widest option.
float least_width(const Frame& f, const ControlView& control, const ControlStyle& style);
void draw_options(Frame& f, const ControlView& control, const ControlStyle& style,
                  const Rect& area);

}  // namespace kv::scene
