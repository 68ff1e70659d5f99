// What a laid out formula consists of, for whoever looks at where its parts stand.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "viz/scene/formula.h"
#include "viz/scene/type_scale.h"

namespace kv::test::formula {

using namespace kv::scene;

inline const FontMetrics metrics = plain_metrics();
inline const Palette& colors = palette(Theme::dark, false);

inline FormulaLayout lay(std::string_view source, Font font = Font::body) {
  return lay_out_formula(source, font, colors.text, colors, metrics);
}

inline std::vector<Text> texts(const FormulaLayout& layout) {
  std::vector<Text> found;
  for (const Primitive& item : layout.items)
    if (const auto* text = std::get_if<Text>(&item)) found.push_back(*text);
  return found;
}
template <class Shape>
std::vector<Shape> shapes(const FormulaLayout& layout) {
  std::vector<Shape> found;
  for (const Primitive& item : layout.items)
    if (const auto* shape = std::get_if<Shape>(&item)) found.push_back(*shape);
  return found;
}

// The first text of that content; a failure and an empty one where there is none.
inline Text text_of(const FormulaLayout& layout, std::string_view content) {
  for (const Text& text : texts(layout))
    if (text.text == content) return text;
  ADD_FAILURE() << "no " << content;
  return {};
}
inline Rect rect_of(const Text& text) {
  return {text.at.x, text.at.y, metrics.width(text.text, text.font), info_of(text.font).size};
}
inline float baseline_of(const Text& text) { return text.at.y + ascent_of(text.font); }
inline float size_of(const Text& text) { return info_of(text.font).size; }

inline Rect bounds_of(const Primitive& item) {
  if (const auto* text = std::get_if<Text>(&item)) return rect_of(*text);
  if (const auto* box = std::get_if<Box>(&item)) return box->rect;
  const auto& points = std::get<Path>(item).points;
  const auto [left, right] = std::ranges::minmax(points, {}, &Vec2::x);
  const auto [top, bottom] = std::ranges::minmax(points, {}, &Vec2::y);
  return {left.x, top.y, right.x - left.x, bottom.y - top.y};
}

}  // namespace kv::test::formula
