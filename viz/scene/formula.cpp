#include "viz/scene/formula.h"

#include <algorithm>
#include <span>
#include <utility>

#include "viz/scene/formula_layout.h"
#include "viz/scene/formula_parse.h"
#include "viz/scene/type_scale.h"

namespace kv::scene {
namespace {

FormulaLayout lay_out_line(const std::string& text, const FormulaStyle& style) {
  FormulaLayout layout{.width = style.metrics.width(text, style.font),
                       .ascent = ascent_of(style.font),
                       .descent = descent_of(style.font)};
  layout.items.push_back(Text{{0, -layout.ascent}, text, style.font, style.ink});
  return layout;
}

// A line of its own letters at least, so that neighbours in a text keep their distance.
FormulaLayout lay_out_nodes(std::span<const FormulaNode> nodes, const FormulaStyle& style) {
  FormulaLayout layout = lay_out_row(nodes, style);
  layout.ascent = std::max(layout.ascent, ascent_of(style.font));
  layout.descent = std::max(layout.descent, descent_of(style.font));
  return layout;
}

std::vector<FormulaLayout> broken_text(std::string_view source, const FormulaStyle& style,
                                       float room) {
  std::vector<FormulaLayout> lines;
  for (const std::string& line : wrap_text(style.metrics, std::string(source), style.font, room))
    lines.push_back(lay_out_line(line, style));
  if (lines.empty()) lines.push_back(lay_out_line({}, style));
  return lines;
}

// As much as fits in each line.
std::vector<FormulaLayout> broken_row(std::span<const FormulaNode> nodes, const FormulaStyle& style,
                                      float room) {
  std::vector<std::size_t> ends = row_breaks(nodes);
  ends.push_back(nodes.size());
  std::vector<FormulaLayout> lines;
  std::size_t begin = 0;
  FormulaLayout line;
  std::size_t line_end = 0;
  for (const std::size_t end : ends) {
    FormulaLayout longer = lay_out_nodes(nodes.subspan(begin, end - begin), style);
    if (line_end > begin && longer.width > room) {
      lines.push_back(std::move(line));
      begin = line_end;
      longer = lay_out_nodes(nodes.subspan(begin, end - begin), style);
    }
    line = std::move(longer);
    line_end = end;
  }
  lines.push_back(std::move(line));
  return lines;
}

void add_signs(const FormulaNode& node, std::string& signs) {
  if (node.kind != FormulaNode::Kind::colored) signs += node.text;
  for (const FormulaNode& child : node.children) add_signs(child, signs);
  signs += node.right;
}

}  // namespace

FormulaLayout lay_out_formula(std::string_view source, Font font, Color ink, const Palette& colors,
                              const FontMetrics& metrics) {
  const FormulaStyle style{.metrics = metrics, .colors = colors, .font = font, .ink = ink};
  const auto tree = parse_formula(source);
  return tree ? lay_out_nodes(tree->children, style) : lay_out_line(std::string(source), style);
}

std::vector<FormulaLayout> lay_out_formula_within(std::string_view source, Font font, Color ink,
                                                  const Palette& colors, const FontMetrics& metrics,
                                                  float room) {
  FormulaStyle style{.metrics = metrics, .colors = colors, .font = font, .ink = ink};
  const auto tree = parse_formula(source);
  while (true) {
    FormulaLayout layout =
        tree ? lay_out_nodes(tree->children, style) : lay_out_line(std::string(source), style);
    if (layout.width <= room) return {std::move(layout)};
    const Font smaller = smaller_font(style.font);
    if (smaller == style.font) break;
    style.font = smaller;
  }
  return tree ? broken_row(tree->children, style, room) : broken_text(source, style, room);
}

std::optional<std::string> formula_mistake(std::string_view source) {
  const auto tree = parse_formula(source);
  if (tree) return {};
  return tree.error().message;
}

std::string formula_signs(std::string_view source) {
  const auto tree = parse_formula(source);
  if (!tree) return std::string(source);
  std::string signs;
  for (const FormulaNode& node : tree->children) add_signs(node, signs);
  return signs;
}

Primitive moved(Primitive item, Vec2 by) {
  struct Mover {
    Vec2 by;
    void operator()(Box& b) const { b.rect = b.rect.moved(by.x, by.y); }
    void operator()(Text& t) const { t.at = t.at + by; }
    void operator()(Path& p) const {
      for (Vec2& point : p.points) point = point + by;
    }
    void operator()(Map& m) const { m.rect = m.rect.moved(by.x, by.y); }
    void operator()(ClipBegin& c) const { c.rect = c.rect.moved(by.x, by.y); }
    void operator()(ClipEnd&) const {}
  };
  std::visit(Mover{by}, item);
  return item;
}

}  // namespace kv::scene
