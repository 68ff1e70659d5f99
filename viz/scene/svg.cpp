#include "viz/scene/svg.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

#include "viz/scene/map_style.h"
#include "viz/scene/svg_text.h"

namespace kv::scene {
namespace {

using svg::number;
using svg::paint;
using svg::place;

// Of the line's height, as the renderer sets Inter in it: letters' size, and the baseline from the
// top.
constexpr float letter_share = 0.942F, baseline_share = 0.843F;

// Shapes as they come, and the definitions they refer to.
class Writer {
 public:
  Writer(const Scene& scene, const Palette& colors, const FontMetrics& metrics,
         const EncodePng& encode_png)
      : scene_(scene), colors_(colors), metrics_(metrics), encode_png_(encode_png) {}

  std::string write() {
    for (const Primitive& item : scene_.items)
      std::visit([this](const auto& shape) { put(shape); }, item);
    while (open_clips_ > 0) put(ClipEnd{});
    const std::string width = number(scene_.size.x), height = number(scene_.size.y);
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
        "height=\"{1}\" font-family=\"Inter, 'DejaVu Sans', 'Droid Sans Fallback', 'Noto Sans CJK "
        "SC', sans-serif\">\n"
        "<style>text {{ white-space: pre; font-feature-settings: 'tnum'; }}</style>\n"
        "<defs>\n{2}</defs>\n<rect width=\"{0}\" height=\"{1}\"{3}/>\n{4}</svg>\n",
        width, height, definitions_, paint("fill", scene_.ground), body_);
  }

 private:
  // The name of a pattern's definition, made when it is first wanted.
  std::string pattern(Pattern kind, Color color) {
    const auto key = std::tuple(kind, color.r, color.g, color.b, color.a);
    const auto [at, is_new] = patterns_.try_emplace(key, fmt::format("p{}", patterns_.size()));
    if (!is_new) return at->second;
    const PatternStyle style = style_of(kind);
    const float p = style.period;
    std::string marks;
    if (kind == Pattern::dots) {
      marks =
          fmt::format("<rect{}{}/>", place({p / 2 - 0.5F, p / 2 - 0.5F, style.line, style.line}),
                      paint("fill", color));
    } else {
      // A line from corner to corner, and the ends of its neighbours at the other two.
      const bool rising = kind == Pattern::hatch;
      const auto line = [&](float x0, float x1) {
        return fmt::format("M{},{} L{},{} ", number(x0), number(rising ? p + 1 : -1), number(x1),
                           number(rising ? -1 : p + 1));
      };
      marks = fmt::format("<path d=\"{}{}{}\" stroke-width=\"{}\"{}/>", line(-1, p + 1),
                          line(-1 - p, 1), line(p - 1, 2 * p + 1), number(style.line),
                          paint("stroke", color));
    }
    definitions_ += fmt::format(
        "<pattern id=\"{0}\" width=\"{1}\" height=\"{1}\" patternUnits=\"userSpaceOnUse\">{2}"
        "</pattern>\n",
        at->second, number(p), marks);
    return at->second;
  }

  void put_pattern(const Rect& rect, Pattern kind, Color color, float radius = 0) {
    if (kind == Pattern::none || color.a == 0 || rect.w <= 0 || rect.h <= 0) return;
    body_ += fmt::format("<rect{}{} fill=\"url(#{})\"/>\n", place(rect), rounded(radius),
                         pattern(kind, color));
  }

  static std::string rounded(float radius) {
    return radius > 0 ? fmt::format(" rx=\"{}\"", number(radius)) : std::string();
  }

  void put(const Box& box) {
    if (box.rect.w <= 0 || box.rect.h <= 0) return;
    const float radius = std::min({box.radius, box.rect.w / 2, box.rect.h / 2});
    if (box.fill.a)
      body_ +=
          fmt::format("<rect{}{}{}/>\n", place(box.rect), rounded(radius), paint("fill", box.fill));
    put_pattern(box.rect, box.pattern, box.pattern_color, radius);
    if (box.line.a == 0 || box.line_width <= 0) return;
    const float half = box.line_width / 2;  // the line lies inside
    body_ += fmt::format("<rect{}{} fill=\"none\" stroke-width=\"{}\"{}/>\n",
                         place(box.rect.inset(half)), rounded(std::max(0.0F, radius - half)),
                         number(box.line_width), paint("stroke", box.line));
  }

  void put(const Text& text) {
    if (text.text.empty() || text.color.a == 0) return;
    const FontInfo info = info_of(text.font);
    body_ += fmt::format(
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" font-weight=\"{}\" textLength=\"{}\" "
        "lengthAdjust=\"spacingAndGlyphs\"{}>{}</text>\n",
        number(text.at.x), number(text.at.y + info.size * baseline_share),
        number(info.size * letter_share), info.bold ? 600 : 400,
        number(metrics_.width(text.text, text.font)), paint("fill", text.color),
        svg::escaped(text.text));
  }

  void put(const Path& path) {
    if (path.points.size() < 2 || path.color.a == 0) return;
    std::string points;
    for (const Vec2 p : path.points) points += fmt::format("{},{} ", number(p.x), number(p.y));
    points.pop_back();
    body_ += fmt::format("<{} points=\"{}\"", path.closed || path.filled ? "polygon" : "polyline",
                         points);
    if (path.filled) {
      body_ += paint("fill", path.color);
    } else {
      body_ += fmt::format(" fill=\"none\" stroke-width=\"{}\"{}", number(path.width),
                           paint("stroke", path.color));
      if (path.dash > 0) body_ += fmt::format(" stroke-dasharray=\"{}\"", number(path.dash));
    }
    body_ += "/>\n";
  }

  void put(const Map& map) {
    const int rows = map.row1 - map.row0, columns = map.column1 - map.column0;
    if (!map.grid || rows <= 0 || columns <= 0 || map.opacity <= 0) return;
    body_ += map.opacity < 1 ? fmt::format("<g opacity=\"{:.3g}\">\n", map.opacity) : "<g>\n";
    if (static_cast<std::int64_t>(rows) * columns <= most_svg_cells)
      put_cells(map, rows, columns);
    else
      put_image(map, rows, columns);
    put_looks(map, rows, columns);
    body_ += "</g>\n";
  }

  Color color_of(const Map& map, int row, int column) const {
    const Look look = is_hidden(map, row, column) ? Look::masked : map.look;
    return cell_color(map.grid->at(row, column), map, look, scene_.theme, colors_);
  }

  // Cells [column0, column1) of a row of the map; but for the first it begins with a gap.
  static Rect cells_rect(const Map& map, int row, int column0, int column1, int rows, int columns) {
    const float w = map.rect.w / static_cast<float>(columns);
    const float h = map.rect.h / static_cast<float>(rows);
    const float left = column0 > 0 ? map.gap : 0, top = row > 0 ? map.gap : 0;
    return {map.rect.x + static_cast<float>(column0) * w + left,
            map.rect.y + static_cast<float>(row) * h + top,
            static_cast<float>(column1 - column0) * w - left, h - top};
  }

  void put_cells(const Map& map, int rows, int columns) {
    body_ += "<g shape-rendering=\"crispEdges\">\n";
    for (int r = 0; r < rows; ++r)
      for (int c = 0; c < columns; ++c)
        body_ += fmt::format("<rect{}{}/>\n", place(cells_rect(map, r, c, c + 1, rows, columns)),
                             paint("fill", color_of(map, map.row0 + r, map.column0 + c)));
    body_ += "</g>\n";
  }

  void put_image(const Map& map, int rows, int columns) {
    std::vector<std::uint8_t> rgba;
    for (int r = 0; r < rows; ++r)
      for (int c = 0; c < columns; ++c) {
        const Color color = color_of(map, map.row0 + r, map.column0 + c);
        rgba.insert(rgba.end(), {color.r, color.g, color.b, 255});
      }
    body_ += fmt::format(
        "<image{} preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" "
        "href=\"data:image/png;base64,{}\"/>\n",
        place(map.rect), svg::base64(encode_png_(columns, rows, rgba)));
  }

  // The patterns of looks: a run of equal cells a row, or of each cell where there are gaps.
  void put_looks(const Map& map, int rows, int columns) {
    for (int r = 0; r < rows; ++r) {
      int split = columns;
      if (map.diagonal)
        split = std::clamp(map.row0 + r + *map.diagonal - map.column0 + 1, 0, columns);
      put_look(map, map.look, r, 0, split, rows, columns);
      put_look(map, Look::masked, r, split, columns, rows, columns);
    }
  }

  void put_look(const Map& map, Look look, int row, int begin, int end, int rows, int columns) {
    const Pattern kind = pattern_of(look);
    if (kind == Pattern::none || begin >= end) return;
    const Color ink = line_color(look, colors_).with_alpha(line_share(look));
    const int step = map.gap > 0 ? 1 : end - begin;
    for (int c = begin; c < end; c += step)
      put_pattern(cells_rect(map, row, c, c + step, rows, columns), kind, ink);
  }

  void put(const ClipBegin& clip) {
    const std::string id = fmt::format("c{}", clips_++);
    definitions_ += fmt::format("<clipPath id=\"{}\"><rect{}/></clipPath>\n", id, place(clip.rect));
    body_ += fmt::format("<g clip-path=\"url(#{})\">\n", id);
    ++open_clips_;
  }
  void put(const ClipEnd&) {
    if (open_clips_ == 0) return;
    body_ += "</g>\n";
    --open_clips_;
  }

  const Scene& scene_;
  const Palette& colors_;
  const FontMetrics& metrics_;
  const EncodePng& encode_png_;
  std::string body_, definitions_;
  std::map<std::tuple<Pattern, int, int, int, int>, std::string> patterns_;
  int clips_ = 0, open_clips_ = 0;
};

}  // namespace

std::string to_svg(const Scene& scene, const Palette& colors, const FontMetrics& metrics,
                   const EncodePng& encode_png) {
  return Writer(scene, colors, metrics, encode_png).write();
}

}  // namespace kv::scene
