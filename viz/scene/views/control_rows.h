// The rows of the pane of controls: how much room each needs in a style, and how it is drawn.
#pragma once

#include "viz/scene/lab_view.h"
#include "viz/scene/views/frame.h"

namespace kv::scene {

// Lengths in units.
struct ControlStyle {
  Font name = Font::small, value = Font::small_bold;
  bool roomy = false;  // - and + stand beside the track, not beside the value
  float line = 18;     // name and value
  float track = 9;     // the track's strip below them
  float option = 20;   // height of an option
  float button = 26;   // height of an action
  float heading = 19;
  Font note_font = Font::tiny;
  float note = 14;  // a line of a note
  float gap = 2;    // between rows, at least
};
inline constexpr ControlStyle control_styles[] = {
    {.name = Font::body,
     .value = Font::body_bold,
     .roomy = true,
     .line = 22,
     .track = 24,
     .option = 30,
     .button = 36,
     .heading = 30,
     .note_font = Font::small,
     .note = 19,
     .gap = 8},
    {.roomy = true,
     .line = 20,
     .track = 22,
     .option = 26,
     .button = 32,
     .heading = 26,
     .note_font = Font::small,
     .note = 18,
     .gap = 6},
    {.line = 20, .track = 12, .option = 24, .button = 30, .heading = 24, .note = 16, .gap = 4},
    {},
};

// Height of the row, without a gap, `width` wide.
float control_height(const Frame& f, const ControlView& control, const ControlStyle& style,
                     float width);
// The least width at which no word of it is cut; options may be in as many rows as they like.
float control_width(const Frame& f, const ControlView& control, const ControlStyle& style);
// Names and values are a control_button: they explain the row, and a click takes the keys to it.
void draw_control(Frame& f, const ControlView& control, const ControlStyle& style,
                  const Rect& area);

}  // namespace kv::scene
