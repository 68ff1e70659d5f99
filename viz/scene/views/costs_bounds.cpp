// What bounds each component of a decode step: computing it, or reading what it needs.
#include <algorithm>
#include <array>
#include <cmath>

#include "viz/scene/views/costs_parts.h"
#include "viz/scene/views/roofline_plot.h"

namespace kv::scene {
namespace {

using core::Side;

struct SideColumns {
  const Phrase& name;
  Color color;
  std::vector<core::ComponentWork> works;
  double seconds = 0;  // of all of them
};

SideColumns columns_of(const Frame& f, const core::Machine& machine, Side side) {
  const Scenario& s = f.view.scenario;
  const bool cached = side == Side::cached;
  SideColumns columns{.name = cached ? words::side_with : words::side_without,
                      .color = cached ? f.colors.with : f.colors.without,
                      .works = core::component_works(inference_of(s), side, s.tokens)};
  columns.seconds = seconds_of_parts(machine, columns.works);
  return columns;
}

std::string percent_text(double share) {
  const double percent = 100 * share;
  return percent > 0 && percent < 0.95 ? "<1%" : fmt::format("{:.0f}%", percent);
}

// Rows made in the same step need no reading.
std::string text_of_intensity(const core::Work& work) {
  if (work.bytes <= 0) return "\u2013";
  const double value = work.intensity();
  return value < 999.5 ? intensity_text(value) : scale_text(value);
}

// How wide each column must be; what the area has beyond that goes to shares and names.
struct Table {
  float name = 0, intensity = 0, limit = 0, share = 0;
  float side() const { return intensity + limit + share + 2 * gap; }
  static constexpr float gap = 8, apart = 20;
};

Table table_of(const Frame& f, float room, const SideColumns& a, const SideColumns& b) {
  Table t;
  const auto fit = [&](float& width, const std::string& words) {
    width = std::max(width, f.width(words, Font::small) + 1);
  };
  fit(t.intensity, "FLOP/B");
  for (const Phrase* words :
       {&words::costs_limit, &words::costs_by_memory, &words::costs_by_computing})
    fit(t.limit, f.say(*words));
  fit(t.share, f.say(words::costs_time_share));
  fit(t.share, "100%");
  for (const SideColumns* side : {&a, &b})
    for (const core::ComponentWork& one : side->works) {
      fit(t.intensity, text_of_intensity(one.work));
      fit(t.name, f.say(short_name_of_component(one.component)));
    }
  const float more = std::max(0.0F, room - t.name - 2 * t.side() - 2 * Table::apart);
  t.share += 0.35F * more;
  t.name += 0.3F * more;
  return t;
}

// A side's part of a line: intensity, limit, share of the time.
struct Cells {
  Rect intensity, limit, share;
};
Cells cells_of(Rect area, const Table& t) {
  return {.intensity = area.take_left(t.intensity, Table::gap),
          .limit = area.take_left(t.limit, Table::gap),
          .share = area.take_left(t.share)};
}

void draw_head(Frame& f, Rect area, const Table& table, const SideColumns& columns) {
  put_line(f, area.take_top(20), f.say(columns.name), Font::small_bold, columns.color,
           Align::center);
  const Cells cells = cells_of(area, table);
  put_line(f, cells.intensity, "FLOP/B", Font::small, f.colors.muted, Align::right);
  put_line(f, cells.limit, f.say(words::costs_limit), Font::small, f.colors.muted);
  put_line(f, cells.share, f.say(words::costs_time_share), Font::small, f.colors.muted,
           Align::right);
}

void draw_side(Frame& f, const Rect& area, const Table& table, const core::Machine& machine,
               const SideColumns& columns, std::size_t row) {
  const core::Work& work = columns.works[row].work;
  const Cells cells = cells_of(area, table);
  const double share = core::seconds_of(machine, work) / columns.seconds;
  const bool computing = computing_limits(machine, work);
  put_line(f, cells.intensity, text_of_intensity(work), Font::small, f.colors.text, Align::right);
  put_line(f, cells.limit, f.say(computing ? words::costs_by_computing : words::costs_by_memory),
           Font::small, computing ? f.colors.text : f.colors.muted);
  // Beside the figure; where there is little room, below it.
  Rect bar = cells.share.inset(0, 3);
  const bool below = bar.w < 70;
  if (below)
    bar = bar.take_bottom(4);
  else
    bar.take_right(f.width("100%", Font::small) + 6);
  put_box(f, {bar.x, bar.y, std::max(1.0F, bar.w * static_cast<float>(share)), bar.h},
          columns.color.with_alpha(below ? 0.9F : 0.35F), 2);
  put_line(f, cells.share, percent_text(share), Font::small, f.colors.text, Align::right);
}

}  // namespace

const Phrase& short_name_of_component(int component) {
  static constexpr std::array<const Phrase*, core::op_count_parts.size()> names = {
      &words::costs_part_q,      &words::costs_part_k,   &words::costs_part_v,
      &words::costs_part_scores, &words::costs_part_sum, &words::costs_part_output,
      &words::part_mlp,          &words::part_head};
  return *names[static_cast<std::size_t>(component)];
}

double seconds_of_parts(const core::Machine& machine,
                        const std::vector<core::ComponentWork>& works) {
  double seconds = 0;
  for (const core::ComponentWork& one : works) seconds += core::seconds_of(machine, one.work);
  return seconds;
}

void draw_bounds(Frame& f, const Rect& area, const core::Machine& machine) {
  Rect rest = put_section(f, area, f.say(words::costs_bounds));
  const SideColumns with = columns_of(f, machine, Side::cached),
                    without = columns_of(f, machine, Side::uncached);
  const Table table = table_of(f, rest.w, with, without);
  const auto parts = [&](Rect line) {
    const Rect right = line.take_right(table.side(), Table::apart);
    return std::pair{line.take_right(table.side(), 0), right};
  };
  const auto [head_with, head_without] = parts(rest.take_top(40, 2));
  draw_head(f, head_with, table, with);
  draw_head(f, head_without, table, without);
  const float height = std::clamp(rest.h / static_cast<float>(with.works.size()), 19.0F, 34.0F);
  for (std::size_t row = 0; row < with.works.size(); ++row) {
    Rect line = rest.take_top(height);
    const PartId part{.kind = PartKind::component_bound, .a = with.works[row].component};
    if (hovered(f, part)) put_box(f, line, f.colors.raised, 4);
    put_place(f, line, part);
    put_box(f, {line.x, line.y, line.w, 1}, f.colors.border);
    const auto [left, right] = parts(line);
    draw_side(f, left, table, machine, with, row);
    draw_side(f, right, table, machine, without, row);
    put_line(f, line.take_left(table.name),
             f.say(short_name_of_component(with.works[row].component)), Font::small, f.colors.text);
  }
}

}  // namespace kv::scene
