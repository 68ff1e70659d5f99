// Formulas laid out properly, from a small part of TeX: fractions, scripts, roots, sums with
// limits, matrices, growing brackets, Greek letters. A value; no state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "viz/scene/scene.h"

namespace kv::scene {

// Primitives around the origin: x from 0 to width, y from -ascent (top) to descent, the baseline
// at 0.
struct FormulaLayout {
  std::vector<Primitive> items = {};
  float width = 0, ascent = 0, descent = 0;

  float height() const { return ascent + descent; }
};

// `font` is that of the formula's own letters; scripts take a smaller one. \q{} \k{} \v{} take the
// colours of query, key and value, all else `ink`. A source with mistakes is laid out as plain
// text.
FormulaLayout lay_out_formula(std::string_view source, Font font, Color ink, const Palette& colors,
                              const FontMetrics& metrics);

// The same where there is that much room: in the largest font no larger than `font` in which it
// fits, else in the smallest and in several lines, broken before relations and operators outside of
// all braces. A line that has none is wider than the room. At least one line.
std::vector<FormulaLayout> lay_out_formula_within(std::string_view source, Font font, Color ink,
                                                  const Palette& colors, const FontMetrics& metrics,
                                                  float room);

// What is wrong with a source, in words with the place in it; nothing where it is fine.
std::optional<std::string> formula_mistake(std::string_view source);

// The formula as one line of plain text, without spaces: (n+1)/2, t², x_i; the source where it has
// mistakes. It has every sign that the formula is drawn with.
std::string formula_line(std::string_view source);

// A primitive somewhere else; what a layout is put in its place with.
Primitive moved(Primitive item, Vec2 by);

}  // namespace kv::scene
