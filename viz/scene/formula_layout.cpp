#include "viz/scene/formula_layout.h"

#include <algorithm>
#include <string>
#include <vector>

#include "viz/scene/formula_shapes.h"
#include "viz/scene/type_scale.h"

namespace kv::scene {
namespace {

using Kind = FormulaNode::Kind;

FormulaPen pen_of(const FormulaStyle& style) { return {style.ink, style.size()}; }

FormulaStyle in_script(FormulaStyle style) {
  style.font = smaller_font(style.font);
  style.script = style.compact = true;
  return style;
}

FormulaLayout lay_out_text(const std::string& text, Font font, const FormulaStyle& style) {
  FormulaLayout layout{.width = style.metrics.width(text, font),
                       .ascent = ascent_of(font),
                       .descent = descent_of(font)};
  if (!text.empty()) layout.items.push_back(Text{{0, -layout.ascent}, text, font, style.ink});
  return layout;
}

// A sum's sign: larger, its middle where a minus sign has it.
FormulaLayout lay_out_sum(const std::string& sign, const FormulaStyle& style) {
  const Font font = larger_font(style.font);
  const FormulaLayout glyph = lay_out_text(sign, font, style);
  const float middle = (sum_top_share - sum_bottom_share) / 2 * info_of(font).size;
  FormulaLayout layout;
  place_piece(layout, glyph, {0, middle - axis_share * style.size()});
  return layout;
}

FormulaLayout lay_out_symbol(const FormulaNode& node, const FormulaStyle& style) {
  if (node.big) return lay_out_sum(node.text, style);
  return lay_out_text(node.text, node.bold ? bold_twin(style.font) : style.font, style);
}

FormulaLayout lay_out_fraction(const FormulaNode& node, FormulaStyle style) {
  const float size = style.size(), bar = pen_of(style).thickness();
  const float axis = axis_share * size, margin = 0.1F * size, air = 0.04F * size;
  const Color ink = style.ink;
  if (style.compact) style.font = smaller_font(style.font);
  style.compact = true;
  const FormulaLayout above = lay_out_node(node.children[0], style);
  const FormulaLayout below = lay_out_node(node.children[1], style);
  const float inner = std::max(above.width, below.width) + 0.24F * size;
  const float middle = margin + inner / 2;
  FormulaLayout layout;
  place_piece(layout, above, {middle - above.width / 2, -axis - bar / 2 - air - above.descent});
  place_piece(layout, below, {middle - below.width / 2, -axis + bar / 2 + air + below.ascent});
  layout.items.push_back(Box{.rect = {margin, -axis - bar / 2, inner, bar}, .fill = ink});
  layout.width = inner + 2 * margin;
  return layout;
}

FormulaLayout lay_out_root(const FormulaNode& node, const FormulaStyle& style) {
  FormulaLayout index;
  if (!node.children[1].children.empty()) {
    FormulaStyle small = in_script(in_script(style));
    index = lay_out_node(node.children[1], small);
  }
  return root_shape(lay_out_node(node.children[0], style), index, pen_of(style));
}

FormulaLayout lay_out_limits(const FormulaNode& node, const FormulaStyle& style) {
  const FormulaNode& sign = formula_core(node.children[0]);
  const FormulaLayout base = lay_out_node(node.children[0], style);
  const FormulaLayout below = lay_out_node(node.children[1], in_script(style));
  const FormulaLayout above = lay_out_node(node.children[2], in_script(style));
  // Where the sign's ink ends; its line's ends are further off.
  float top = 0.74F * style.size(), bottom = 0.06F * style.size();
  if (sign.big) {
    const float half =
        (sum_top_share + sum_bottom_share) / 2 * info_of(larger_font(style.font)).size;
    top = half + axis_share * style.size(), bottom = half - axis_share * style.size();
  }
  FormulaLayout layout;
  const float width = std::max({base.width, below.width, above.width});
  place_piece(layout, base, {(width - base.width) / 2, 0});
  if (!below.items.empty())
    place_piece(layout, below, {(width - below.width) / 2, bottom + below.ascent});
  if (!above.items.empty())
    place_piece(layout, above,
                {(width - above.width) / 2, -top - 0.1F * style.size() - above.descent});
  layout.width = width;
  return layout;
}

FormulaLayout lay_out_scripts(const FormulaNode& node, const FormulaStyle& style) {
  if (formula_core(node.children[0]).limits) return lay_out_limits(node, style);
  const float size = style.size();
  const FormulaStyle small = in_script(style);
  const FormulaLayout base = lay_out_node(node.children[0], style);
  const FormulaLayout below = lay_out_node(node.children[1], small);
  const FormulaLayout above = lay_out_node(node.children[2], small);
  // As far from the baseline as for a letter, further where either side is taller than one.
  float up = std::max({0.36F * size, base.ascent - 0.55F * small.size(),
                       0.36F * size + above.descent - descent_of(small.font)});
  float down = std::max({0.2F * size, base.descent - 0.02F * size,
                         0.2F * size + below.ascent - ascent_of(small.font)});
  if (!below.items.empty() && !above.items.empty()) {
    // Their lines may touch by what is free above capitals.
    const float lacking = above.descent + below.ascent - 0.1F * small.size() - (up + down);
    if (lacking > 0) up += lacking / 2, down += lacking / 2;
  }
  FormulaLayout layout;
  place_piece(layout, base, {0, 0});
  const float x = base.width + 0.03F * size;
  if (!below.items.empty()) place_piece(layout, below, {x, down});
  if (!above.items.empty()) place_piece(layout, above, {x, -up});
  layout.width += 0.04F * size;
  return layout;
}

FormulaLayout lay_out_fence(const FormulaNode& node, const FormulaStyle& style) {
  const FormulaLayout inside = lay_out_node(node.children[0], style);
  const float axis = axis_share * style.size();
  const float half = std::max(inside.ascent - axis, inside.descent + axis);
  const bool is_tall = inside.height() > 1.3F * style.size();
  const auto bracket = [&](const std::string& sign) {
    if (sign.empty()) return FormulaLayout{};
    if (!is_tall) return lay_out_text(sign, style.font, style);
    return bracket_shape(sign, half + axis, half - axis, pen_of(style));
  };
  FormulaLayout layout;
  for (const FormulaLayout& piece : {bracket(node.text), inside, bracket(node.right)})
    place_piece(layout, piece, {layout.width, 0});
  return layout;
}

FormulaLayout lay_out_table(const FormulaNode& node, FormulaStyle style) {
  style.compact = true;
  const std::size_t columns = std::max<std::size_t>(1, static_cast<std::size_t>(node.columns));
  const std::size_t rows = node.children.size() / columns;
  std::vector<FormulaLayout> cells;
  std::vector<float> widths(columns), ascents(rows, ascent_of(style.font)),
      descents(rows, descent_of(style.font));
  for (std::size_t i = 0; i < rows * columns; ++i) {
    cells.push_back(lay_out_node(node.children[i], style));
    widths[i % columns] = std::max(widths[i % columns], cells[i].width);
    ascents[i / columns] = std::max(ascents[i / columns], cells[i].ascent);
    descents[i / columns] = std::max(descents[i / columns], cells[i].descent);
  }
  const bool alternate = node.align == FormulaNode::Align::alternate;
  const float row_gap = 0.22F * style.size();
  float height = -row_gap;
  for (std::size_t r = 0; r < rows; ++r) height += ascents[r] + descents[r] + row_gap;
  FormulaLayout layout;
  float y = -axis_share * style.size() - height / 2;
  for (std::size_t r = 0; r < rows; ++r) {
    y += ascents[r];
    float x = 0;
    for (std::size_t c = 0; c < columns; ++c) {
      const FormulaLayout& cell = cells[r * columns + c];
      const float free = widths[c] - cell.width;
      const float share = alternate                                ? (c % 2 == 0 ? 1 : 0)
                          : node.align == FormulaNode::Align::left ? 0
                                                                   : 0.5F;
      place_piece(layout, cell, {x + free * share, y});
      // Aligned halves of an equation stand as close as if they were one.
      x += widths[c] + (alternate && c % 2 == 0 ? 0.25F : 0.8F) * style.size();
    }
    y += descents[r] + row_gap;
  }
  return layout;
}

FormulaLayout lay_out_colored(const FormulaNode& node, FormulaStyle style) {
  style.ink = node.text == "q"   ? style.colors.query
              : node.text == "k" ? style.colors.key
                                 : style.colors.value;
  return lay_out_node(node.children[0], style);
}

}  // namespace

FormulaLayout lay_out_node(const FormulaNode& node, const FormulaStyle& style) {
  switch (node.kind) {
    case Kind::symbol:
      return lay_out_symbol(node, style);
    case Kind::space:
      return {.width = node.width * style.size()};
    case Kind::row:
      return lay_out_row(node.children, style);
    case Kind::fraction:
      return lay_out_fraction(node, style);
    case Kind::root:
      return lay_out_root(node, style);
    case Kind::scripts:
      return lay_out_scripts(node, style);
    case Kind::fence:
      return lay_out_fence(node, style);
    case Kind::table:
      return lay_out_table(node, style);
    case Kind::colored:
      return lay_out_colored(node, style);
  }
  return {};
}

}  // namespace kv::scene
