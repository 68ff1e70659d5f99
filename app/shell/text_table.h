// Aligned tables for a terminal:
//
//                | WITHOUT CACHE |  WITH CACHE
//     step token |     this step |   this step
//     -----------+---------------+------------
//        0 the   |   47.6 MFLOP  |  1.92 MFLOP
//
// Widths are counted in terminal cells: East Asian wide characters and emoji take two, combining
// marks none.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kv::app {

enum class Align { left, right };

struct TextColumn {
  std::string title;
  Align align = Align::left;
  // Neighbours with the same group stand under its name; a bar divides groups.
  std::string group = {};
  // Longer cells are cut and end in an ellipsis.
  std::size_t limit = 40;
};

struct TextTable {
  std::vector<TextColumn> columns = {};
  // Cells in the order of the columns; an empty row is a rule, a short one leaves the rest blank.
  std::vector<std::vector<std::string>> rows = {};
};

// Lines without trailing spaces, each with its newline.
std::string to_text(const TextTable& table);

// Terminal cells `text` takes. Control characters and bytes that are no UTF-8 count as
// printable_text() shows them.
std::size_t cell_width(std::string_view text);

// `text` made fit for one line of a terminal: control characters escaped as in C, so that a model's
// token can neither break a table nor send the terminal commands; U+FFFD for invalid bytes.
std::string printable_text(std::string_view text);

// printable_text(), cut to at most `cells` with an ellipsis as its last cell.
std::string cut_text(std::string_view text, std::size_t cells);

}  // namespace kv::app
