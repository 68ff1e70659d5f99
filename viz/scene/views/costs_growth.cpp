// Measured time of a step against its length, both sides, with the exponents it grows with.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/bench/growth_bench.h"
#include "viz/scene/views/costs_parts.h"
#include "viz/scene/views/roofline_plot.h"

namespace kv::scene {
namespace {

using core::Baseline;
using core::ExecutedPoint;
using Points = std::vector<std::pair<double, double>>;

constexpr std::array<Baseline, 2> sides = {Baseline::with_cache, Baseline::without_cache};

const core::Executed& side_of(const ExecutedPoint& point, Baseline side) {
  return point.sides[static_cast<std::size_t>(side)];
}

Points times_of(const core::Execution& execution, Baseline side) {
  Points points;
  for (const ExecutedPoint& one : execution.points)
    points.emplace_back(static_cast<double>(one.tokens), side_of(one, side).step_seconds);
  return points;
}

Color color_of(const Frame& f, Baseline side) {
  return side == Baseline::with_cache ? f.colors.with : f.colors.without;
}

PlotAxes axes_of(const Rect& plot, const core::Execution& execution) {
  double least = 1e300, most = 0;
  for (const Baseline side : sides)
    for (const auto& [tokens, seconds] : times_of(execution, side))
      if (seconds > 0) least = std::min(least, seconds), most = std::max(most, seconds);
  if (most <= 0) least = 1e-6, most = 1;
  const auto first = static_cast<double>(std::max<std::int64_t>(1, execution.points[0].tokens));
  const auto last = static_cast<double>(execution.points.back().tokens);
  return {.plot = plot,
          .x = {.low = first / 1.1, .high = std::max(2 * first, 1.15 * last), .log = true},
          .y = decades_around(least, most)};
}

void draw_points(Frame& f, const PlotAxes& axes, const core::Execution& execution, Baseline side) {
  const Points points = times_of(execution, side);
  const Color color = color_of(f, side);
  for (const auto& [tokens, seconds] : points) {
    if (seconds <= 0) continue;
    const Vec2 at = axes.at(tokens, seconds);
    const Rect dot{at.x - 4, at.y - 4, 8, 8};
    if (side == Baseline::with_cache)
      put_box(f, dot, color, 4);
    else
      put_outline(f, dot, color, 2, 4);
  }
  const auto fit = core::time_fit(execution, side);
  if (!fit) return;
  Path line{.points = {}, .color = f.colors.text, .width = 2};
  for (const double tokens : {points[points.size() / 2].first, points.back().first})
    line.points.push_back(axes.at(tokens, fit->factor * std::pow(tokens, fit->exponent)));
  put(f, std::move(line));
}

constexpr float labels = 74;  // units for the figures beside the plot

Rect plot_in(Rect area) {
  area.take_left(labels), area.take_bottom(46), area.take_top(4), area.take_right(10);
  return area;
}

void name_across(Frame& f, const Rect& plot) {
  put_text(f, {plot.right(), plot.bottom() + 27}, f.say(words::costs_context), Font::small,
           f.colors.muted, Align::right);
}

// "t" with its exponent; a dash where too little was measured.
void put_power(Frame& f, const Rect& area, const std::optional<core::PowerFit>& fit, Color color) {
  if (!fit) return static_cast<void>(put_line(f, area, "\u2013", Font::body, color, Align::right));
  const std::string text =
      fmt::format("{}{:.2f}", fit->exponent < -0.005 ? "\u2212" : "", std::fabs(fit->exponent));
  const float width = f.width(text, Font::small_bold);
  const float top = area.center().y - 11;
  put_text(f, {area.right() - width - 1, top + 5}, "t", Font::body_bold, color, Align::right);
  put_text(f, {area.right(), top}, text, Font::small_bold, color, Align::right);
}

// A line a side: the exponent of its time and of its FLOPs.
void draw_exponents(Frame& f, Rect area, const core::Execution& execution) {
  const float column = area.w * 0.22F;
  Rect head = area.take_top(24);
  const auto cut = [&](Rect& line) {
    const Rect flops = line.take_right(column, 8);
    return std::pair{line.take_right(column, 8), flops};
  };
  const auto [time, flops] = cut(head);
  put_line(f, head, f.say(words::costs_exponents), Font::small, f.colors.muted);
  put_line(f, time, f.say(words::costs_time_share), Font::small, f.colors.muted, Align::right);
  put_line(f, flops, f.say(words::costs_claim_flops), Font::small, f.colors.muted, Align::right);
  for (const Baseline side : sides) {
    Rect line = area.take_top(28);
    put_box(f, {line.x, line.y, line.w, 1}, f.colors.border);
    const auto [of_time, of_flops] = cut(line);
    put_line(f, line, f.say(side == Baseline::with_cache ? words::side_with : words::side_without),
             Font::small_bold, color_of(f, side));
    put_power(f, of_time, core::time_fit(execution, side), f.colors.text);
    put_power(f, of_flops, core::flops_fit(execution, side), f.colors.muted);
  }
}

}  // namespace

void draw_step_times(Frame& f, const Rect& area, const core::Execution& execution,
                     std::string_view note) {
  Rect rest = put_section(f, area, f.say(words::costs_growth), note);
  draw_exponents(f, rest.take_bottom(80, 10), execution);
  const Rect plot = plot_in(rest);
  const PlotAxes axes = axes_of(plot, execution);
  draw_axes(f, axes, {.x = scale_text, .y = [](double v) { return tick_text(seconds_text(v)); }},
            labels);
  name_across(f, plot);
  for (const Baseline side : sides) draw_points(f, axes, execution, side);
}

void draw_no_step_times(Frame& f, const Rect& area) {
  Rect rest = put_section(f, area, f.say(words::costs_growth));
  put_unmeasured(f, rest, words::control_bench_model, words::ex_control_bench_model);
  rest.take_top(90), rest.take_bottom(90);
  const Rect plot = plot_in(rest);
  if (plot.h < 60) return;
  put(f, Path{.points = {{plot.x, plot.y}, {plot.x, plot.bottom()}, {plot.right(), plot.bottom()}},
              .color = f.colors.border,
              .width = 2});
  name_across(f, plot);
}

}  // namespace kv::scene
