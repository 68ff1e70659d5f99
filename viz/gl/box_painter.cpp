#include "viz/gl/box_painter.h"

#include <imgui.h>

#include "viz/gl/imgui_versions.h"

namespace kv::gl {
namespace {

using scene::Rect;

ImU32 packed(scene::Color c) { return IM_COL32(c.r, c.g, c.b, c.a); }

// Pixels from which on a rectangle is worth an interruption of the draw list.
constexpr float worth_clearing = 3000;

struct BoxPainter {
  const BoxTools& tools;
  ImDrawList& list;

  void area(float left, float top, float right, float bottom, ImU32 ink) const {
    if (right > left && bottom > top) list.AddRectFilled({left, top}, {right, bottom}, ink);
  }

  // A corner's tile and its mirror images at the box's four corners.
  void round(const Rect& r, float radius, const Corners::Tile& t, ImU32 ink) const {
    const float x0 = r.x, x1 = r.right() - radius, y0 = r.y, y1 = r.bottom() - radius;
    list.PrimReserve(4 * 6, 4 * 4);
    const auto put = [&](float x, float y, ImVec2 uv0, ImVec2 uv1) {
      list.PrimRectUV({x, y}, {x + radius, y + radius}, uv0, uv1, ink);
    };
    put(x0, y0, {t.u0, t.v0}, {t.u1, t.v1});
    put(x1, y0, {t.u1, t.v0}, {t.u0, t.v1});
    put(x0, y1, {t.u0, t.v1}, {t.u1, t.v0});
    put(x1, y1, {t.u1, t.v1}, {t.u0, t.v0});
  }

  void surface(const Rect& r, scene::Color color) const {
    if (color.a == 255 && r.w * r.h >= worth_clearing)
      tools.clears.add(r, color, list);
    else
      area(r.x, r.y, r.right(), r.bottom(), packed(color));
  }

  void fill(const Rect& r, float radius, scene::Color color) const {
    const auto tile = tools.corners.find(static_cast<int>(radius), 0);
    if (radius > 0 && !tile) {
      list.AddRectFilled({r.x, r.y}, {r.right(), r.bottom()}, packed(color), radius);
      return;
    }
    const float inner = r.w - 2 * radius;
    surface({r.x, r.y + radius, r.w, r.h - 2 * radius}, color);
    surface({r.x + radius, r.y, inner, radius}, color);
    surface({r.x + radius, r.bottom() - radius, inner, radius}, color);
    if (tile) round(r, radius, *tile, packed(color));
  }

  // Inside the rectangle.
  void outline(const Rect& r, float radius, float width, ImU32 ink) const {
    width = std::min({width, r.w / 2, r.h / 2});
    const auto tile = tools.corners.find(static_cast<int>(radius), static_cast<int>(width));
    if (radius > 0 && !tile) {
      // ImGui draws along a line half a pixel inside.
      const float inset = (width - 1) / 2;
      list.AddRect({r.x + inset, r.y + inset}, {r.right() - inset, r.bottom() - inset}, ink,
                   std::max(0.0F, radius - inset), 0, width);
      return;
    }
    const float in = std::max(radius, width);  // where the upright lines begin
    area(r.x + radius, r.y, r.right() - radius, r.y + width, ink);
    area(r.x + radius, r.bottom() - width, r.right() - radius, r.bottom(), ink);
    area(r.x, r.y + in, r.x + width, r.bottom() - in, ink);
    area(r.right() - width, r.y + in, r.right(), r.bottom() - in, ink);
    if (tile) round(r, radius, *tile, ink);
  }
};

}  // namespace

void paint_box(const scene::Box& box, const BoxTools& tools, ImDrawList& list) {
  const Rect& r = box.rect;
  if (r.w <= 0 || r.h <= 0) return;
  const BoxPainter painter{tools, list};
  const float radius = std::floor(std::min({box.radius, r.w / 2, r.h / 2}));
  if (box.fill.a) painter.fill(r, radius, box.fill);
  if (box.pattern != scene::Pattern::none && box.pattern_color.a) {
    const PatternTiles::Tile& tile = tools.tiles.of(box.pattern);
    const auto period = static_cast<float>(tile.period);
    list.AddImageRounded(texture_id(tile.texture.get()), {r.x, r.y}, {r.right(), r.bottom()},
                         {r.x / period, r.y / period}, {r.right() / period, r.bottom() / period},
                         packed(box.pattern_color), radius);
  }
  if (box.line.a && box.line_width > 0)
    painter.outline(r, radius, box.line_width, packed(box.line));
}

}  // namespace kv::gl
