#include "viz/scene/views/axes.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kv::scene {
namespace {

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

bool within(const Rect& bounds, const Rect& r) {
  return r.x >= bounds.x && r.y >= bounds.y && r.right() <= bounds.right() &&
         r.bottom() <= bounds.bottom();
}

// Rounding must not lose a tick that stands at the very end.
constexpr double slack = 1e-9;

std::vector<double> linear_ticks(const Axis& axis, int most) {
  double step = round_step((axis.high - axis.low) / std::max(1, most));
  if (axis.whole) step = std::max(1.0, step);
  std::vector<double> ticks;
  for (double i = std::ceil(axis.low / step - slack); i * step <= axis.high + slack * step; ++i)
    ticks.push_back(i * step);
  return ticks;
}

std::vector<double> log_ticks(const Axis& axis, int most) {
  const double first = std::floor(std::log10(axis.low) + slack);
  const double decades = std::log10(axis.high / axis.low);
  const bool fine = 3 * decades <= most;
  const double every = std::max(1.0, std::ceil(decades / std::max(1, most)));
  std::vector<double> ticks;
  for (double power = first; power <= std::log10(axis.high) + slack; power += every)
    for (const double digit : {1.0, 2.0, 5.0}) {
      const double value = digit * std::pow(10, power);
      if (digit > 1 && !fine) break;
      if (value >= axis.low * (1 - slack) && value <= axis.high * (1 + slack))
        ticks.push_back(value);
    }
  return ticks;
}

}  // namespace

double Axis::share(double value) const {
  if (!log) return (value - low) / (high - low);
  return value > 0 ? std::log(value / low) / std::log(high / low) : 0;
}

double Axis::value(double share) const {
  return log ? low * std::pow(high / low, share) : low + share * (high - low);
}

float PlotAxes::x_at(double value) const {
  return plot.x + plot.w * static_cast<float>(x.share(value));
}

float PlotAxes::y_at(double value) const {
  return plot.bottom() - plot.h * static_cast<float>(std::clamp(y.share(value), 0.0, 1.0));
}

Vec2 PlotAxes::values_at(Vec2 point) const {
  const double across = static_cast<double>((point.x - plot.x) / plot.w);
  const double up = static_cast<double>((plot.bottom() - point.y) / plot.h);
  return {static_cast<float>(x.value(across)), static_cast<float>(y.value(up))};
}

double round_step(double rough) {
  const double power = std::pow(10, std::floor(std::log10(rough)));
  return power * (rough / power < 2 ? 2 : rough / power < 5 ? 5 : 10);
}

std::vector<double> ticks_of(const Axis& axis, int most) {
  if (!axis.log) return linear_ticks(axis, most);
  std::vector<double> ticks = log_ticks(axis, most);
  return ticks.size() < 3 && axis.low > 0.2 * axis.high ? linear_ticks(axis, most) : ticks;
}

Axis decades_around(double low, double high) {
  const double begin = std::pow(10, std::floor(std::log10(low)));
  const double end = std::pow(10, std::ceil(std::log10(high)));
  return {.low = begin, .high = std::max(end, 10 * begin), .log = true};
}

Axis linear_up_to(double high) {
  const double step = round_step(high / 5);
  return {.low = 0, .high = step * std::ceil(1.05 * high / step), .log = false};
}

std::string tick_text(std::string figure) {
  const std::size_t end = std::min(figure.find(' '), figure.size());
  const std::size_t point = figure.find('.');
  if (point >= end) return figure;
  std::size_t keep = end;
  while (figure[keep - 1] == '0') --keep;
  if (figure[keep - 1] == '.') --keep;
  return figure.erase(keep, end - keep);
}

void draw_axes(Frame& f, const PlotAxes& axes, const AxisText& text, float label_width) {
  const Rect& p = axes.plot;
  for (const double value : ticks_of(axes.y, static_cast<int>(p.h / 44))) {
    const float y = axes.y_at(value);
    put_box(f, {p.x, y, p.w, 1}, f.colors.border);
    put_line(f, {p.x - label_width, y - 9, label_width - 8, 18}, text.y(value), Font::small,
             f.colors.muted, Align::right);
  }
  float free_from = -1e9F;
  for (const double value : ticks_of(axes.x, static_cast<int>(p.w / 64))) {
    const float x = axes.x_at(value);
    put_box(f, {x, p.y, 1, p.h}, f.colors.border);
    const std::string figure = text.x(value);
    const float width = f.width(figure, Font::small);
    if (x - width / 2 < free_from) continue;
    put_text(f, {x, p.bottom() + 5}, figure, Font::small, f.colors.muted, Align::center);
    free_from = x + width / 2 + 12;
  }
}

std::optional<Rect> free_place(const Rect& bounds, std::span<const Rect> candidates,
                               std::span<const Rect> taken) {
  for (const Rect& candidate : candidates) {
    const bool free =
        std::ranges::none_of(taken, [&](const Rect& other) { return overlap(candidate, other); });
    if (free && within(bounds, candidate)) return candidate;
  }
  return std::nullopt;
}

std::vector<Rect> places_beside(Vec2 point, Vec2 size, float gap) {
  const float right = point.x + gap, left = point.x - gap - size.x;
  const float below = point.y + gap, above = point.y - gap - size.y;
  const float middle = point.y - size.y / 2;
  std::vector<Rect> places;
  for (const Vec2 corner : {Vec2{right, below}, Vec2{left, below}, Vec2{left, above},
                            Vec2{right, above}, Vec2{right, middle}, Vec2{left, middle}})
    places.push_back({corner.x, corner.y, size.x, size.y});
  return places;
}

void put_note(Frame& f, const Rect& bounds, Vec2 at, const std::string& words, Color color,
              bool below, std::vector<Rect>& taken) {
  const Vec2 size{f.width(words, Font::small) + 1, 18};
  std::vector<Rect> places;
  for (const bool under : {below, !below})
    for (const float gap : {4.0F, 10.0F, 18.0F, 30.0F, 46.0F, 66.0F, 90.0F, 120.0F, 155.0F, 195.0F})
      for (const float left : {at.x - size.x / 2, at.x + 8, at.x - size.x - 8})
        places.push_back({std::clamp(left, bounds.x, std::max(bounds.x, bounds.right() - size.x)),
                          under ? at.y + gap : at.y - gap - size.y, size.x, size.y});
  const auto place = free_place(bounds, places, taken);
  if (!place) return;
  const float end = std::clamp(at.x, place->x + 6, std::max(place->x + 6, place->right() - 6));
  put(f, Path{.points = {at, {end, place->y > at.y ? place->y : place->bottom()}},
              .color = color.with_alpha(0.6F),
              .width = 1});
  put_box(f, place->inset(-3, 0), f.colors.panel.with_alpha(0.85F), 3);  // no grid through words
  put_line(f, *place, words, Font::small, color);
  taken.push_back(*place);
}

void put_arrow_head(Frame& f, Vec2 tip, Vec2 direction, Color color, float size) {
  const Vec2 back = tip - direction * size;
  const Vec2 across{-direction.y * size * 0.6F, direction.x * size * 0.6F};
  put(f, Path{.points = {tip, back + across, back - across}, .color = color, .filled = true});
}

}  // namespace kv::scene
