#include "viz/scene/views/control_choice.h"

#include <span>


namespace kv::scene {
namespace {

constexpr float between = 4;  // options
constexpr float around = 12;  // the words of an option, both sides together
constexpr float apart = 10;   // name and options

float option_width(const Frame& f, const std::string& words) {
  // Bold where chosen: rows must not move when another is.
  return f.width(words, Font::small_bold) + around;
}

// Widths of [first, last) with what is left over of the room shared out.
void place_row(OptionRows& rows, std::span<const float> widths, Rect row) {
  float used = between * static_cast<float>(widths.size() - 1);
  for (const float width : widths) used += width;
  const float extra = (row.w - used) / static_cast<float>(widths.size());
  for (const float width : widths) rows.places.push_back(row.take_left(width + extra, between));
}

// As many rows as are needed, no fewer options in the last ones than must be.
std::size_t rows_needed(std::span<const float> widths, float room) {
  std::size_t rows = 1;
  float used = 0;
  for (const float width : widths) {
    if (used > 0 && used + between + width > room) ++rows, used = 0;
    used += (used > 0 ? between : 0) + width;
  }
  return rows;
}

// The narrowest rows that need no more of them: the options spread evenly.
float even_room(std::span<const float> widths, float room) {
  const std::size_t rows = rows_needed(widths, room);
  float narrow = room;
  while (narrow > 20 && rows_needed(widths, narrow - 4) == rows) narrow -= 4;
  return narrow;
}

void place_rows(OptionRows& rows, std::span<const float> widths, const ControlStyle& style,
                float top, float width) {
  const float room = even_room(widths, width);
  for (std::size_t first = 0; first < widths.size();) {
    std::size_t last = first;
    float used = 0;
    while (last < widths.size() && (last == first || used + between + widths[last] <= room)) {
      used += (last > first ? between : 0) + widths[last];
      ++last;
    }
    place_row(rows, widths.subspan(first, last - first), {0, top, width, style.option});
    top += style.option + between;
    first = last;
  }
  rows.height = top - between;
}

}  // namespace

OptionRows option_rows(const Frame& f, const ControlView& control, const ControlStyle& style,
                       float width) {
  std::vector<float> widths;
  float all = -between;
  for (const std::string& words : control.options) {
    widths.push_back(option_width(f, words));
    all += widths.back() + between;
  }
  OptionRows rows;
  const float name = f.width(control.name, style.name);
  const float beside = width - name - apart;
  if (all <= beside) {
    rows.name = {0, 0, name, style.option};
    // In columns where they all begin alike, as long as they fit there.
    const float room = std::max(all, std::min(beside, width * 0.68F));
    place_row(rows, widths, {width - room, 0, room, style.option});
    rows.height = style.option;
    return rows;
  }
  rows.name = {0, 0, width, style.line};
  place_rows(rows, widths, style, style.line + 2, width);
  return rows;
}

float least_width(const Frame& f, const ControlView& control, const ControlStyle& style) {
  float width = f.width(control.name, style.name);
  for (const std::string& words : control.options) width = std::max(width, option_width(f, words));
  return width;
}

void draw_options(Frame& f, const ControlView& control, const ControlStyle& style,
                  const Rect& area) {
  const OptionRows rows = option_rows(f, control, style, area.w);
  put_line(f, rows.name.moved(area.x, area.y), control.name, style.name,
           control.enabled ? f.colors.text : f.colors.muted);
  for (std::size_t i = 0; i < rows.places.size(); ++i) {
    const Rect rect = rows.places[i].moved(area.x, area.y);
    const PartId part{.kind = PartKind::control_choice, .a = control.id, .b = static_cast<int>(i)};
    const bool on = control.is_on(static_cast<int>(i));
    const bool over = control.enabled && hovered(f, part);
    put(f, Box{.rect = rect,
               .fill = on     ? mix(f.colors.panel, f.colors.accent, control.enabled ? 0.28F : 0.1F)
                       : over ? f.colors.raised
                              : f.colors.panel,
               .line = (on && control.enabled) || over ? f.colors.accent : f.colors.border,
               .radius = 5});
    put_line(f, rect.inset(around / 2 - 1, 0), control.options[i],
             on ? Font::small_bold : Font::small,
             control.enabled ? on ? f.colors.text : f.colors.muted : f.colors.muted, Align::center);
    put_place(f, rect, part);
  }
}

}  // namespace kv::scene
