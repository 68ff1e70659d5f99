#include <cmath>

#include "viz/scene/views/step_data.h"
#include "viz/scene/views/views.h"

namespace kv::scene {
namespace {

void draw_layer_chooser(Frame& f, Rect& rest) {
  const int layers = f.config().layers;
  put_line(f, rest.take_top(20, 4), f.say(words::layer_word), Font::small_bold, f.colors.text);
  Rect row = rest.take_top(30, 10);
  put_button(f, row.take_left(26, 2), "\u2212", {.kind = PartKind::layer_down});
  put_button(f, row.take_right(26, 2), "+", {.kind = PartKind::layer_up});
  const std::string which = fmt::format("{}/{}", f.view.layer + 1, layers);
  const Font font = f.width(which, Font::body_bold) <= row.w ? Font::body_bold : Font::tiny;
  put_line(f, row, which, font, f.colors.text, Align::center);
  put_place(f, row, {.kind = PartKind::layer_button, .a = f.view.layer});
}

// A head's attention, small: from the side that computes all rows, else from the newest row alone.
void draw_thumbnail(Frame& f, const Rect& rect, int head) {
  const core::Replay* replay = replay_of(f, core::Side::uncached);
  if (!replay) replay = replay_of(f, core::Side::cached);
  const bool chosen = head == f.view.head;
  const PartId part{.kind = PartKind::head_thumbnail, .a = head};
  put_box(f, rect, f.colors.ground, 3);
  if (replay) {
    const MatrixView matrix = probabilities_of(f, *replay, head);
    if (matrix.data) {
      const int first = replay->total() - matrix.rows;
      const bool mask = f.view.experiment != core::Experiment::no_mask;
      const auto grid = f.grids.get(matrix, {.most_rows = 48,
                                             .most_columns = 48,
                                             .summary = Summary::largest,
                                             .below_diagonal_only = mask,
                                             .diagonal = first});
      Rect inner = rect.inset(3);
      const float rows = static_cast<float>(matrix.rows) / static_cast<float>(replay->total());
      inner.y += inner.h * (1 - rows), inner.h *= rows;
      Map map{.rect = inner, .grid = grid, .row1 = grid->rows, .column1 = grid->columns};
      if (mask) map.diagonal = first / grid->column_step;
      put(f, std::move(map));
    }
  } else {
    put(f, Box{.rect = rect, .radius = 3, .pattern = Pattern::dots, .pattern_color = f.colors.track});
  }
  put_outline(f, rect,
              chosen ? f.colors.accent : hovered(f, part) ? f.colors.text : f.colors.border,
              chosen ? 3.0F : 1.0F, 4);
  put_place(f, rect, part);
}

}  // namespace

void draw_heads(Frame& f, const Rect& area) {
  put_panel(f, area);
  if (!f.subject.run) return;
  Rect rest = area.inset(10, 10);
  draw_layer_chooser(f, rest);
  const auto& c = f.config();
  put_line(f, rest.take_top(20, 4), f.say(words::heads_word), Font::small_bold, f.colors.text);
  const int heads = c.heads, group = c.heads / c.kv_heads;
  // As few columns as let all heads be seen; beyond that they get smaller together.
  int columns = 1;
  constexpr float label = 18, gap = 6;
  const float bracket = group > 1 ? 12.0F : 0.0F;
  const auto size_for = [&](int n) {
    const int rows = (heads + n - 1) / n;
    const float width = (rest.w - bracket - gap * static_cast<float>(n - 1)) / static_cast<float>(n);
    const float height = (rest.h - gap * static_cast<float>(rows)) / static_cast<float>(rows);
    return std::min(width, height - (n <= 2 ? label : 0));
  };
  for (int n = 2; n <= heads; ++n)
    if (size_for(n) > size_for(columns)) columns = n;
  const float size = std::max(6.0F, size_for(columns));
  const bool labelled = columns <= 2 && size >= 30;
  const float pitch = size + gap + (labelled ? label : 0);
  for (int head = 0; head < heads; ++head) {
    const auto row = static_cast<float>(head / columns), column = static_cast<float>(head % columns);
    const Rect rect{rest.x + bracket + column * (size + gap), rest.y + row * pitch, size, size};
    draw_thumbnail(f, rect, head);
    if (labelled)
      put_line(f, {rect.x, rect.bottom() + 1, size, label - 2}, std::to_string(head + 1),
               head == f.view.head ? Font::small_bold : Font::tiny,
               head == f.view.head ? f.colors.text : f.colors.muted, Align::center);
    // Heads that share keys and values stand beside one line.
    if (group > 1 && columns == 1) {
      const bool same = kv_head_of(c, head) == kv_head_of(f);
      const bool last = head % group == group - 1;
      put_box(f, {rest.x, rect.y, same ? 4.0F : 2.0F, last ? size : pitch},
              same ? f.colors.key : f.colors.border);
    }
  }
}

}  // namespace kv::scene
