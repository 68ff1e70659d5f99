#include "viz/scene/formula_parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "viz/scene/formula_scan.h"
#include "viz/scene/formula_symbols.h"
#include "viz/scene/utf8_text.h"

namespace kv::scene {
namespace {

using Kind = FormulaNode::Kind;
using Align = FormulaNode::Align;

// More than these is a mistake, not a formula.
constexpr int deepest = 40;              // braces within braces
constexpr std::size_t most_cells = 400;  // of all tables, those filled up to the widest row too
constexpr std::string_view prime = "\u2032";

// Sizes are found by \left and \right alone, and there is one style.
constexpr std::array<std::string_view, 12> ignored_commands = {
    "big",  "Big",  "bigg",  "Bigg",  "bigl",         "bigr",
    "Bigl", "Bigr", "biggl", "biggr", "displaystyle", "textstyle"};

struct Environment {
  std::string_view name;
  std::string_view left, right;
  Align align;
};
constexpr std::array<Environment, 6> environments = {{{"matrix", "", "", Align::center},
                                                      {"pmatrix", "(", ")", Align::center},
                                                      {"bmatrix", "[", "]", Align::center},
                                                      {"vmatrix", "|", "|", Align::center},
                                                      {"cases", "{", "", Align::left},
                                                      {"aligned", "", "", Align::alternate}}};

FormulaNode empty_row() { return {}; }
bool is_empty(const FormulaNode& node) { return node.kind == Kind::row && node.children.empty(); }

FormulaNode symbol(std::string text) { return {.kind = Kind::symbol, .text = std::move(text)}; }

using Rows = std::vector<std::vector<FormulaNode>>;

std::size_t widest(const Rows& rows) {
  std::size_t columns = 0;
  for (const auto& cells : rows) columns = std::max(columns, cells.size());
  return columns;
}

FormulaNode table_of(Rows rows, Align align) {
  const std::size_t columns = widest(rows);
  FormulaNode node{.kind = Kind::table, .columns = static_cast<int>(columns), .align = align};
  for (auto& cells : rows) {
    cells.resize(columns);
    std::ranges::move(cells, std::back_inserter(node.children));
  }
  return node;
}

// Each function reads what its name says and stands behind it; after a mistake all end at once.
class Parser {
 public:
  explicit Parser(std::string_view source) : in_(source) {}

  core::Result<FormulaNode> read() {
    FormulaNode all = row();
    if (!in_.at_end()) in_.fail(in_.stray(), in_.at());
    if (in_.mistake()) return core::Error{core::ErrorKind::input, *in_.mistake()};
    return all;
  }

 private:
  FormulaNode failed(std::string_view what, std::size_t where) {
    in_.fail(what, where);
    return empty_row();
  }

  FormulaNode row(char stop = '\0') {
    FormulaNode result = empty_row();
    if (++depth_ > deepest) in_.fail("too many braces within braces", in_.at());
    for (in_.skip_blanks(); !in_.at_row_end(stop); in_.skip_blanks()) {
      FormulaNode item = scripted();
      if (!is_empty(item)) result.children.push_back(std::move(item));
    }
    --depth_;
    return result;
  }

  bool at_script() const { return in_.sees('^') || in_.sees('_') || in_.sees('\''); }

  FormulaNode scripted() {
    FormulaNode base = at_script() ? empty_row() : atom();
    FormulaNode scripts{.kind = Kind::scripts,
                        .role = base.role,
                        .children = {empty_row(), empty_row(), empty_row()}};
    in_.skip_blanks();
    if (in_.command_ahead() == "limits") in_.skip(std::string_view("\\limits").size());
    for (in_.skip_blanks(); at_script(); in_.skip_blanks()) script(scripts);
    if (is_empty(scripts.children[1]) && is_empty(scripts.children[2])) return base;
    scripts.children[0] = std::move(base);
    return scripts;
  }

  void script(FormulaNode& scripts) {
    const std::size_t begin = in_.at();
    const std::string mark(in_.take(1));
    auto& place = scripts.children[mark == "_" ? 1 : 2].children;
    if (mark == "'")
      place.push_back(symbol(std::string(prime)));
    else if (std::ranges::any_of(place, [](const FormulaNode& n) { return n.text != prime; }))
      in_.fail("a second " + mark, begin);
    else
      place.push_back(argument(mark, begin));
  }

  FormulaNode atom() {
    if (in_.sees('{')) return group();
    if (in_.sees('\\')) return command();
    if (std::string number = in_.take_number(); !number.empty()) return symbol(std::move(number));
    std::string_view text = in_.rest();
    const std::string_view character = take_character(text);
    in_.skip(character.size());
    return formula_character(character);
  }

  FormulaNode group() {
    const std::size_t begin = in_.at();
    in_.skip(1);
    FormulaNode inside = row();
    if (!in_.sees('}')) return failed("{ without }", begin);
    in_.skip(1);
    // Braces around nothing still hold a place: {}^T.
    if (is_empty(inside)) inside.children.push_back(symbol(""));
    return inside;
  }

  // What a command or a script takes: a group, or one sign.
  FormulaNode argument(std::string_view of, std::size_t where) {
    in_.skip_blanks();
    if (in_.at_row_end('\0') || at_script())
      return failed(fmt::format("nothing for {}", of), where);
    if (++depth_ > deepest) in_.fail("too many braces within braces", in_.at());
    // One digit alone, as TeX takes it.
    FormulaNode node = in_.at_end()       ? empty_row()
                       : in_.sees_digit() ? symbol(std::string(in_.take(1)))
                                          : atom();
    --depth_;
    return node;
  }

  FormulaNode command() {
    const std::size_t begin = in_.at();
    const std::string_view name = in_.command_ahead();
    const std::string shown = fmt::format("\\{}", name);
    in_.skip(shown.size());
    if (name == "text" || name == "mathrm") return words(shown, begin);
    if (name == "textbf" || name == "mathbf")
      return words(shown, begin, FormulaRole::ordinary, true);
    if (name == "operatorname") return words(shown, begin, FormulaRole::operation);
    if (name == "frac" || name == "dfrac" || name == "tfrac") {
      FormulaNode above = argument(shown, begin);
      FormulaNode below = argument(shown, begin);
      return {.kind = Kind::fraction, .children = {std::move(above), std::move(below)}};
    }
    if (name == "q" || name == "k" || name == "v")
      return {
          .kind = Kind::colored, .text = std::string(name), .children = {argument(shown, begin)}};
    if (name == "sqrt") return root(begin);
    if (name == "left") return fence(begin);
    if (name == "begin") return table(begin);
    if (std::ranges::find(ignored_commands, name) != ignored_commands.end()) return empty_row();
    if (auto sign = formula_symbol(name)) return *std::move(sign);
    return failed(fmt::format("unknown command {}", shown), begin);
  }

  FormulaNode words(std::string_view shown, std::size_t begin,
                    FormulaRole role = FormulaRole::ordinary, bool bold = false) {
    auto text = in_.take_raw_braces();
    if (!text) return failed(fmt::format("{} without {{...}}", shown), begin);
    return {.kind = Kind::symbol, .role = role, .text = *std::move(text), .bold = bold};
  }

  FormulaNode root(std::size_t begin) {
    FormulaNode index = empty_row();
    in_.skip_blanks();
    if (in_.sees('[')) {
      const std::size_t bracket = in_.at();
      in_.skip(1);
      index = row(']');
      if (!in_.sees(']')) return failed("[ without ]", bracket);
      in_.skip(1);
    }
    FormulaNode inside = argument("\\sqrt", begin);
    return {.kind = Kind::root, .children = {std::move(inside), std::move(index)}};
  }

  FormulaNode fence(std::size_t begin) {
    FormulaNode node{.kind = Kind::fence, .text = in_.take_bracket("\\left", begin)};
    node.children.push_back(row());
    if (in_.command_ahead() != "right") return failed("\\left without \\right", begin);
    const std::size_t right = in_.at();
    in_.skip(std::string_view("\\right").size());
    node.right = in_.take_bracket("\\right", right);
    return node;
  }

  Rows table_rows() {
    Rows rows(1);
    while (true) {
      rows.back().push_back(row());
      if (in_.sees('&')) {
        in_.skip(1);
      } else if (in_.command_ahead() == "\\") {
        in_.skip(2);
        rows.emplace_back();
      } else {
        break;
      }
    }
    // A last \\ begins no row.
    if (rows.size() > 1 && rows.back().size() == 1 && is_empty(rows.back()[0])) rows.pop_back();
    return rows;
  }

  FormulaNode table(std::size_t begin) {
    const std::string name = in_.take_raw_braces().value_or("");
    const auto* const found = std::ranges::find(environments, name, &Environment::name);
    if (found == environments.end())
      return failed(fmt::format("unknown \\begin{{{}}}", name), begin);
    Rows rows = table_rows();
    cells_ += rows.size() * widest(rows);
    if (cells_ > most_cells) return failed("too many cells in tables", begin);
    FormulaNode cells = table_of(std::move(rows), found->align);
    const std::size_t end = in_.at();
    if (in_.command_ahead() != "end")
      return failed(fmt::format("\\begin{{{}}} without \\end", name), begin);
    in_.skip(std::string_view("\\end").size());
    if (in_.take_raw_braces().value_or("") != name)
      return failed(fmt::format("\\end does not close \\begin{{{}}}", name), end);
    if (found->left.empty() && found->right.empty()) return cells;
    return {.kind = Kind::fence,
            .text = std::string(found->left),
            .right = std::string(found->right),
            .children = {std::move(cells)}};
  }

  FormulaScanner in_;
  int depth_ = 0;
  std::size_t cells_ = 0;
};

}  // namespace

core::Result<FormulaNode> parse_formula(std::string_view source) { return Parser(source).read(); }

}  // namespace kv::scene
