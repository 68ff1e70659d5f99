// The cache's shape as a table: a column for each index, a row for each form it is kept in.
#include <algorithm>
#include <numeric>
#include <vector>

#include "viz/scene/views/costs_parts.h"

namespace kv::scene {
namespace {

struct Column {
  BillIndex index;
  std::string name;
  std::vector<std::string> values;  // by row; empty: that form has no such index
};
struct Table {
  std::vector<std::string> rows;
  std::vector<Column> columns;
};

Table heads_table(const Frame& f, const Bill& bill) {
  using enum BillIndex;
  Table table{.rows = {f.say(words::costs_row_tuple),
                       f.say(words::costs_row_layer, {count_text(bill.model.cost.model.layers)})},
              .columns = {}};
  for (const BillIndex index : {layers, k_and_v, batch, kv_heads, tokens, head_dim}) {
    const std::string value = value_of_index(index, bill);
    const bool in_both = index != layers && index != k_and_v;
    table.columns.push_back(
        {index, name_of_index(f, index, bill), {value, in_both ? value : std::string()}});
  }
  return table;
}

Table latent_table(const Frame& f, const Bill& bill, const core::LatentAttention& latent) {
  const std::string layers = count_text(bill.model.cost.model.layers);
  Table table{
      .rows = {f.say(words::costs_row_latent, {layers}), f.say(words::costs_row_rotary, {layers})},
      .columns = {}};
  for (const BillIndex index : {BillIndex::batch, BillIndex::tokens}) {
    const std::string value = value_of_index(index, bill);
    table.columns.push_back({index, name_of_index(f, index, bill), {value, value}});
  }
  table.columns.push_back({BillIndex::values_per_token,
                           f.say(words::costs_width),
                           {count_text(latent.kv_lora_rank), count_text(latent.qk_rope_head_dim)}});
  return table;
}

constexpr float between = 12;  // units between columns

// The least width at which a name takes two lines and no word of it is broken.
float width_of_name(const Frame& f, const std::string& name) {
  float width = 0;
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find(' ', begin), name.size());
    width = std::max(width, f.width(name.substr(begin, end - begin), Font::small) + 2);
    begin = end + 1;
  }
  while (wrap_text(f.metrics, name, Font::small, width).size() > 2) width += 4;
  return width;
}

struct Widths {
  std::vector<float> columns;
  Font font = Font::body_bold;  // of the values
};

Widths widths_of(const Frame& f, const Table& table, float room, Font font = Font::body_bold) {
  std::vector<float> widths;
  for (const Column& column : table.columns) {
    float width = 30;
    for (const std::string& value : column.values)
      width = std::max(width, f.width(value, font) + 8);
    width = std::max(width, width_of_name(f, column.name));
    widths.push_back(width);
  }
  // What is over goes to all alike, but a table is not torn apart.
  const float used = std::accumulate(widths.begin(), widths.end(), 0.0F);
  const auto count = static_cast<float>(widths.size());
  const float over = room - used - between * (count + 1);
  if (over < 0 && font == Font::body_bold) return widths_of(f, table, room, Font::small_bold);
  for (float& width : widths) width += std::clamp(over / count, 0.0F, 46.0F);
  return {widths, font};
}

// One form: what it is, and its sizes in brackets.
void draw_row(Frame& f, Rect area, const Table& table, std::size_t row, const Widths& widths) {
  put_line(f, area.take_top(20, 3), table.rows[row], Font::small, f.colors.muted);
  bool open = false;
  for (std::size_t c = 0; c < widths.columns.size(); ++c) {
    const Column& column = table.columns[c];
    const Rect before = area.take_left(between), cell = area.take_left(widths.columns[c]);
    if (column.values[row].empty()) continue;
    if (!open) put_line(f, before, "[", Font::title, f.colors.muted, Align::center);
    open = true;
    put(f, Box{.rect = cell, .fill = f.colors.ground, .line = f.colors.border, .radius = 5});
    put_line(f, cell, column.values[row], widths.font,
             column.index == BillIndex::tokens ? f.colors.accent : f.colors.text, Align::center);
  }
  put_line(f, area.take_left(between), "]", Font::title, f.colors.muted, Align::center);
}

// Names above the columns, in two lines at most, on a common last line.
void draw_names(Frame& f, Rect area, const Table& table, const Widths& widths) {
  for (std::size_t c = 0; c < widths.columns.size(); ++c) {
    area.take_left(between);
    Rect cell = area.take_left(widths.columns[c]);
    const auto lines = wrap_text(f.metrics, table.columns[c].name, Font::small, cell.w);
    cell.take_top(std::max(0.0F, cell.h - 19 * static_cast<float>(lines.size())));
    for (const std::string& line : lines)
      put_line(f, cell.take_top(19), line, Font::small, f.colors.text, Align::center);
  }
}

void mark_columns(Frame& f, Rect area, const Table& table, const Widths& widths) {
  for (std::size_t c = 0; c < widths.columns.size(); ++c) {
    area.take_left(between);
    const Rect cell = area.take_left(widths.columns[c]);
    const PartId part{.kind = PartKind::bill_index, .a = static_cast<int>(table.columns[c].index)};
    if (hovered(f, part)) put_box(f, cell.inset(-4, 0), f.colors.raised, 6);
    put_place(f, cell, part);
  }
}

}  // namespace

void draw_cache_shape(Frame& f, const Rect& area, const Bill& bill) {
  Rect rest = put_section(f, area, f.say(words::costs_shape));
  const auto& latent = bill.model.cost.latent;
  const Table table = latent ? latent_table(f, bill, *latent) : heads_table(f, bill);
  const Widths widths = widths_of(f, table, rest.w);
  const float gap = std::clamp((rest.h - 164) / 4, 3.0F, 22.0F);
  Rect whole = rest;
  mark_columns(f, whole.take_top(142 + 2 * gap), table, widths);
  draw_names(f, rest.take_top(38, gap), table, widths);
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    draw_row(f, rest.take_top(52, gap), table, row, widths);
  put_line(f, rest.take_top(20), f.say(words::costs_grows), Font::small, f.colors.accent);
}

}  // namespace kv::scene
