// What the cache takes: factor by factor, beside the weights, in what an accelerator holds.
#include <algorithm>
#include <array>

#include "viz/scene/views/costs_parts.h"
#include "viz/scene/views/lab.h"

namespace kv::scene {
namespace {

using core::Uint128;

// The whole and, at the right, what one more token adds; the note goes before a figure is cut.
void draw_sum(Frame& f, Rect area, const Bill& bill) {
  const std::string each = grouped_text((bits_per_token(bill) + 7) / 8);
  const std::string unit = f.say(words::costs_each_token), note = f.say(words::costs_linear);
  const float number = f.width(each, Font::title_bold) + 7;
  const float width = number + f.width(unit, Font::body) + 1;
  const float with_note = std::max(width, f.width(note, Font::small) + 1);
  const bool fits = bill_total_width(f, bill) + 20 + with_note <= area.w;
  Rect part = area.take_right(fits ? with_note : width, 20);
  draw_bill_total(f, area, bill);
  Rect line = part.take_top(part.h / 2 + 2);
  put_line(f, line.take_left(number), each, Font::title_bold, f.colors.text);
  put_line(f, line, unit, Font::body, f.colors.text);
  if (fits) put_line(f, part, note, Font::small, f.colors.muted);
}

// Up to the next memory, where the bar is still seen well on that scale.
double scale_of(const Bill& bill) {
  const double high = plain_scale(bill);
  const double used = core::to_double(bill.weights + bill.cache);
  for (const AcceleratorMemory& memory : accelerator_memories) {
    const double bytes = 1.04 * static_cast<double>(memory.bytes);
    if (bytes < high) continue;
    return bytes < 8 * used ? bytes : high;
  }
  return high;
}

// How much of one memory is taken.
void draw_taken(Frame& f, Rect bar, double memory, const Bill& bill) {
  const auto share = [&](Uint128 bytes) {
    return bar.w * static_cast<float>(std::min(1.0, core::to_double(bytes) / memory));
  };
  const float weights = share(bill.weights), all = share(bill.weights + bill.cache);
  put_box(f, bar, f.colors.track, 3);
  put_box(f, {bar.x, bar.y, weights, bar.h}, f.colors.mlp, 3);
  put_box(f, {bar.x + weights, bar.y, all - weights, bar.h}, f.colors.with, 3);
}

void draw_memory(Frame& f, Rect cell, std::size_t index, const Bill& bill) {
  const AcceleratorMemory& memory = accelerator_memories[index];
  const PartId part{.kind = PartKind::memory_mark, .a = static_cast<int>(index)};
  const bool over = hovered(f, part);
  put(f, Box{.rect = cell,
             .fill = over ? f.colors.raised : f.colors.ground,
             .line = over ? f.colors.accent : f.colors.border,
             .radius = 6});
  put_place(f, cell, part);
  cell = cell.inset(10, 6);
  draw_taken(f, cell.take_bottom(6, 4), static_cast<double>(memory.bytes), bill);
  const float half = cell.h / 2;
  Rect line = cell.take_top(half);
  line.take_left(put_line(f, line, memory.name, Font::small_bold, f.colors.text), 10);
  if (f.width(memory.of, Font::small) <= line.w)
    put_line(f, line, memory.of, Font::small, f.colors.muted);
  const Uint128 fitting = fitting_tokens(memory, bill);
  if (fitting == 0)
    put_line(f, cell, f.say(words::costs_no_room), Font::small, f.colors.text);
  else
    put_line(f, cell, grouped_text(fitting), Font::body_bold, f.colors.text);
}

void draw_memories(Frame& f, Rect area, const Bill& bill) {
  Rect words = area.take_left(std::max(150.0F, area.w * 0.16F), 16);
  const std::string fits = f.say(bill.batch > 1 ? words::costs_fits_each : words::costs_fits);
  const auto lines = wrap_text(f.metrics, fits, Font::small, words.w);
  words.take_top((words.h - 19 * static_cast<float>(lines.size())) / 2);
  put_wrapped(f, words, fits, Font::small, f.colors.text);
  const auto count = static_cast<float>(accelerator_memories.size());
  const float width = (area.w - 12 * (count - 1)) / count;
  for (std::size_t i = 0; i < accelerator_memories.size(); ++i)
    draw_memory(f, area.take_left(width, 12), i, bill);
}

}  // namespace

void draw_memory_page(Frame& f, const Rect& area) {
  put_panel(f, area);
  const Bill bill = costs_bill(f);
  Rect rest = put_stage_heading(f, area, f.say(words::costs_memory_title), costs_detail(f, area),
                                f.say(words::formula));
  const float spare = std::max(0.0F, rest.h - 642);
  const float gap = 9 + spare * 0.05F;
  draw_bill_factors(f, rest.take_top(100 + spare * 0.12F, gap), bill);
  draw_sum(f, rest.take_top(54, gap), bill);
  put_box(f, rest.take_top(1, gap), f.colors.border);
  draw_bill_scale(f, rest.take_top(136 + spare * 0.12F, gap), bill, scale_of(bill), true);
  draw_memories(f, rest.take_top(64, gap + 3), bill);
  put_box(f, rest.take_top(1, gap), f.colors.border);
  draw_cache_shape(f, rest.take_left(std::max(rest.w * 0.46F, 450.0F), 32), bill);
  draw_cache_kinds(f, rest, bill);
}

}  // namespace kv::scene
