#include "viz/scene/formula.h"

#include <algorithm>
#include <cctype>
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

void add_line(const FormulaNode& node, std::string& line);

// In brackets where it would not hold together without them.
std::string group_of(const FormulaNode& node) {
  std::string group;
  add_line(node, group);
  const auto holds = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; };
  const bool one_sign = std::ranges::count_if(group, starts) <= 1;
  return one_sign || std::ranges::all_of(group, holds) ? group : "(" + group + ")";
}

std::string power_of(const FormulaNode& above) {
  const std::string group = group_of(above);
  if (group == "2") return "\u00B2";
  if (group == "3") return "\u00B3";
  return group.empty() ? group : "^" + group;
}

void add_line(const FormulaNode& node, std::string& line) {
  if (node.kind == FormulaNode::Kind::fraction) {
    line += group_of(node.children[0]) + "/" + group_of(node.children[1]);
    return;
  }
  if (node.kind == FormulaNode::Kind::scripts) {
    add_line(node.children[0], line);
    const std::string below = group_of(node.children[1]);
    line += (below.empty() ? "" : "_" + below) + power_of(node.children[2]);
    return;
  }
  if (node.kind != FormulaNode::Kind::colored) line += node.text;
  if (node.kind == FormulaNode::Kind::root)
    line += "\u221A" + group_of(node.children[0]);
  else
    for (const FormulaNode& child : node.children) add_line(child, line);
  line += node.right;
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

std::string formula_line(std::string_view source) {
  const auto tree = parse_formula(source);
  if (!tree) return std::string(source);
  std::string line;
  for (const FormulaNode& node : tree->children) add_line(node, line);
  return line;
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
