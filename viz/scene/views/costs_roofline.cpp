// How fast a machine known by two numbers can be, and what others said.
#include <algorithm>

#include "viz/scene/views/costs_parts.h"
#include "viz/scene/views/lab.h"
#include "viz/scene/views/roofline_plot.h"

namespace kv::scene {
namespace {

void draw_result(Frame& f, Rect cell, const core::Machine& machine, const RoofWork& work) {
  const PartId part{.kind = PartKind::roofline_point, .a = static_cast<int>(work.point)};
  if (hovered(f, part)) put_box(f, cell.inset(-4, -2), f.colors.raised, 6);
  put_place(f, cell, part);
  draw_roof_marker(f, {cell.x + 12, cell.y + 12}, work);
  cell.take_left(28);
  put_line(f, cell.take_top(24), f.say(work.name), Font::small_bold, work.color);
  const bool computing = computing_limits(machine, work.work);
  const std::string seconds = long_seconds_text(work.seconds(machine));
  const std::string limit =
      "  " + f.say(computing ? words::costs_by_computing : words::costs_by_memory);
  const float room = cell.w - f.width(limit, Font::small);
  const Font font = f.width(seconds, Font::title_bold) <= room ? Font::title_bold : Font::body_bold;
  put_runs(f, {cell.x, cell.y + 3},
           {{seconds, font, f.colors.text}, {limit, Font::small, f.colors.muted}});
}

void draw_ratio(Frame& f, Rect cell, double ratio) {
  const std::string figure = times_text(ratio);
  const Rect number = cell.take_left(f.width(figure, Font::large_bold), 14);
  put_line(f, number, figure, Font::large_bold, f.colors.text);
  std::string words = f.say(words::roof_ratio);
  auto lines = wrap_text(f.metrics, words, Font::small, cell.w);
  if (lines.size() > 2) {
    words = f.say(words::costs_step_ratio);
    lines = wrap_text(f.metrics, words, Font::small, cell.w);
  }
  cell.take_top((cell.h - 19 * static_cast<float>(lines.size())) / 2);
  put_wrapped(f, cell, words, Font::small, f.colors.muted);
}

// The seconds of each point, and how many times one is the other.
void draw_results(Frame& f, Rect area, const core::Machine& machine, const RoofWorks& works) {
  const float width = area.w * 0.24F;
  for (const RoofWork& work : works) draw_result(f, area.take_left(width, 8), machine, work);
  draw_ratio(f, area, works[2].seconds(machine) / works[1].seconds(machine));
}

void put_centered(Frame& f, const Rect& area, const std::string& words) {
  constexpr float line = 30;
  const auto lines = wrap_text(f.metrics, words, Font::title, area.w - 48);
  float y = area.center().y - 0.5F * line * static_cast<float>(lines.size());
  for (const std::string& text : lines) {
    put_line(f, {area.x, y, area.w, line}, text, Font::title, f.colors.muted, Align::center);
    y += line;
  }
}

}  // namespace

void draw_roofline_page(Frame& f, const Rect& area) {
  put_panel(f, area);
  const Scenario& s = f.view.scenario;
  const auto machine = costs_machine(f);
  const std::string title = s.machine == "here" || !machine
                                ? f.say(words::costs_roof_title_here)
                                : f.say(words::costs_roof_title, {machine->name});
  const std::string detail =
      costs_detail(f, area, f.say(s.causal ? words::costs_causal : words::costs_dense));
  Rect rest = put_stage_heading(f, area, title, detail, f.say(words::formula));
  if (!machine)  // its two numbers are measured on another page
    return put_centered(f, rest, f.say(words::costs_unmeasured_here, {f.say(words::control_probe),
                                                                      f.say(words::page_machine)}));
  const bool covered = core::has_closed_form(s.sizes);
  const float spare = std::max(0.0F, rest.h - 642);
  Rect lower = rest.take_bottom(292 + spare * 0.4F, 14);
  if (!covered) {
    put_centered(f, rest, f.say(words::costs_uncovered, {costs_model_name(f)}));
    return draw_claims(f, lower, machine->machine);
  }
  draw_claims(f, lower.take_right(std::max(lower.w * 0.52F, 530.0F), 36), machine->machine);
  draw_speed(f, lower, machine->machine);
  const RoofWorks works = roof_works(f, inference_of(s), s.tokens);
  draw_results(f, rest.take_top(50, 10), machine->machine, works);
  draw_bounds(f, rest.take_right(std::max(rest.w * 0.46F, 486.0F), 30), machine->machine);
  rest = put_section(f, rest, f.say(words::costs_rule));
  draw_roof_plot(f, rest, machine->machine, works, RoofLabels::names);
}

}  // namespace kv::scene
