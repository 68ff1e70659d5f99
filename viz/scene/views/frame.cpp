#include "viz/scene/views/frame.h"

#include <fmt/format.h>

#include <cmath>

#include "viz/scene/number_text.h"

namespace kv::scene {

void put(Frame& f, Primitive item) { f.scene.items.push_back(std::move(item)); }

float put_text(Frame& f, Vec2 at, std::string_view text, Font font, Color color, Align align) {
  if (text.empty()) return 0;
  const float width = f.width(text, font);
  if (align == Align::center) at.x -= width / 2;
  if (align == Align::right) at.x -= width;
  put(f, Text{at, std::string(text), font, color});
  return width;
}

float put_line(Frame& f, const Rect& area, std::string_view text, Font font, Color color,
               Align align) {
  const std::string fitting = fit_text(f.metrics, text, font, area.w);
  const float x = align == Align::left    ? area.x
                  : align == Align::right ? area.right()
                                          : area.center().x;
  return put_text(f, {x, area.y + (area.h - info_of(font).size) / 2}, fitting, font, color, align);
}

void put_box(Frame& f, const Rect& rect, Color fill, float radius) {
  put(f, Box{.rect = rect, .fill = fill, .radius = radius});
}

void put_outline(Frame& f, const Rect& rect, Color line, float line_width, float radius) {
  put(f, Box{.rect = rect, .line = line, .line_width = line_width, .radius = radius});
}

void put_panel(Frame& f, const Rect& rect) {
  put(f, Box{.rect = rect, .fill = f.colors.panel, .line = f.colors.border, .radius = 8});
}

void put_place(Frame& f, const Rect& rect, PartId part) {
  f.scene.places.push_back({.rect = rect, .part = part});
}

void put_button(Frame& f, const Rect& rect, std::string_view words, PartId part, bool on,
                Font font) {
  const bool over = hovered(f, part);
  put(f, Box{.rect = rect,
             .fill = on ? f.colors.accent : over ? f.colors.raised : f.colors.panel,
             .line = over && !on ? f.colors.accent : on ? f.colors.accent : f.colors.border,
             .radius = 6});
  put_line(f, rect.inset(6, 0), words, font, on ? f.colors.accent_text : f.colors.text,
           Align::center);
  put_place(f, rect, part);
}

float put_runs(Frame& f, Vec2 at, std::initializer_list<TextRun> runs, Align align) {
  float width = 0, tallest = 0;
  for (const TextRun& run : runs) {
    width += f.width(run.text, run.font);
    tallest = std::max(tallest, info_of(run.font).size);
  }
  if (align == Align::center) at.x -= width / 2;
  if (align == Align::right) at.x -= width;
  for (const TextRun& run : runs) {
    // A line's baseline lies at about four fifths of its height.
    const float lower = (tallest - info_of(run.font).size) * 0.8F;
    at.x += put_text(f, {at.x, at.y + lower}, run.text, run.font, run.color);
  }
  return width;
}

void put_cell_number(Frame& f, const Rect& cell, float value, Color under) {
  constexpr Color light = rgb(0xFFFFFF), dark = rgb(0x101010);
  std::string text = fmt::format("{:.2f}", value);
  if (text == "-0.00") text = "0.00";
  if (text.starts_with('-')) text.replace(0, 1, "\u2212");
  put_line(f, cell, text, Font::tiny, contrast(light, under) > contrast(dark, under) ? light : dark,
           Align::center);
}

std::string value_text(double value) {
  const double size = std::fabs(value);
  std::string text;
  if (value == 0)
    text = "0";
  else if (size < 0.001 || size >= 100000)
    text = fmt::format("{:.1e}", value);
  else
    text = fmt::format("{:.{}f}", value, size < 10 ? 3 : size < 100 ? 2 : size < 1000 ? 1 : 0);
  if (text.starts_with('-')) text.replace(0, 1, "\u2212");
  return text;
}

std::string ratio_text(core::Uint128 a, core::Uint128 b) {
  if (b == 0) return {};
  const double ratio = core::to_double(a) / core::to_double(b);
  if (ratio >= 99.95) return grouped_text((2 * a + b) / (2 * b)) + "\u00D7";
  return fmt::format("{:.{}f}\u00D7", ratio, ratio < 9.995 ? 2 : 1);
}

}  // namespace kv::scene
