// The type scale as typesetting needs it: which font goes with which, and where letters stand in
// their line. Shares are of a font's line height, of Inter as the program sets it.
#pragma once

#include "viz/scene/font_metrics.h"

namespace kv::scene {

// From the line's top to the baseline; the same figure a scene is written to SVG with.
inline constexpr float baseline_share = 0.843F;
// Above the baseline: the middle of a minus sign.
inline constexpr float axis_share = 0.27F;
// Above and below the baseline: the ends of a sum's sign.
inline constexpr float sum_top_share = 0.685F, sum_bottom_share = 0.16F;

constexpr float ascent_of(Font font) { return info_of(font).size * baseline_share; }
constexpr float descent_of(Font font) { return info_of(font).size * (1 - baseline_share); }

// The next smaller one, of the same weight as long as there is one; tiny stays.
constexpr Font smaller_font(Font font) {
  constexpr Font table[font_count] = {Font::tiny,      Font::tiny,       Font::small,
                                      Font::body,      Font::tiny,       Font::small_bold,
                                      Font::body_bold, Font::title_bold, Font::large_bold,
                                      Font::title};
  return table[static_cast<int>(font)];
}

// Clearly larger, for signs that reach over a whole expression.
constexpr Font larger_font(Font font) {
  constexpr Font table[font_count] = {Font::title,      Font::title,      Font::title,
                                      Font::large_bold, Font::title_bold, Font::title_bold,
                                      Font::large_bold, Font::huge_bold,  Font::huge_bold,
                                      Font::huge_bold};
  return table[static_cast<int>(font)];
}

constexpr Font bold_twin(Font font) {
  switch (font) {
    case Font::tiny:
    case Font::small:
      return Font::small_bold;
    case Font::body:
      return Font::body_bold;
    case Font::title:
      return Font::title_bold;
    case Font::large:
      return Font::large_bold;
    default:
      return font;
  }
}

}  // namespace kv::scene
