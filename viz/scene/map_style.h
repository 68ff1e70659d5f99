// How looks and patterns are drawn: what the shader, the boxes' patterns and the SVG writer agree
// on.
#pragma once

#include "viz/scene/scene.h"

namespace kv::scene {

// Lines of a pattern in units: how far apart along a row, and how wide. Of dots: apart, and their
// side.
struct PatternStyle {
  float period = 0, line = 0;
};
constexpr PatternStyle style_of(Pattern pattern) {
  switch (pattern) {
    case Pattern::hatch:
      return {10, 1};
    case Pattern::diagonal:
      return {6, 1};
    case Pattern::dots:
      return {9, 1.6F};
    case Pattern::none:
      break;
  }
  return {};
}

// The same in whole pixels, so that a pattern is even and sharp at any scale.
PatternStyle in_pixels(Pattern pattern, float pixels_per_unit);
// How much of the pixel (x, y) the pattern covers, 0 to 1. Patterns stand still on the screen: what
// lies beside each other has one pattern in common.
float coverage(Pattern pattern, const PatternStyle& pixels, int x, int y);

// Shares of one colour mixed into another.
struct LookStyle {
  float masked_value = 0.12F;  // of the value's colour in a masked cell
  float masked_line = 0.8F;    // of the pattern's colour in its lines
  float again_line = 0.6F;
  float cached_least = 0.2F;   // of the cached grey where the value is at the scale's neutral end
  float cached_value = 0.18F;  // of the value's colour in a cached cell
  float faded_panel = 0.6F;    // of the panel's colour in a faded cell
};
inline constexpr LookStyle look_style{};

// The pattern over a look's cells, and the colour of its lines.
Pattern pattern_of(Look look);
Color line_color(Look look, const Palette& colors);
float line_share(Look look);

// Where a value lies on the map's scale: -1..1 where it is diverging, else 0..1.
float share_of(float value, const Map& map);
// The colour of a cell before its pattern; `look` is masked for cells above the diagonal.
Color cell_color(float value, const Map& map, Look look, Theme theme, const Palette& colors);

// Whether a cell, in the grid's rows and columns, lies above the map's diagonal.
inline bool is_hidden(const Map& map, int row, int column) {
  return map.diagonal && column > row + *map.diagonal;
}

}  // namespace kv::scene
