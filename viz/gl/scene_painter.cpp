#include "viz/gl/scene_painter.h"

#include <imgui.h>

#include "viz/gl/box_painter.h"
#include "viz/gl/map_painter.h"
#include "viz/gl/path_painter.h"

namespace kv::gl {
namespace {

using scene::Rect;

// Puts one primitive after another into a draw list.
struct Brush {
  const Fonts& fonts;
  BoxTools boxes;
  MapBaker& maps;
  const PatternTiles& tiles;
  scene::Theme theme;
  const scene::Palette& colors;
  float scale;
  ImDrawList& list;
  int clips = 0;

  float snap(float units) const { return std::round(units * scale); }
  float thickness(float units) const {
    return units > 0 ? std::max(1.0F, std::round(units * scale)) : 0;
  }
  // Edges on whole pixels, so that thin lines are sharp and neighbours neither overlap nor part.
  // What has a size keeps at least a pixel of it.
  Rect pixels(const Rect& r) const {
    const float x = snap(r.x), y = snap(r.y);
    const auto length = [&](float from, float to, float size) {
      return size > 0 ? std::max(1.0F, snap(to) - from) : 0;
    };
    return {x, y, length(x, r.right(), r.w), length(y, r.bottom(), r.h)};
  }

  void operator()(const scene::Box& box) const {
    scene::Box in_pixels = box;
    in_pixels.rect = pixels(box.rect);
    in_pixels.radius = snap(box.radius);
    in_pixels.line_width = thickness(box.line_width);
    paint_box(in_pixels, boxes, list);
  }

  void operator()(const scene::Text& text) const {
    ImFont* const font = fonts.get(text.font);
    const float line = scene::info_of(text.font).size * scale;
    const scene::Color c = text.color;
    list.AddText(font, font->FontSize,
                 {snap(text.at.x), std::round(text.at.y * scale + (line - font->FontSize) / 2)},
                 IM_COL32(c.r, c.g, c.b, c.a), text.text.data(),
                 text.text.data() + text.text.size());
  }

  void operator()(const scene::Path& path) const { paint_path(path, scale, list); }

  void operator()(const scene::Map& map) const {
    scene::Map in_pixels = map;
    in_pixels.rect = pixels(map.rect);
    in_pixels.gap = thickness(map.gap);
    paint_map(in_pixels, theme, colors, maps, tiles, list);
  }

  void operator()(const scene::ClipBegin& clip) {
    const Rect r = pixels(clip.rect);
    list.PushClipRect({r.x, r.y}, {r.right(), r.bottom()}, true);
    ++clips;
  }
  void operator()(const scene::ClipEnd&) {
    if (clips == 0) return;
    list.PopClipRect();
    --clips;
  }
};

}  // namespace

void ScenePainter::paint(const scene::Scene& scene, const scene::Palette& colors,
                         float pixels_per_unit, ImDrawList& list) {
  tiles_.prepare(pixels_per_unit);
  Brush brush{.fonts = fonts_,
              .boxes = {corners_, clears_, tiles_},
              .maps = maps_,
              .tiles = tiles_,
              .theme = scene.theme,
              .colors = colors,
              .scale = pixels_per_unit,
              .list = list};
  for (const scene::Primitive& item : scene.items) std::visit(brush, item);
  while (brush.clips > 0) brush(scene::ClipEnd{});
}

}  // namespace kv::gl
