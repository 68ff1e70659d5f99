#include "viz/scene/formula_shapes.h"

#include <cmath>
#include <numbers>
#include <utility>

namespace kv::scene {
namespace {

// Points of an opening bracket in shares: x from its back (0) to its tips (1), y from the top.
struct Outline {
  std::vector<Vec2> points;
  float width = 0.3F;  // in line heights
};

Outline round_outline() {
  Outline outline;
  constexpr int steps = 16;
  for (int i = 0; i <= steps; ++i) {
    const float t = static_cast<float>(i) / steps;
    outline.points.push_back({1 - std::sin(std::numbers::pi_v<float> * t), t});
  }
  return outline;
}

Outline outline_of(std::string_view opening) {
  if (opening == "[") return {{{1, 0}, {0, 0}, {0, 1}, {1, 1}}, 0.24F};
  if (opening == "\u230A") return {{{0, 0}, {0, 1}, {1, 1}}, 0.24F};
  if (opening == "\u2308") return {{{1, 1e-6F}, {1, 0}, {0, 0}, {0, 1}}, 0.24F};
  if (opening == "|") return {{{0.5F, 0}, {0.5F, 1}}, 0.16F};
  if (opening == "\u27E8") return {{{1, 0}, {0, 0.5F}, {1, 1}}, 0.26F};
  if (opening == "{")
    return {{{1, 0},
             {0.66F, 0.03F},
             {0.5F, 0.11F},
             {0.5F, 0.4F},
             {0.38F, 0.47F},
             {0, 0.5F},
             {0.38F, 0.53F},
             {0.5F, 0.6F},
             {0.5F, 0.89F},
             {0.66F, 0.97F},
             {1, 1}},
            0.4F};
  return round_outline();
}

// The opening bracket that a closing one is the mirror image of.
std::optional<std::string_view> mirrored(std::string_view bracket) {
  if (bracket == ")") return "(";
  if (bracket == "]") return "[";
  if (bracket == "}") return "{";
  if (bracket == "\u27E9") return "\u27E8";
  if (bracket == "\u230B") return "\u230A";
  if (bracket == "\u2309") return "\u2308";
  return {};
}

}  // namespace

FormulaLayout bracket_shape(std::string_view bracket, float ascent, float descent,
                            const FormulaPen& pen) {
  const auto opening = mirrored(bracket);
  Outline outline = outline_of(opening.value_or(bracket));
  const float line = pen.thickness(), margin = 0.06F * pen.size;
  const float width = outline.width * pen.size, height = ascent + descent;
  for (Vec2& p : outline.points) {
    const float x = opening ? 1 - p.x : p.x;
    p = {margin + line / 2 + x * (width - line), -ascent + line / 2 + p.y * (height - line)};
  }
  FormulaLayout layout{.width = width + 2 * margin, .ascent = ascent, .descent = descent};
  layout.items.push_back(
      Path{.points = std::move(outline.points), .color = pen.ink, .width = line});
  return layout;
}

FormulaLayout root_shape(FormulaLayout inside, const FormulaLayout& index, const FormulaPen& pen) {
  const float s = pen.size, line = pen.thickness();
  const float left = std::max(0.0F, index.width - 0.22F * s);  // where the hook begins
  const float foot = inside.descent - line / 2, roof = -inside.ascent - line / 2;
  const float start = left + 0.62F * s, end = start + inside.width + 0.1F * s;
  FormulaLayout layout;
  place_piece(layout, inside, {start, 0});
  // The hook: a short stroke up, a strong one down, then up to the roof.
  const float hook = std::min(-0.28F * s, mix(foot, roof, 0.45F));
  layout.items.push_back(Path{.points = {{left + line, hook + 0.06F * s},
                                         {left + 0.18F * s, hook},
                                         {left + 0.34F * s, foot},
                                         {left + 0.54F * s, roof},
                                         {end - line / 2, roof}},
                              .color = pen.ink,
                              .width = line});
  layout.width = end + 0.04F * s;
  layout.ascent = std::max(layout.ascent, inside.ascent + line);
  if (!index.items.empty())
    place_piece(layout, index,
                {std::max(0.0F, left + 0.22F * s - index.width), hook - 0.08F * s - index.descent});
  return layout;
}

void place_piece(FormulaLayout& layout, const FormulaLayout& piece, Vec2 at) {
  for (const Primitive& item : piece.items) layout.items.push_back(moved(item, at));
  layout.width = std::max(layout.width, at.x + piece.width);
  layout.ascent = std::max(layout.ascent, piece.ascent - at.y);
  layout.descent = std::max(layout.descent, piece.descent + at.y);
}

}  // namespace kv::scene
