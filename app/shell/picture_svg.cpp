#include "app/shell/picture_svg.h"

#include <fmt/format.h>

#include <map>

#include "app/shell/map_cells.h"
#include "viz/gl/image.h"

namespace kv::app {
namespace {

using scene::Color;
using scene::Pattern;
using scene::Rect;

// Beyond so many cells a map is a picture within the picture.
constexpr int most_shapes = 64 * 64;
// Of the line's height, as the window sets text: letters' size, and the baseline from the top.
constexpr float letter_share = 0.942F;
constexpr float baseline_share = 0.843F;

std::string hex(Color c) { return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b); }

std::string paint(const char* property, Color c) {
  if (c.a == 0) return fmt::format(" {}=\"none\"", property);
  std::string text = fmt::format(" {}=\"{}\"", property, hex(c));
  if (c.a < 255) text += fmt::format(" {}-opacity=\"{:.3g}\"", property, c.a / 255.0);
  return text;
}

std::string place(const Rect& r) {
  return fmt::format(" x=\"{:.5g}\" y=\"{:.5g}\" width=\"{:.5g}\" height=\"{:.5g}\"", r.x, r.y, r.w,
                     r.h);
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned three = 0;
    for (std::size_t k = 0; k < 3; ++k)
      three = three << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k <= bytes.size() ? letters[three >> (18 - 6 * k) & 63U] : '=';
  }
  return out;
}

class Writer {
 public:
  Writer(const scene::Scene& scene, const scene::Palette& colors, const scene::FontMetrics& metrics)
      : scene_(scene), colors_(colors), metrics_(metrics) {}

  std::string write() {
    for (const scene::Primitive& item : scene_.items)
      std::visit([this](const auto& shape) { put(shape); }, item);
    for (; open_clips_ > 0; --open_clips_) body_ += "</g>\n";
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.5g} {1:.5g}\" "
        "width=\"{0:.5g}\" "
        "height=\"{1:.5g}\" font-family=\"Inter, 'DejaVu Sans', 'Droid Sans Fallback', 'Noto Sans "
        "CJK SC', sans-serif\">\n<style>text {{ white-space: pre; font-feature-settings: 'tnum'; "
        "}}</style>\n<defs>\n{2}</defs>\n<rect width=\"{0:.5g}\" "
        "height=\"{1:.5g}\"{3}/>\n{4}</svg>\n",
        scene_.size.x, scene_.size.y, definitions_, paint("fill", scene_.ground), body_);
  }

 private:
  // The name of a pattern's definition, made when it is first wanted.
  std::string pattern(Pattern kind, Color color) {
    const auto key = std::tuple(kind, color.r, color.g, color.b, color.a);
    if (const auto found = patterns_.find(key); found != patterns_.end()) return found->second;
    const std::string id = fmt::format("p{}", patterns_.size());
    patterns_[key] = id;
    const float pitch = kind == Pattern::dots ? 9.0F : kind == Pattern::hatch ? 6.0F : 5.0F;
    std::string marks;
    if (kind == Pattern::dots)
      marks = fmt::format("<rect x=\"4\" y=\"4\" width=\"1.5\" height=\"1.5\"{}/>",
                          paint("fill", color));
    else
      marks = fmt::format("<rect width=\"1.1\" height=\"{:.5g}\"{}/>", pitch, paint("fill", color));
    const int turn = kind == Pattern::hatch ? 45 : kind == Pattern::diagonal ? -45 : 0;
    definitions_ += fmt::format(
        "<pattern id=\"{0}\" width=\"{1:.5g}\" height=\"{1:.5g}\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate({2})\">{3}</pattern>\n",
        id, pitch, turn, marks);
    return id;
  }

  void put_pattern(const Rect& rect, Pattern kind, Color color, float radius = 0) {
    if (kind == Pattern::none || color.a == 0) return;
    body_ += fmt::format("<rect{} rx=\"{:.4g}\" fill=\"url(#{})\"/>\n", place(rect), radius,
                         pattern(kind, color));
  }

  void put(const scene::Box& box) {
    if (box.rect.w <= 0 || box.rect.h <= 0) return;
    const float radius = std::min({box.radius, box.rect.w / 2, box.rect.h / 2});
    if (box.fill.a)
      body_ += fmt::format("<rect{} rx=\"{:.4g}\"{}/>\n", place(box.rect), radius,
                           paint("fill", box.fill));
    put_pattern(box.rect, box.pattern, box.pattern_color, radius);
    if (!box.line.a) return;
    body_ += fmt::format("<rect{} rx=\"{:.4g}\" fill=\"none\" stroke-width=\"{:.4g}\"{}/>\n",
                         place(box.rect.inset(box.line_width / 2)), radius, box.line_width,
                         paint("stroke", box.line));
  }

  void put(const scene::Text& text) {
    if (text.text.empty()) return;
    const scene::FontInfo info = scene::info_of(text.font);
    body_ += fmt::format(
        "<text xml:space=\"preserve\" x=\"{:.5g}\" y=\"{:.5g}\" font-size=\"{:.4g}\" font-weight=\"{}\" "
        "textLength=\"{:.5g}\" lengthAdjust=\"spacingAndGlyphs\"{}>{}</text>\n",
        text.at.x, text.at.y + info.size * baseline_share, info.size * letter_share,
        info.bold ? 600 : 400, metrics_.width(text.text, text.font), paint("fill", text.color),
        escaped(text.text));
  }

  void put(const scene::Path& path) {
    if (path.points.size() < 2) return;
    std::string points;
    for (const scene::Vec2 p : path.points) points += fmt::format("{:.5g},{:.5g} ", p.x, p.y);
    const char* const shape = path.closed || path.filled ? "polygon" : "polyline";
    body_ += fmt::format("<{} points=\"{}\"", shape, points);
    if (path.filled) {
      body_ += paint("fill", path.color);
    } else {
      body_ += fmt::format(" fill=\"none\" stroke-width=\"{:.4g}\"{}", path.width,
                           paint("stroke", path.color));
      if (path.dash > 0) body_ += fmt::format(" stroke-dasharray=\"{:.4g}\"", path.dash);
    }
    body_ += "/>\n";
  }

  void put(const scene::Map& map) {
    const int rows = map.row1 - map.row0, columns = map.column1 - map.column0;
    if (!map.grid || rows <= 0 || columns <= 0) return;
    if (map.opacity < 1) body_ += fmt::format("<g opacity=\"{:.3g}\">\n", map.opacity);
    if (rows * columns <= most_shapes)
      put_cells(map, rows, columns);
    else
      put_image(map, rows, columns);
    if (map.opacity < 1) body_ += "</g>\n";
  }

  void put_cells(const scene::Map& map, int rows, int columns) {
    const float w = map.rect.w / static_cast<float>(columns);
    const float h = map.rect.h / static_cast<float>(rows);
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < columns; ++c) {
        const CellLook look = look_of(map, map.row0 + r, map.column0 + c, scene_.theme, colors_);
        const float left = c > 0 ? map.gap : 0, top = r > 0 ? map.gap : 0;
        const Rect cell{map.rect.x + static_cast<float>(c) * w + left,
                        map.rect.y + static_cast<float>(r) * h + top, w - left, h - top};
        body_ += fmt::format("<rect{} shape-rendering=\"crispEdges\"{}/>\n", place(cell),
                             paint("fill", look.color));
        put_pattern(cell, look.pattern, look.pattern_color);
      }
    }
  }

  void put_image(const scene::Map& map, int rows, int columns) {
    gl::Image image{columns, rows, {}};
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < columns; ++c) {
        const Color color =
            look_of(map, map.row0 + r, map.column0 + c, scene_.theme, colors_).color;
        image.rgba.insert(image.rgba.end(), {color.r, color.g, color.b, 255});
      }
    }
    body_ += fmt::format(
        "<image{} preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" "
        "href=\"data:image/png;base64,{}\"/>\n",
        place(map.rect), base64(gl::encode_png(image)));
  }

  void put(const scene::ClipBegin& clip) {
    const std::string id = fmt::format("c{}", clips_++);
    definitions_ += fmt::format("<clipPath id=\"{}\"><rect{}/></clipPath>\n", id, place(clip.rect));
    body_ += fmt::format("<g clip-path=\"url(#{})\">\n", id);
    ++open_clips_;
  }
  void put(const scene::ClipEnd&) {
    if (open_clips_ == 0) return;
    body_ += "</g>\n";
    --open_clips_;
  }

  const scene::Scene& scene_;
  const scene::Palette& colors_;
  const scene::FontMetrics& metrics_;
  std::string body_, definitions_;
  std::map<std::tuple<Pattern, int, int, int, int>, std::string> patterns_;
  int clips_ = 0, open_clips_ = 0;
};

}  // namespace

std::string to_svg(const scene::Scene& scene, const scene::Palette& colors,
                   const scene::FontMetrics& metrics) {
  return Writer(scene, colors, metrics).write();
}

}  // namespace kv::app
