#include "app/logic/lesson/drawing.h"

#include <algorithm>
#include <cmath>

namespace kv::app {

void add_to_drawing(std::vector<scene::Vec2>& drawing, scene::Vec2 value) {
  if (!(value.x >= 1) || !(value.y > 0)) return;
  // A stroke over what was drawn replaces it; the curve stays a function of n.
  std::erase_if(drawing, [&](const scene::Vec2& p) {
    return std::fabs(std::log(p.x) - std::log(value.x)) < 0.02F;
  });
  drawing.insert(std::ranges::upper_bound(drawing, value.x, {}, &scene::Vec2::x), value);
}

std::optional<double> drawn_exponent(const std::vector<scene::Vec2>& drawing, double reach) {
  if (drawing.size() < 5) return {};
  const double count = static_cast<double>(drawing.size());
  double mx = 0, my = 0;
  for (const auto& p : drawing) {
    mx += std::log(static_cast<double>(p.x)) / count;
    my += std::log(static_cast<double>(p.y)) / count;
  }
  double xx = 0, xy = 0;
  for (const auto& p : drawing) {
    const double x = std::log(static_cast<double>(p.x)) - mx;
    xx += x * x;
    xy += x * (std::log(static_cast<double>(p.y)) - my);
  }
  // A dot or a short dash says nothing of growth. A whole axis spreads by reach^2 / 12.
  if (xx / count < std::min(0.1, 0.25 * reach * reach / 12)) return {};
  return xy / xx;
}

}  // namespace kv::app
