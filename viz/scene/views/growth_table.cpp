// What curves of growth cost at the cursor, and how steep they are there.
#include <algorithm>
#include <optional>
#include <utility>

#include "viz/scene/number_text.h"
#include "viz/scene/views/growth_plot.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {
namespace {

using core::Baseline;

constexpr float head = 28, row = 30;
// Of a group: its line, FLOPs, exponent, what it tends to.
constexpr float sample_width = 32, flops_width = 92, exponent_width = 52, tends_width = 48;
constexpr float between = 12;
constexpr float group_width =
    8 + sample_width + flops_width + between + exponent_width + tends_width;
constexpr float widest_group = 350;

struct Table {
  std::vector<CostPart> parts;
  std::vector<Baseline> ways;
  std::int64_t tokens = 0;
  Rect area;
  float names = 0, group = 0, ratio = 0;  // widths
};

template <class T>
void add_once(std::vector<T>& list, T value) {
  if (std::ranges::find(list, value) == list.end()) list.push_back(value);
}

// The dearer of two ways first; of three, without and with.
std::optional<std::pair<Baseline, Baseline>> ratio_of(const std::vector<Baseline>& ways) {
  if (ways.size() < 2) return {};
  if (ways[1] == Baseline::padded) return std::pair{ways[1], ways[0]};
  return std::pair{ways[0], ways[1]};
}

std::string ratio_name(const Frame& f, const Table& table) {
  const auto ways = ratio_of(table.ways);
  return ways ? name_of(f, ways->first) + " / " + name_of(f, ways->second) : std::string();
}

Table table_of(const Frame& f, const Rect& area, const GrowthPlot& plot, std::int64_t tokens) {
  Table table{.parts = {}, .ways = {}, .tokens = tokens, .area = area};
  for (const GrowthCurve& curve : plot.curves)
    add_once(table.parts, curve.part), add_once(table.ways, curve.baseline);
  // As wide as the largest number, so that nothing moves with the pointer.
  table.names = f.width(tokens_text(plot.scenario, plot.scenario.tokens), Font::body_bold);
  for (const CostPart part : table.parts)
    table.names = std::max(table.names, f.width(name_of(f, part), Font::small));
  table.names += 24;
  const auto ways = static_cast<float>(std::max<std::size_t>(1, table.ways.size()));
  table.ratio = f.width(ratio_name(f, table), Font::small_bold) + 16;
  if (table.ways.size() < 2 || table.names + ways * group_width + table.ratio > area.w)
    table.ratio = 0;
  table.group = std::min((area.w - table.names - table.ratio) / ways, widest_group);
  return table;
}

Rect group_of(const Table& table, std::size_t way, float y, float height) {
  return {table.area.x + table.names + static_cast<float>(way) * table.group, y, table.group,
          height};
}

void draw_head(Frame& f, const GrowthPlot& plot, const Table& table) {
  put_line(f, {table.area.x, table.area.y, table.names, head},
           tokens_text(plot.scenario, table.tokens), Font::body_bold, f.colors.text);
  for (std::size_t way = 0; way < table.ways.size(); ++way) {
    const std::string name =
        table.ways[way] == Baseline::padded
            ? f.say(words::growth_padded_to, {count_text(shape_of(plot.scenario).context)})
            : name_of(f, table.ways[way]);
    put_line(f, group_of(table, way, table.area.y, head).inset(4, 0), name, Font::small_bold,
             color_of(f, table.ways[way]));
  }
  if (table.ratio > 0)
    put_line(f, group_of(table, table.ways.size(), table.area.y, head), ratio_name(f, table),
             Font::small_bold, f.colors.muted);
}

void draw_cell(Frame& f, const GrowthPlot& plot, const Table& table, const GrowthCurve& curve,
               Rect cell) {
  const CurveLook look = look_of(f, plot.scenario, curve);
  put_place(f, cell, part_of(curve));
  Rect rest = cell.inset(4, 0);
  const float y = cell.center().y;
  put(f, Path{.points = {{rest.x, y}, {rest.x + sample_width - 4, y}},
              .color = look.color,
              .width = look.width,
              .dash = look.dash});
  rest.take_left(sample_width);
  put_line(f, rest.take_left(flops_width, between),
           flops_text(cost_at(plot.scenario, curve, table.tokens)), Font::small, f.colors.text,
           Align::right);
  const Rect power = rest.take_left(exponent_width);
  if (const auto exponent = exponent_at(plot.scenario, curve, table.tokens))
    put_power(f, {power.x, y - 12}, letter_of(plot.scenario), exponent_text(exponent),
              f.colors.text);
  else
    put_line(f, power, no_exponent, Font::small, f.colors.muted);
  const int tends = power_of(plot.scenario, curve);
  put_line(f, rest, (tends > 0 ? "\u2192 " : "") + power_text(f, plot.scenario, tends), Font::small,
           f.colors.muted);
}

}  // namespace

float growth_table_height(const GrowthPlot& plot) {
  std::vector<CostPart> parts;
  for (const GrowthCurve& curve : plot.curves) add_once(parts, curve.part);
  return head + row * static_cast<float>(parts.size());
}

void draw_growth_table(Frame& f, const Rect& area, const GrowthPlot& plot, std::int64_t tokens) {
  const Table table = table_of(f, area, plot, tokens);
  draw_head(f, plot, table);
  float y = area.y + head;
  for (const CostPart part : table.parts) {
    put_box(f, {area.x, y, area.w, 1}, f.colors.border);
    put_line(f, {area.x, y, table.names, row}, name_of(f, part), Font::small, f.colors.muted);
    for (std::size_t way = 0; way < table.ways.size(); ++way)
      draw_cell(f, plot, table, {table.ways[way], part}, group_of(table, way, y, row));
    if (table.ratio > 0) {
      const auto ways = *ratio_of(table.ways);
      const auto cost = [&](Baseline way) { return cost_at(plot.scenario, {way, part}, tokens); };
      put_line(f, group_of(table, table.ways.size(), y, row),
               ratio_text(cost(ways.first), cost(ways.second)), Font::body_bold, f.colors.text);
    }
    y += row;
  }
}

}  // namespace kv::scene
