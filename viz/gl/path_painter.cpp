#include "viz/gl/path_painter.h"

#include <imgui.h>

namespace kv::gl {
namespace {

struct Pen {
  ImDrawList& list;
  ImU32 ink;
  float width;  // pixels

  // Along an axis: pixels that are either covered or not.
  void sharp(ImVec2 a, ImVec2 b) const {
    const float whole = std::max(1.0F, std::round(width)), back = std::floor(whole / 2);
    const float x0 = std::round(std::min(a.x, b.x)), x1 = std::round(std::max(a.x, b.x));
    const float y0 = std::round(std::min(a.y, b.y)), y1 = std::round(std::max(a.y, b.y));
    if (a.y == b.y)
      list.AddRectFilled({x0, y0 - back}, {x1, y0 - back + whole}, ink);
    else
      list.AddRectFilled({x0 - back, y0}, {x0 - back + whole, y1}, ink);
  }
  void line(ImVec2 a, ImVec2 b) const {
    if (a.x == b.x || a.y == b.y)
      sharp(a, b);
    else
      list.AddLine(a, b, ink, width);
  }
};

// Every second piece of `dash` pixels, from corner to corner without starting anew.
void paint_dashes(const Pen& pen, const std::vector<ImVec2>& points, bool closed, float dash) {
  constexpr float most_pieces = 4096;
  float phase = 0;
  for (std::size_t i = 0; i + 1 < points.size() + (closed ? 1 : 0); ++i) {
    const ImVec2 a = points[i], b = points[(i + 1) % points.size()];
    const float dx = b.x - a.x, dy = b.y - a.y, length = std::sqrt(dx * dx + dy * dy);
    if (!(length > 0)) continue;
    if (length > most_pieces * dash) {
      pen.line(a, b);
      continue;
    }
    for (float at = -phase; at < length; at += 2 * dash) {
      const float from = std::max(0.0F, at) / length, to = std::min(length, at + dash) / length;
      if (to > from) pen.line({a.x + dx * from, a.y + dy * from}, {a.x + dx * to, a.y + dy * to});
    }
    phase = std::fmod(phase + length, 2 * dash);
  }
}

float twice_area(const std::vector<ImVec2>& points) {
  float sum = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const ImVec2 a = points[i], b = points[(i + 1) % points.size()];
    sum += a.x * b.y - b.x * a.y;
  }
  return sum;
}

}  // namespace

void paint_path(const scene::Path& path, float pixels_per_unit, ImDrawList& list) {
  if (path.points.size() < 2 || path.color.a == 0) return;
  const scene::Color c = path.color;
  const Pen pen{list, IM_COL32(c.r, c.g, c.b, c.a), std::max(1.0F, path.width * pixels_per_unit)};
  std::vector<ImVec2> points;
  points.reserve(path.points.size());
  for (const scene::Vec2 p : path.points)
    points.emplace_back(p.x * pixels_per_unit, p.y * pixels_per_unit);
  if (path.filled) {
    // ImGui smooths the outer side of a shape only if it is wound clockwise.
    if (twice_area(points) < 0) std::ranges::reverse(points);
    list.AddConvexPolyFilled(points.data(), static_cast<int>(points.size()), pen.ink);
  } else if (path.dash > 0) {
    paint_dashes(pen, points, path.closed, std::max(1.0F, path.dash * pixels_per_unit));
  } else if (points.size() == 2) {
    pen.line(points[0], points[1]);
  } else {
    list.AddPolyline(points.data(), static_cast<int>(points.size()), pen.ink,
                     path.closed ? ImDrawFlags_Closed : ImDrawFlags_None, pen.width);
  }
}

}  // namespace kv::gl
