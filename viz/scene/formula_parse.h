// A formula's source read into a tree: a small part of TeX. Knows nothing of sizes and places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace kv::scene {

// What a sign is in its row; decides the air around it.
enum class FormulaRole {
  ordinary,
  operation,  // a name (softmax), a sum
  binary,
  relation,
  opening,
  closing,
  punctuation,
  space,
};

struct FormulaNode {
  enum class Kind {
    symbol,    // text
    space,     // of the given width
    row,       // children side by side
    fraction,  // children: above, below the bar
    root,      // children: what is below the root, its index (an empty row where there is none)
    scripts,   // children: what they belong to, below, above (empty rows where there are none)
    fence,     // children: what is between `text` and `right`, which grow with it
    table,     // children: cells, row by row
    colored,   // children: what takes the colour of `text` (q, k, v)
  };
  enum class Align { center, left, alternate };  // columns; alternate: right, left, right ...

  Kind kind = Kind::row;
  FormulaRole role = FormulaRole::ordinary;
  std::string text = {};
  std::string right = {};  // fence: "" is none, as in `text`
  std::vector<FormulaNode> children = {};
  float width = 0;  // space: in line heights
  int columns = 0;  // table
  Align align = Align::center;
  bool bold = false;    // symbol
  bool big = false;     // symbol: a sum's
  bool limits = false;  // symbol: scripts stand above and below
};

// A row of all; or what is wrong, with the place ("... at character 12", from 1).
core::Result<FormulaNode> parse_formula(std::string_view source);

}  // namespace kv::scene
