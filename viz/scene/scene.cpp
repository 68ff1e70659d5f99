#include "viz/scene/scene.h"

#include <fmt/format.h>

#include <cmath>

#include "viz/scene/utf8_text.h"

namespace kv::scene {
namespace {

int index_at(float offset, float length, int count) {
  if (count <= 0 || length <= 0) return 0;
  return std::clamp(static_cast<int>(offset / length * static_cast<float>(count)), 0, count - 1);
}

PartId part_at(const Place& place, Vec2 point) {
  PartId part = place.part;
  if (place.columns <= 0) return part;
  const int column =
      place.column0 + static_cast<int>(place.column_step *
                                       static_cast<float>(index_at(point.x - place.rect.x,
                                                                   place.rect.w, place.columns)));
  if (place.rows <= 0) {
    part.a = column;
    return part;
  }
  part.a = place.row0 + static_cast<int>(place.row_step *
                                         static_cast<float>(index_at(point.y - place.rect.y,
                                                                     place.rect.h, place.rows)));
  part.b = column;
  return part;
}

std::string color_text(Color c) {
  return c.a == 0 ? "-" : fmt::format("{:02x}{:02x}{:02x}{:02x}", c.r, c.g, c.b, c.a);
}

std::string rect_text(const Rect& r) {
  return fmt::format("{:.1f},{:.1f} {:.1f}x{:.1f}", r.x, r.y, r.w, r.h);
}

// Of values rounded to what a screen can tell, so that the last bits of a processor do not matter.
std::uint64_t hash_of(const Grid& grid, const Map& map) {
  std::uint64_t hash = 1469598103934665603ULL;
  for (int r = map.row0; r < map.row1; ++r)
    for (int c = map.column0; c < map.column1; ++c) {
      const float value = grid.at(r, c);
      const auto rounded = std::isfinite(value) ? std::llround(value * 2048) : -1;
      hash = (hash ^ static_cast<std::uint64_t>(rounded)) * 1099511628211ULL;
    }
  return hash;
}

struct Writer {
  std::string& out;

  void operator()(const Box& b) const {
    out += fmt::format("box {} fill {} line {} {:g} radius {:g}", rect_text(b.rect),
                       color_text(b.fill), color_text(b.line), b.line_width, b.radius);
    if (b.pattern != Pattern::none)
      out +=
          fmt::format(" pattern {} {}", static_cast<int>(b.pattern), color_text(b.pattern_color));
  }
  void operator()(const Text& t) const {
    out += fmt::format("text {:.1f},{:.1f} font {} {} \"{}\"", t.at.x, t.at.y,
                       static_cast<int>(t.font), color_text(t.color), t.text);
  }
  void operator()(const Path& p) const {
    out += fmt::format("path {} width {:g}{}{} dash {:g}", color_text(p.color), p.width,
                       p.filled ? " filled" : "", p.closed ? " closed" : "", p.dash);
    for (const Vec2 point : p.points) out += fmt::format(" {:.1f},{:.1f}", point.x, point.y);
  }
  void operator()(const Map& m) const {
    out += fmt::format("map {} rows {}-{} columns {}-{} scale {} look {} opacity {:g} gap {:g}",
                       rect_text(m.rect), m.row0, m.row1, m.column0, m.column1,
                       static_cast<int>(m.scale), static_cast<int>(m.look), m.opacity, m.gap);
    if (m.diagonal) out += fmt::format(" diagonal {}", *m.diagonal);
    if (!m.grid || m.row1 <= m.row0 || m.column1 <= m.column0) return;
    out += fmt::format(
        " range {:.3f} {:.3f} corners {:.3f} {:.3f} hash {:016x}", static_cast<double>(m.low),
        static_cast<double>(m.high), static_cast<double>(m.grid->at(m.row0, m.column0)),
        static_cast<double>(m.grid->at(m.row1 - 1, m.column1 - 1)), hash_of(*m.grid, m));
  }
  void operator()(const ClipBegin& c) const { out += "clip " + rect_text(c.rect); }
  void operator()(const ClipEnd&) const { out += "end clip"; }
};

// Words gathered into lines; a word keeps the spaces behind it.
struct Wrapping {
  const FontMetrics& metrics;
  Font font;
  float room;
  std::vector<std::string> lines;
  std::string line, word;

  static std::string trimmed(std::string text) {
    while (text.ends_with(' ')) text.pop_back();
    return text;
  }
  bool fits(const std::string& candidate) const {
    return metrics.width(trimmed(candidate), font) <= room;
  }
  void push() {
    lines.push_back(trimmed(std::move(line)));
    line.clear();
  }
  void end_word() {
    if (!line.empty() && !fits(line + word)) push();
    if (line.empty() && !fits(word)) break_word();
    line += word;
    word.clear();
  }
  // A word longer than a line is broken where the line ends, at least one character a line.
  void break_word() {
    std::string piece;
    for (std::string_view rest = word; !rest.empty();) {
      const std::string_view character = take_character(rest);
      if (!piece.empty() && !fits(piece + std::string(character))) {
        lines.push_back(std::move(piece));
        piece.clear();
      }
      piece += character;
    }
    word = std::move(piece);
  }
  void end_line() {
    end_word();
    if (!line.empty()) push();
  }
};

}  // namespace

PartId hit_test(const Scene& scene, Vec2 point) {
  for (auto place = scene.places.rbegin(); place != scene.places.rend(); ++place)
    if (place->rect.contains(point)) return part_at(*place, point);
  return {};
}

std::optional<Rect> find_part(const Scene& scene, const PartId& part) {
  for (auto place = scene.places.rbegin(); place != scene.places.rend(); ++place) {
    if (place->part.kind != part.kind || place->part.side != part.side) continue;
    if (place->columns <= 0) {
      if (place->part == part) return place->rect;
      continue;
    }
    const bool scale = place->rows <= 0;
    const int rows = std::max(1, place->rows);
    const float r =
        scale ? 0 : std::floor(static_cast<float>(part.a - place->row0) / place->row_step);
    const float c = std::floor(static_cast<float>((scale ? part.a : part.b) - place->column0) /
                               place->column_step);
    if (r < 0 || c < 0 || r >= static_cast<float>(rows) || c >= static_cast<float>(place->columns))
      continue;
    const float w = place->rect.w / static_cast<float>(place->columns);
    const float h = place->rect.h / static_cast<float>(rows);
    return Rect{place->rect.x + c * w, place->rect.y + r * h, w, h};
  }
  return {};
}

std::string to_text(const Scene& scene) {
  std::string out = fmt::format("scene {:g}x{:g} ground {}\n", scene.size.x, scene.size.y,
                                color_text(scene.ground));
  for (const Primitive& item : scene.items) {
    std::visit(Writer{out}, item);
    out += '\n';
  }
  for (const Place& p : scene.places)
    out += fmt::format("place {} {} side {} a {} b {} table {}x{} from {},{}\n",
                       name_of(p.part.kind), rect_text(p.rect), static_cast<int>(p.part.side),
                       p.part.a, p.part.b, p.rows, p.columns, p.row0, p.column0);
  return out;
}

std::vector<std::string> wrap_text(const FontMetrics& metrics, const std::string& text, Font font,
                                   float room) {
  Wrapping wrapping{metrics, font, room, {}, {}, {}};
  std::string_view before;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view character = take_character(rest);
    if (character == "\n") {
      wrapping.end_line();
    } else {
      if ((before == " " && character != " ") || (!before.empty() && may_break(before, character)))
        wrapping.end_word();
      wrapping.word += character;
    }
    before = character;
  }
  wrapping.end_line();
  return wrapping.lines;
}

}  // namespace kv::scene
