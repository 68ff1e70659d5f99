// Axes of a plot, linear or logarithmic: where a value stands, what stands at a place, and the grid
// with its figures.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "viz/scene/views/frame.h"

namespace kv::scene {

// low < high; where `log`, both above 0.
struct Axis {
  double low = 0, high = 1;
  bool log = false;
  bool whole = false;  // counts things: no figure twice

  // 0 at low, 1 at high, beyond them outside. On a logarithmic axis what is not above 0 counts as
  // `low`.
  double share(double value) const;
  double value(double share) const;
};

struct PlotAxes {
  Rect plot;
  Axis x, y;

  float x_at(double value) const;
  // Clamped to the plot's height, so that no curve leaves it.
  float y_at(double value) const;
  Vec2 at(double x_value, double y_value) const { return {x_at(x_value), y_at(y_value)}; }
  // The inverse of at(), x and y in the axes' units.
  Vec2 values_at(Vec2 point) const;
};

// 2, 5 or 10 times a power of ten: at least `rough`, which must be above 0.
double round_step(double rough);

// Round values within the axis, ascending, about `most` of them and hardly more: on a logarithmic
// axis powers of ten, with 2 and 5 between them where there is room; where so few are within that
// they say little, as on a linear one.
std::vector<double> ticks_of(const Axis& axis, int most);

// Whole decades around both values, which must be above 0.
Axis decades_around(double low, double high);
// From 0 to a round value that leaves some room above `high`, which must be above 0.
Axis linear_up_to(double high);

// "1 TFLOP" of "1.00 TFLOP": a tick's figure without the digits that say nothing.
std::string tick_text(std::string figure);

struct AxisText {
  std::function<std::string(double)> x, y;  // a tick's figure
};
// Lines and figures: y's to the left of the plot, in `label_width` units; x's below it, those that
// would touch the one before left out.
void draw_axes(Frame& f, const PlotAxes& axes, const AxisText& text, float label_width);

// The first of the candidates that lies within `bounds` and on none of `taken`, or nothing.
std::optional<Rect> free_place(const Rect& bounds, std::span<const Rect> candidates,
                               std::span<const Rect> taken);
// Where words of that size may stand beside a point `gap` units away: below right, below left,
// above left, above right, then straight right and left.
std::vector<Rect> places_beside(Vec2 point, Vec2 size, float gap);

// Words for a point, below or above it, as near as there is room, with a thin line to them; left
// out where there is none. Their place is added to `taken`.
void put_note(Frame& f, const Rect& bounds, Vec2 at, const std::string& words, Color color,
              bool below, std::vector<Rect>& taken);

// A head of an arrow, its tip at `tip`, pointing along `direction` (of length 1).
void put_arrow_head(Frame& f, Vec2 tip, Vec2 direction, Color color, float size = 9);

}  // namespace kv::scene
