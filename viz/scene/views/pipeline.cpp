#include "viz/scene/views/views.h"

namespace kv::scene {
namespace {

struct Chip {
  Operation operation;
  std::string words;
  float width;
};

std::vector<Chip> chips_of(const Frame& f, Font font) {
  std::vector<Chip> chips;
  for (const OperationInfo& info : operations()) {
    std::string words = f.say(info.name);
    const float width = f.width(words, font) + 14;
    chips.push_back({info.operation, std::move(words), width});
  }
  return chips;
}

float width_of(const std::vector<Chip>& chips) {
  float width = 0;
  for (const Chip& chip : chips) width += chip.width;
  return width;
}

// Which operation happens now; at rest and between steps none does.
bool current(const Frame& f, Operation operation) {
  return f.moment.step > 0 && !f.moment.at_rest() && f.moment.operation == operation &&
         (!in_layer(operation) || f.moment.layer == f.view.layer);
}

}  // namespace

void draw_pipeline(Frame& f, const Rect& area) {
  if (!f.subject.run) return;
  Font font = Font::small;
  std::vector<Chip> chips = chips_of(f, font);
  constexpr float gap = 4, bracket = 76;
  const float room = area.w - 2 * bracket - gap * operation_count;
  if (width_of(chips) > room) chips = chips_of(f, font = Font::tiny);
  const float squeeze = std::min(1.0F, room / width_of(chips));
  const float spare = std::max(0.0F, (room - width_of(chips)) / operation_count);

  Rect rest = area;
  Rect layer;  // around the operations that every layer repeats
  for (const Chip& chip : chips) {
    if (chip.operation == first_of_layer) {
      rest.take_left(bracket / 2);
      layer = rest;
    }
    const Rect rect = rest.take_left(chip.width * squeeze + spare, gap);
    const PartId part{.kind = PartKind::operation_chip, .a = static_cast<int>(chip.operation)};
    const bool now = current(f, chip.operation);
    const bool past = f.moment.step > 0 && !now &&
                      done(f.moment, f.view.layer, chip.operation) >= 1;
    put(f, Box{.rect = rect,
               .fill = now ? f.colors.accent : hovered(f, part) ? f.colors.raised : f.colors.panel,
               .line = now || hovered(f, part) ? f.colors.accent : f.colors.border,
               .radius = 6});
    put_line(f, rect.inset(4, 0), chip.words, font,
             now ? f.colors.accent_text : past ? f.colors.text : f.colors.muted, Align::center);
    put_place(f, rect, part);
    if (chip.operation == last_of_layer) {
      put_outline(f, {layer.x - 6, layer.y - 3, rest.x - layer.x + bracket * 1.5F - 10, layer.h + 6},
                  f.colors.border, 1, 10);
      const Rect note = rest.take_left(bracket * 1.5F - gap, gap);
      const int now_in = f.moment.at_rest() || !in_layer(f.moment.operation) ? f.view.layer
                                                                            : f.moment.layer;
      put_line(f, note, fmt::format("\u21BB {} / {}", now_in + 1, f.config().layers), Font::small_bold,
               f.colors.muted, Align::center);
    }
  }
}

}  // namespace kv::scene
