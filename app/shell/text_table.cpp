#include "app/shell/text_table.h"

#include <utf8proc.h>

#include <algorithm>

#include "core/base/utf8.h"

namespace kv::app {
namespace {

constexpr std::string_view ellipsis = "\u2026";
constexpr std::string_view column_gap = "  ";
constexpr std::string_view group_gap = " | ";
constexpr std::string_view group_rule = "-+-";

// Cells of the valid character at the start of `text`, which is `length` bytes long.
std::size_t character_width(std::string_view text) {
  const auto code_point = static_cast<utf8proc_int32_t>(core::decode_utf8(text));
  return static_cast<std::size_t>(std::max(0, utf8proc_charwidth(code_point)));
}

// Neither prints nor moves the cursor by itself in a way a table could survive: control
// characters, line and paragraph separators, and what turns the direction of writing.
bool breaks_line(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void append_escape(std::string& out, char32_t c) {
  constexpr std::string_view hex = "0123456789abcdef";
  if (c == '\n' || c == '\r' || c == '\t') {
    out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
    return;
  }
  out += c < 0x100 ? "\\x" : "\\u";
  for (int shift = c < 0x100 ? 4 : 12; shift >= 0; shift -= 4) out += hex[(c >> shift) & 15];
}

// Cells of text that is printable already.
std::size_t printed_width(std::string_view text) {
  std::size_t cells = 0;
  while (!text.empty()) {
    cells += character_width(text);
    text.remove_prefix(core::utf8_length(text));
  }
  return cells;
}

// Where each column stands and how wide it is; the cells as they will be printed.
struct Layout {
  std::vector<std::size_t> widths;
  std::vector<std::vector<std::string>> rows;
};

bool starts_group(const TextTable& table, std::size_t column) {
  return column > 0 && table.columns[column].group != table.columns[column - 1].group;
}

std::size_t group_end(const TextTable& table, std::size_t column) {
  do ++column;
  while (column < table.columns.size() && !starts_group(table, column));
  return column;
}

std::size_t span_width(const Layout& layout, std::size_t first, std::size_t end) {
  std::size_t cells = column_gap.size() * (end - first - 1);
  for (std::size_t i = first; i < end; ++i) cells += layout.widths[i];
  return cells;
}

Layout lay_out(const TextTable& table) {
  Layout layout;
  const std::size_t count = table.columns.size();
  for (const TextColumn& column : table.columns) layout.widths.push_back(cell_width(column.title));
  for (const auto& row : table.rows) {
    auto& cells = layout.rows.emplace_back();
    for (std::size_t i = 0; i < std::min(count, row.size()); ++i) {
      cells.push_back(cut_text(row[i], table.columns[i].limit));
      layout.widths[i] = std::max(layout.widths[i], printed_width(cells.back()));
    }
  }
  // A group's name may be wider than its columns: the last one makes room.
  for (std::size_t first = 0; first < count; first = group_end(table, first)) {
    const std::size_t end = group_end(table, first);
    const std::size_t have = span_width(layout, first, end);
    const std::size_t need = cell_width(table.columns[first].group);
    if (need > have) layout.widths[end - 1] += need - have;
  }
  return layout;
}

void append_line(std::string& out, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  out.append(line).append("\n");
}

std::string row_line(const TextTable& table, const Layout& layout,
                     const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) line += starts_group(table, i) ? group_gap : column_gap;
    const std::string_view cell = i < cells.size() ? std::string_view(cells[i]) : "";
    const std::string pad(layout.widths[i] - printed_width(cell), ' ');
    const bool right = table.columns[i].align == Align::right;
    line.append(right ? pad : "").append(cell).append(right ? "" : pad);
  }
  return line;
}

std::string rule_line(const TextTable& table, const Layout& layout) {
  std::string line;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) line += starts_group(table, i) ? group_rule : std::string(column_gap.size(), '-');
    line.append(layout.widths[i], '-');
  }
  return line;
}

std::string group_line(const TextTable& table, const Layout& layout) {
  std::string line;
  for (std::size_t first = 0; first < table.columns.size(); first = group_end(table, first)) {
    const std::string name = printable_text(table.columns[first].group);
    const std::size_t spare =
        span_width(layout, first, group_end(table, first)) - printed_width(name);
    if (first > 0) line += group_gap;
    line.append(spare / 2, ' ').append(name).append(spare - spare / 2, ' ');
  }
  return line;
}

}  // namespace

std::string to_text(const TextTable& table) {
  const Layout layout = lay_out(table);
  std::string out;
  const auto named = [](const TextColumn& column) { return !column.group.empty(); };
  if (std::ranges::any_of(table.columns, named)) append_line(out, group_line(table, layout));
  std::vector<std::string> titles;
  for (const TextColumn& column : table.columns) titles.push_back(printable_text(column.title));
  append_line(out, row_line(table, layout, titles));
  append_line(out, rule_line(table, layout));
  for (const auto& cells : layout.rows) {
    append_line(out, cells.empty() ? rule_line(table, layout) : row_line(table, layout, cells));
  }
  return out;
}

std::size_t cell_width(std::string_view text) { return printed_width(printable_text(text)); }

std::string printable_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = core::utf8_length(text);
    if (length == 0) {
      core::append_utf8(out, U'\uFFFD');
      text.remove_prefix(1);
      continue;
    }
    const char32_t code_point = core::decode_utf8(text);
    if (breaks_line(code_point)) {
      append_escape(out, code_point);
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string cut_text(std::string_view text, std::size_t cells) {
  std::string printable = printable_text(text);
  if (printed_width(printable) <= cells) return printable;
  if (cells == 0) return {};
  std::size_t used = 0;
  std::size_t kept = 0;  // bytes
  while (kept < printable.size()) {
    const std::string_view rest = std::string_view(printable).substr(kept);
    used += character_width(rest);
    if (used > cells - 1) break;
    kept += core::utf8_length(rest);
  }
  return printable.substr(0, kept).append(ellipsis);
}

}  // namespace kv::app
