#include "viz/gl/map_painter.h"

#include <imgui.h>

#include "viz/gl/imgui_versions.h"
#include "viz/scene/map_style.h"

namespace kv::gl {
namespace {

// One direction of a map: `cells` shown as `texels` over `length` pixels from `begin`.
struct Axis {
  float begin, length;
  int cells, texels;
  float gap;

  Axis(float from, float pixels, int count, float wanted_gap)
      : begin(from),
        length(pixels),
        cells(count),
        texels(std::min(count, static_cast<int>(pixels))),
        // A gap is for cells that stay well visible between gaps.
        gap(pixels / static_cast<float>(count) >= wanted_gap + 2 ? wanted_gap : 0) {}

  // The first pixel whose centre is not before the texel's edge.
  float edge(int texel) const {
    return begin + std::ceil(static_cast<float>(texel) * length / static_cast<float>(texels) -
                             0.5F - 1e-3F);
  }
  int first_cell(int texel) const { return texel * cells / texels; }
  int last_cell(int texel) const {
    return std::max(first_cell(texel), ((texel + 1) * cells + texels - 1) / texels - 1);
  }
};

// Texels [x0, x1) x [y0, y1) of the map's range.
struct Part {
  int x0, x1, y0, y1;
};

class MapPainter {
 public:
  MapPainter(const scene::Map& map, ImDrawList& list)
      : map_(map),
        list_(list),
        x_(map.rect.x, map.rect.w, map.column1 - map.column0, map.gap),
        y_(map.rect.y, map.rect.h, map.row1 - map.row0, map.gap) {}

  Pixels texels() const { return {x_.texels, y_.texels}; }

  void cells(const MapBaker::Picture& picture) {
    const auto width = static_cast<float>(picture.size.width);
    const auto height = static_cast<float>(picture.size.height);
    // A nudge, so that no processor's rounding decides about a pixel between two texels.
    const float dx = 1e-3F / width, dy = 1e-3F / height;
    const auto u = [&](float at) {
      return (static_cast<float>(picture.column) +
              (at - x_.begin) * static_cast<float>(x_.texels) / x_.length) /
                 width +
             dx;
    };
    const auto v = [&](float at) {
      return (static_cast<float>(picture.row) +
              (at - y_.begin) * static_cast<float>(y_.texels) / y_.length) /
                 height +
             dy;
    };
    const float alpha = std::clamp(map_.opacity, 0.0F, 1.0F);
    const ImU32 ink = IM_COL32(255, 255, 255, std::lround(255 * alpha));
    rectangles({{0, x_.texels, 0, y_.texels}}, picture.texture, ink, u, v);
  }

  void pattern(const std::vector<Part>& parts, const PatternTiles::Tile& tile, scene::Color color) {
    const auto repeat = [&](float at) { return at / static_cast<float>(tile.period); };
    rectangles(parts, tile.texture.get(), IM_COL32(color.r, color.g, color.b, color.a), repeat,
               repeat);
  }

  // What lies above the diagonal, or what does not. Large rectangles and ever smaller ones along the
  // stairs: a run a row would be as many triangles, but each over all of the width.
  std::vector<Part> parts(bool above) const {
    std::vector<Part> found;
    stairs(above, {0, x_.texels, 0, y_.texels}, found);
    return found;
  }

 private:
  int first_above(int row) const {
    if (!map_.diagonal) return x_.texels;
    const int most = map_.row0 + y_.last_cell(row) + *map_.diagonal;
    int low = 0, high = x_.texels;  // columns grow, so that halving finds it
    while (low < high) {
      const int middle = (low + high) / 2;
      if (map_.column0 + x_.first_cell(middle) > most)
        high = middle;
      else
        low = middle + 1;
    }
    return low;
  }

  // Columns that all rows of the area have in common are one rectangle; the others are for the upper
  // and the lower half of its rows.
  void stairs(bool above, Part area, std::vector<Part>& found) const {
    const auto within = [&](int row) { return std::clamp(first_above(row), area.x0, area.x1); };
    const int first = within(area.y0), last = within(area.y1 - 1);  // no row begins further left
    const Part common = above ? Part{last, area.x1, area.y0, area.y1}
                              : Part{area.x0, first, area.y0, area.y1};
    if (common.x0 < common.x1) found.push_back(common);
    if (first == last) return;
    const int x0 = above ? area.x0 : first, x1 = above ? last : area.x1;
    const int middle = (area.y0 + area.y1) / 2;
    stairs(above, {x0, x1, area.y0, middle}, found);
    stairs(above, {x0, x1, middle, area.y1}, found);
  }

  // With gaps every texel is a rectangle of its own; they begin with their gap, but for the first.
  void rectangles(const std::vector<Part>& parts, Name texture, ImU32 ink, const auto& u,
                  const auto& v) {
    list_.PushTextureID(texture_id(texture));
    for (const Part& part : parts) {
      const int step_x = x_.gap > 0 ? 1 : part.x1 - part.x0;
      const int step_y = y_.gap > 0 ? 1 : part.y1 - part.y0;
      for (int y = part.y0; y < part.y1; y += step_y) {
        const float top = y_.edge(y) + (y > 0 ? y_.gap : 0), bottom = y_.edge(y + step_y);
        const int count = (part.x1 - part.x0) / step_x;
        list_.PrimReserve(6 * count, 4 * count);
        for (int x = part.x0; x < part.x1; x += step_x) {
          const float left = x_.edge(x) + (x > 0 ? x_.gap : 0), right = x_.edge(x + step_x);
          list_.PrimRectUV({left, top}, {right, bottom}, {u(left), v(top)}, {u(right), v(bottom)},
                           ink);
        }
      }
    }
    list_.PopTextureID();
  }

  const scene::Map& map_;
  ImDrawList& list_;
  Axis x_, y_;
};

}  // namespace

void paint_map(const scene::Map& map, scene::Theme theme, const scene::Palette& colors,
               MapBaker& baker, const PatternTiles& tiles, ImDrawList& list) {
  if (map.rect.w < 1 || map.rect.h < 1 || !(map.opacity > 0) || map.row0 >= map.row1 ||
      map.column0 >= map.column1)
    return;
  MapPainter painter(map, list);
  const MapBaker::Picture picture = baker.bake(map, painter.texels(), theme, colors);
  if (!picture.texture) return;
  painter.cells(picture);
  const auto pattern = [&](scene::Look look, bool above) {
    const scene::Pattern kind = scene::pattern_of(look);
    if (kind == scene::Pattern::none) return;
    const float share = scene::line_share(look) * std::min(map.opacity, 1.0F);
    painter.pattern(painter.parts(above), tiles.of(kind),
                    scene::line_color(look, colors).with_alpha(share));
  };
  pattern(map.look, false);
  if (map.diagonal) pattern(scene::Look::masked, true);
}

}  // namespace kv::gl
