// Tokens per second against the context's length.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "viz/scene/views/costs_parts.h"
#include "viz/scene/views/roofline_plot.h"

namespace kv::scene {
namespace {

using core::Side;

constexpr std::int64_t far_enough = 100'000;  // tokens: where both sides are far apart

double speed_at(const Scenario& s, const core::Machine& machine, Side side, double tokens) {
  return core::tokens_per_second(machine, inference_of(s), side,
                                 std::max<std::int64_t>(1, std::llround(tokens)));
}

// Per second, or where one takes long, how long.
std::string speed_text(const Frame& f, double speed) {
  if (speed < 0.0995) return f.say(words::costs_seconds_each, {long_seconds_text(1 / speed)});
  return f.say(words::costs_per_second,
               {speed >= 99.5 ? scale_text(speed) : fmt::format("{:#.3g}", speed)});
}

std::string tick_of(double speed) {
  if (speed > 0.00095) return scale_text(speed);
  return power_of_ten_text(static_cast<int>(std::lround(std::log10(speed))));
}

Color color_of(const Frame& f, Side side) {
  return side == Side::cached ? f.colors.with : f.colors.without;
}

// Where it runs is added to `taken`.
void draw_curve(Frame& f, const PlotAxes& axes, const core::Machine& machine, Side side,
                std::vector<Rect>& taken) {
  constexpr int pieces = 80;
  Path path{.points = {},
            .color = color_of(f, side),
            .width = 3,
            .dash = side == Side::cached ? 0.0F : 9.0F};
  for (int i = 0; i <= pieces; ++i) {
    const double tokens = axes.x.value(i / static_cast<double>(pieces));
    const Vec2 at = axes.at(tokens, speed_at(f.view.scenario, machine, side, tokens));
    path.points.push_back(at);
    taken.push_back({at.x - 3, at.y - 5, 6, 10});
  }
  put(f, std::move(path));
}

// A side's name and speed beside its curve, as near as there is room.
void draw_speed_note(Frame& f, const PlotAxes& axes, Side side, Vec2 at, double speed,
                     std::vector<Rect>& taken) {
  const std::string words = f.say(side == Side::cached ? words::side_with : words::side_without) +
                            "  " + speed_text(f, speed);
  const Vec2 size{f.width(words, Font::small_bold) + 2, 20};
  std::vector<Rect> places;
  for (const float gap : {10.0F, 22.0F, 38.0F, 60.0F, 90.0F, 130.0F}) {
    for (const Rect& place : places_beside(at, size, gap)) places.push_back(place);
    const float y = std::clamp(at.y - size.y / 2, axes.plot.y, axes.plot.bottom() - size.y);
    places.push_back({at.x - gap - size.x, y, size.x, size.y});
  }
  const auto place = free_place(axes.plot, places, taken);
  if (!place) return;
  taken.push_back(*place);
  put_box(f, place->inset(-4, 0), f.colors.panel.with_alpha(0.85F), 4);
  put_line(f, *place, words, Font::small_bold, color_of(f, side));
}

// Both sides' names and speeds where the cursor stands.
void draw_cursor(Frame& f, const PlotAxes& axes, const core::Machine& machine,
                 std::vector<Rect> taken) {
  const PartId& over = f.view.hover;
  const std::int64_t tokens =
      over.kind == PartKind::speed_chart ? speed_tokens(axes, over) : f.view.scenario.tokens;
  const float x = axes.x_at(static_cast<double>(tokens));
  put_box(f, {x - 1, axes.plot.y, 2, axes.plot.h}, f.colors.fresh);
  for (const Side side : {Side::cached, Side::uncached}) {
    const double speed = speed_at(f.view.scenario, machine, side, static_cast<double>(tokens));
    const Vec2 at{x, axes.y_at(speed)};
    put(f, Box{.rect = {at.x - 6, at.y - 6, 12, 12},
               .fill = color_of(f, side),
               .line = f.colors.panel,
               .line_width = 2,
               .radius = 6});
    draw_speed_note(f, axes, side, at, speed, taken);
  }
}

}  // namespace

PlotAxes speed_axes(const Scenario& s, const core::Machine& machine, const Rect& plot) {
  const Axis x = decades_around(static_cast<double>(std::clamp<std::int64_t>(s.tokens, 2, 100)),
                                static_cast<double>(std::max(s.tokens, far_enough)));
  double least = 1e300, most = 0;
  for (const Side side : {Side::cached, Side::uncached})
    for (const double tokens : {x.low, x.high}) {
      const double speed = speed_at(s, machine, side, tokens);
      least = std::min(least, speed), most = std::max(most, speed);
    }
  return {.plot = plot, .x = x, .y = decades_around(least, most)};
}

std::int64_t speed_tokens(const PlotAxes& axes, const PartId& part) {
  const double share = (part.b + 0.5) / chart_cells;
  return std::max<std::int64_t>(1, std::llround(axes.x.value(std::clamp(share, 0.0, 1.0))));
}

void draw_speed(Frame& f, const Rect& area, const core::Machine& machine) {
  constexpr float labels = 62;
  Rect plot = put_section(f, area, f.say(words::costs_speed));
  plot.take_left(labels), plot.take_bottom(46), plot.take_top(4), plot.take_right(10);
  const PlotAxes axes = speed_axes(f.view.scenario, machine, plot);
  draw_axes(f, axes, {.x = scale_text, .y = tick_of}, labels);
  put_text(f, {plot.right(), plot.bottom() + 27}, f.say(words::costs_context), Font::small,
           f.colors.muted, Align::right);
  std::vector<Rect> taken;
  for (const Side side : {Side::cached, Side::uncached}) draw_curve(f, axes, machine, side, taken);
  draw_cursor(f, axes, machine, std::move(taken));
  f.scene.places.push_back({.rect = plot,
                            .part = {.kind = PartKind::speed_chart},
                            .rows = chart_cells,
                            .columns = chart_cells});
}

}  // namespace kv::scene
