// A formula's tree set in type: where each of its parts stands.
#pragma once

#include <span>
#include <vector>

#include "viz/scene/formula.h"
#include "viz/scene/formula_parse.h"

namespace kv::scene {

struct FormulaStyle {
  const FontMetrics& metrics;
  const Palette& colors;
  Font font = Font::body;
  Color ink;
  bool script = false;   // no air around operators
  bool compact = false;  // within a fraction, a matrix or a script: fractions take a smaller font

  float size() const { return info_of(font).size; }
};

FormulaLayout lay_out_node(const FormulaNode& node, const FormulaStyle& style);

// Nodes side by side on one baseline.
FormulaLayout lay_out_row(std::span<const FormulaNode> nodes, const FormulaStyle& style);

// Where a row may be broken: indices of the nodes that a new line may begin with.
std::vector<std::size_t> row_breaks(std::span<const FormulaNode> nodes);

// What colours and groups of one have inside of them.
inline const FormulaNode& formula_core(const FormulaNode& node) {
  const bool wraps = node.kind == FormulaNode::Kind::colored || node.kind == FormulaNode::Kind::row;
  return wraps && node.children.size() == 1 ? formula_core(node.children[0]) : node;
}

}  // namespace kv::scene
