#include "viz/scene/formula_symbols.h"

#include <algorithm>
#include <array>
#include <utility>

#include "viz/scene/utf8_text.h"

namespace kv::scene {
namespace {

using Role = FormulaRole;

// Words parted by single spaces: a command and its sign by turns.
constexpr std::string_view ordinary =
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι "
    "kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ "
    "omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω "
    "infty ∞ partial ∂ nabla ∇ ell ℓ prime ′ forall ∀ exists ∃ emptyset ∅ top ⊤ bot ⊥ "
    "dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ % % # # _ _ & & $ $ | ‖ vert | Vert ‖ checkmark ✓";
constexpr std::string_view binary =
    "cdot · times × div ÷ pm ± mp ∓ ast ∗ circ ∘ odot ⊙ oplus ⊕ otimes ⊗ cup ∪ cap ∩ wedge ∧ "
    "vee ∨ land ∧ lor ∨ setminus ∖";
constexpr std::string_view relation =
    "le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ lt < gt > ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ equiv ≡ "
    "propto ∝ to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ "
    "implies ⇒ iff ⇔ mapsto ↦ mid ∣ in ∈ notin ∉ subset ⊂ subseteq ⊆ uparrow ↑ downarrow ↓";
constexpr std::string_view opening = "{ { lbrace { lbrack [ langle ⟨ lfloor ⌊ lceil ⌈";
constexpr std::string_view closing = "} } rbrace } rbrack ] rangle ⟩ rfloor ⌋ rceil ⌉";
constexpr std::string_view sums = "sum ∑ prod ∏ int ∫ bigcup ⋃ bigcap ⋂";
constexpr std::string_view names =
    "softmax softmax exp exp log log ln ln sin sin cos cos tan tan tanh tanh det det dim dim "
    "Pr Pr";
constexpr std::string_view limit_names =
    "max max min min argmax argmax argmin argmin lim lim sup sup inf inf";
constexpr std::string_view brackets =
    "( ( ) ) [ [ ] ] | | vert | { { } } lbrace { rbrace } lbrack [ rbrack ] langle ⟨ rangle ⟩ "
    "lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉";
// Of numbers as the program prints them.
constexpr std::string_view units =
    "B B kB kB KB KB MB MB GB GB TB TB PB PB KiB KiB MiB MiB GiB GiB TiB TiB FLOP FLOP "
    "FLOPs FLOPs kFLOP kFLOP MFLOP MFLOP GFLOP GFLOP TFLOP TFLOP PFLOP PFLOP EFLOP EFLOP "
    "ZFLOP ZFLOP s s ms ms ns ns µs µs μs μs";

struct SpaceWidth {
  std::string_view name;
  float width;  // in letters' sizes
};
constexpr std::array<SpaceWidth, 8> spaces = {{{",", 0.167F},
                                               {":", 0.222F},
                                               {">", 0.222F},
                                               {";", 0.278F},
                                               {"!", -0.167F},
                                               {" ", 0.278F},
                                               {"quad", 1},
                                               {"qquad", 2}}};

std::string_view take_word(std::string_view& words) {
  const std::size_t end = std::min(words.find(' '), words.size());
  const std::string_view word = words.substr(0, end);
  words.remove_prefix(std::min(end + 1, words.size()));
  return word;
}

std::optional<std::string_view> find(std::string_view table, std::string_view name) {
  while (!table.empty()) {
    const std::string_view key = take_word(table), sign = take_word(table);
    if (key == name) return sign;
  }
  return {};
}

FormulaNode symbol(std::string_view text, Role role) {
  return {.kind = FormulaNode::Kind::symbol, .role = role, .text = std::string(text)};
}

bool is_one_of(std::string_view set, std::string_view character) {
  for (std::string_view rest = set; !rest.empty();)
    if (take_character(rest) == character) return true;
  return false;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::optional<FormulaNode> formula_symbol(std::string_view command) {
  constexpr std::array<std::pair<std::string_view, Role>, 6> tables = {{{ordinary, Role::ordinary},
                                                                        {binary, Role::binary},
                                                                        {relation, Role::relation},
                                                                        {opening, Role::opening},
                                                                        {closing, Role::closing},
                                                                        {names, Role::operation}}};
  for (const auto& [table, role] : tables)
    if (const auto sign = find(table, command)) return symbol(*sign, role);
  if (const auto name = find(limit_names, command)) {
    FormulaNode node = symbol(*name, Role::operation);
    node.limits = true;
    return node;
  }
  if (const auto sign = find(sums, command)) {
    FormulaNode node = symbol(*sign, Role::operation);
    node.big = true;
    node.limits = command != "int";
    return node;
  }
  for (const SpaceWidth& space : spaces)
    if (space.name == command)
      return FormulaNode{
          .kind = FormulaNode::Kind::space, .role = Role::space, .width = space.width};
  return {};
}

FormulaNode formula_character(std::string_view character) {
  if (character == "-") return symbol("\u2212", Role::binary);
  if (character == "*") return symbol("∗", Role::binary);
  if (character == "~")
    return {.kind = FormulaNode::Kind::space, .role = Role::space, .width = 0.278F};
  if (is_one_of("+\u2212×·÷±⊙", character)) return symbol(character, Role::binary);
  if (is_one_of("=<>:≤≥≈≠→←∼∝∈", character)) return symbol(character, Role::relation);
  if (is_one_of("([", character)) return symbol(character, Role::opening);
  if (is_one_of(")]", character)) return symbol(character, Role::closing);
  if (is_one_of(",;", character)) return symbol(character, Role::punctuation);
  return symbol(character, Role::ordinary);
}

std::optional<std::string_view> formula_bracket(std::string_view name) {
  if (name == ".") return std::string_view();
  return find(brackets, name);
}

std::size_t unit_length(std::string_view text) {
  const std::size_t begin = text.starts_with(' ') ? 1 : text.starts_with("\u00A0") ? 2 : 0;
  std::size_t end = begin;
  if (text.substr(end).starts_with("µ") || text.substr(end).starts_with("μ")) end += 2;
  while (end < text.size() && is_letter(text[end])) ++end;
  // One letter close to a number is a factor, not bytes or seconds.
  if (end == begin || (begin == 0 && end == 1)) return 0;
  return find(units, text.substr(begin, end - begin)) ? end : 0;
}

}  // namespace kv::scene
