// Nodes side by side: how much air there is between them, and where a line may end.
#include <algorithm>
#include <iterator>

#include "viz/scene/formula_layout.h"
#include "viz/scene/formula_shapes.h"

namespace kv::scene {
namespace {

using Kind = FormulaNode::Kind;
using Role = FormulaRole;

// In line heights.
constexpr float thin = 0.15F, medium = 0.2F, thick = 0.27F;

Role role_of(const FormulaNode& node) {
  if (node.kind != Kind::colored) return node.role;
  const FormulaNode& core = formula_core(node);
  return core.kind == Kind::symbol ? core.role : Role::ordinary;
}

// An operator with nothing to stand between is a sign: the minus of -x.
bool stands_before_a_term(Role role) {
  return role == Role::binary || role == Role::relation || role == Role::opening ||
         role == Role::punctuation || role == Role::operation;
}
bool ends_a_term(Role role) {
  return role == Role::relation || role == Role::closing || role == Role::punctuation;
}

std::vector<Role> roles_of(std::span<const FormulaNode> nodes) {
  std::vector<Role> roles;
  for (const FormulaNode& node : nodes) roles.push_back(role_of(node));
  const auto is_space = [](Role role) { return role == Role::space; };
  for (auto role = roles.begin(); role != roles.end(); ++role) {
    if (*role != Role::binary) continue;
    const auto before = std::find_if_not(std::reverse_iterator(role), roles.rend(), is_space);
    const auto after = std::find_if_not(role + 1, roles.end(), is_space);
    if (before == roles.rend() || stands_before_a_term(*before) || after == roles.end() ||
        ends_a_term(*after))
      *role = Role::ordinary;
  }
  return roles;
}

// As TeX has it.
float air_between(Role left, Role right, bool script) {
  const auto either = [&](Role role) { return left == role || right == role; };
  if (left == Role::opening || right == Role::closing || right == Role::punctuation) return 0;
  const bool by_operation =
      (left == Role::operation && right != Role::opening) || right == Role::operation;
  if (!script && left != right && either(Role::relation)) return thick;
  if (!script && either(Role::binary)) return medium;
  if (!script && left == Role::punctuation) return thin;
  return by_operation && !either(Role::relation) && !either(Role::binary) ? thin : 0;
}

}  // namespace

FormulaLayout lay_out_row(std::span<const FormulaNode> nodes, const FormulaStyle& style) {
  const std::vector<Role> roles = roles_of(nodes);
  FormulaLayout layout;
  float x = 0;
  Role before = Role::opening;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (roles[i] != Role::space) {
      x += air_between(before, roles[i], style.script) * style.size();
      before = roles[i];
    }
    const FormulaLayout piece = lay_out_node(nodes[i], style);
    x = std::max(0.0F, x);  // a negative space may not lead out of the row
    place_piece(layout, piece, {x, 0});
    x += piece.width;
  }
  layout.width = std::max(layout.width, x);
  return layout;
}

std::vector<std::size_t> row_breaks(std::span<const FormulaNode> nodes) {
  const std::vector<Role> roles = roles_of(nodes);
  std::vector<std::size_t> breaks;
  int open = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (roles[i] == Role::opening) ++open;
    if (roles[i] == Role::closing) open = std::max(0, open - 1);
    const bool may = roles[i] == Role::relation || roles[i] == Role::binary;
    if (i > 0 && may && open == 0) breaks.push_back(i);
  }
  return breaks;
}

}  // namespace kv::scene
