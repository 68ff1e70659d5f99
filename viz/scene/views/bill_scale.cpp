#include <algorithm>
#include <optional>

#include "viz/scene/views/axes.h"
#include "viz/scene/views/bill.h"

namespace kv::scene {
namespace {

using core::Uint128;

// Returns what is left at its right.
Rect draw_legend(Frame& f, Rect area, const Bill& bill) {
  const auto entry = [&](const std::string& name, Uint128 bytes, Color color) {
    const Rect swatch = area.take_left(18, 8);
    put_box(f, {swatch.x, swatch.center().y - 8, 18, 16}, color, 3);
    const std::string figure = bytes_text(bytes);
    const float width = f.width(name, Font::body) + f.width(figure, Font::body_bold) + 11;
    Rect words = area.take_left(width, 36);
    put_line(f, words.take_right(f.width(figure, Font::body_bold) + 1, 9), figure, Font::body_bold,
             f.colors.text);
    put_line(f, words, name, Font::body, f.colors.text);
  };
  entry(f.say(words::bill_weights), bill.weights, f.colors.mlp);
  entry(f.say(words::bill_cache, {core::info_of(bill.dtype).name}), bill.cache, f.colors.with);
  return area;
}

void draw_ticks(Frame& f, const PlotAxes& axes, const Rect& figures) {
  const Rect& area = axes.plot;
  float free_from = area.x - 1;
  for (const double value : ticks_of(axes.x, 9)) {
    const std::string figure = tick_text(bytes_text(static_cast<Uint128>(value)));
    const float x = axes.x_at(value), width = f.width(figure, Font::small);
    const float left = std::clamp(x - width / 2, area.x, area.right() - width);
    if (left < free_from) continue;
    put_box(f, {x, area.bottom(), 1, 5}, f.colors.faint);
    put_text(f, {left, figures.y + 6}, figure, Font::small, f.colors.muted);
    free_from = left + width + 12;
  }
}

// Where weights and cache would be equal; with memories, whose names stand at the bar, in words at
// the end of the legend.
void draw_passing(Frame& f, const PlotAxes& axes, const Rect& note, const Bill& bill,
                  const std::optional<Rect>& legend) {
  const Rect& area = axes.plot;
  const float mark = axes.x_at(2 * core::to_double(bill.weights));
  put_box(f, {mark - 1, area.y - 8, 2, area.h + 16}, f.colors.fresh);
  const Phrase& passes = !legend          ? words::bill_passes
                         : bill.batch > 1 ? words::costs_passes_each
                                          : words::costs_passes;
  const std::string words = f.say(passes, {grouped_text(passing_tokens(bill))});
  const float width = std::min(area.w, f.width(words, Font::small) + 1);
  if (!legend)
    return static_cast<void>(
        put_line(f, {std::clamp(mark - width / 2, area.x, area.right() - width), note.y, width, 20},
                 words, Font::small, f.colors.text));
  Rect line = *legend;
  put_line(f, line.take_right(width, 10), words, Font::small, f.colors.text);
  put_box(f, {line.right() - 2, line.center().y - 8, 2, 16}, f.colors.fresh);
}

// A dashed line where each memory ends, its name above the bar; none where there is no room for it.
void draw_memories(Frame& f, const PlotAxes& axes) {
  const Rect& area = axes.plot;
  float free_from = area.x;
  for (std::size_t i = 0; i < accelerator_memories.size(); ++i) {
    const AcceleratorMemory& memory = accelerator_memories[i];
    const auto bytes = static_cast<double>(memory.bytes);
    if (bytes > axes.x.high || bytes < axes.x.high * 0.02) continue;
    const float x = axes.x_at(bytes), width = f.width(memory.name, Font::small_bold) + 1;
    const PartId part{.kind = PartKind::memory_mark, .a = static_cast<int>(i)};
    const Color color = hovered(f, part) ? f.colors.accent : f.colors.text;
    const Rect place{std::clamp(x - width / 2, area.x, area.right() - width), area.y - 28, width,
                     20};
    if (place.x < free_from) continue;
    free_from = place.right() + 10;
    put(f, Path{.points = {{x, area.y - 8}, {x, area.bottom() + 4}},
                .color = color,
                .width = 2,
                .dash = 5});
    put_line(f, place, memory.name, Font::small_bold, color, Align::center);
    put_place(f, {place.x, place.y, place.w, area.bottom() - place.y}, part);
  }
}

}  // namespace

void draw_bill_scale(Frame& f, Rect area, const Bill& bill, double high, bool memories) {
  const double weights = core::to_double(bill.weights), cache = core::to_double(bill.cache);
  const Rect beside = draw_legend(f, area.take_top(26, 8), bill);
  const Rect note = area.take_top(20, 8);
  const Rect figures = area.take_bottom(24, 2);
  const PlotAxes axes{.plot = area, .x = {.low = 0, .high = high}, .y = {}};
  put_box(f, area, f.colors.track, 4);
  const float middle = axes.x_at(weights), end = axes.x_at(weights + cache);
  put_box(f, {area.x, area.y, middle - area.x, area.h}, f.colors.mlp, 4);
  put_box(f, {middle, area.y, std::max(2.0F, end - middle), area.h}, f.colors.with, 4);
  put_place(f, {area.x, area.y, end - area.x, area.h}, {.kind = PartKind::cache_bytes});
  draw_ticks(f, axes, figures);
  draw_passing(f, axes, note, bill, memories ? std::optional(beside) : std::nullopt);
  if (memories) draw_memories(f, axes);
}

}  // namespace kv::scene
