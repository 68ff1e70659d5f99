#include "viz/scene/number_text.h"
#include "viz/scene/views/matrices.h"
#include "viz/scene/views/views.h"

namespace kv::scene {
namespace {

void draw_title(Frame& f, Rect area, core::Side side) {
  const bool cached = side == core::Side::cached;
  const Color color = cached ? f.colors.with : f.colors.without;
  const std::string title = f.say(cached ? words::with_title : words::without_title);
  const float width =
      put_text(f, {area.x, area.y + 2}, title, Font::title_bold, color);
  put_place(f, {area.x, area.y, width, 28}, {PartKind::side_title, side});
  if (!f.subject.run) return;
  const SideCosts costs = costs_of(f, side);
  const std::string badge = f.say(costs.counted ? words::counted : words::formula);
  const float right = area.right();
  const float step = put_runs(f, {right, area.y},
           {{f.say(words::this_step) + "  ", Font::small, f.colors.muted},
            {flops_text(costs.step.total()), Font::title_bold, f.colors.text}},
           Align::right);
  put_place(f, {right - step, area.y, step, 26}, {PartKind::step_flops, side});
  const float total = put_runs(f, {right, area.y + 28},
           {{f.say(words::in_total) + "  ", Font::small, f.colors.muted},
            {flops_text(costs.total.total()), Font::small_bold, f.colors.text},
            {"  " + badge, Font::tiny, f.colors.muted}},
           Align::right);
  put_place(f, {right - total, area.y + 28, total, 20}, {PartKind::total_flops, side});
}

void draw_matrix_name(Frame& f, const Rect& area, std::string_view name, Color color,
                      const std::string& shape) {
  const std::string fitting = fit_text(f.metrics, name, Font::body_bold, area.w);
  const float width = put_text(f, {area.x, area.y}, fitting, Font::body_bold, color);
  const Rect rest{area.x + width + 8, area.y, area.w - width - 8, area.h};
  put_line(f, rest, shape, Font::tiny, f.colors.muted);
}

// What happened to the rows, said in words below the matrices.
void draw_note(Frame& f, Rect area, core::Side side) {
  const StepRows rows = rows_of(f, side);
  if (rows.total == 0) return;
  const auto n = [](long value) { return grouped_text(static_cast<core::Uint128>(value)); };
  const bool pending = !replay_of(f, side);
  if (side == core::Side::cached) {
    const std::string words =
        rows.past == 0 ? f.say(words::rows_prefill, {n(rows.fresh)})
                       : f.say(words::rows_read, {n(rows.past), n(rows.fresh)});
    const Rect swatch = area.take_left(18, 8);
    put(f, Box{.rect = {swatch.x, swatch.y + 3, 18, 14},
               .fill = f.colors.cached,
               .line = f.colors.border,
               .radius = 2});
    put_line(f, area, pending ? f.say(words::computing) : words, Font::small, f.colors.muted);
    return;
  }
  const bool again = f.moment.step > 1;
  if (pending) {
    put_line(f, area, f.say(words::computing) + "  " + f.say(words::check_pending), Font::small,
             f.colors.muted);
    return;
  }
  const std::string first =
      again ? f.say(words::rows_again, {n(rows.total - 1), n(rows.total)})
            : f.say(words::rows_first, {n(rows.total)});
  const Rect swatch = area.take_left(18, 8);
  put(f, Box{.rect = {swatch.x, swatch.y + 3, 18, 14},
             .line = again ? f.colors.again : f.colors.border,
             .radius = 2,
             .pattern = again ? Pattern::hatch : Pattern::none,
             .pattern_color = f.colors.again});
  const Rect words = area.take_left(std::min(f.width(first, Font::small_bold), area.w), 18);
  put_line(f, words, first, Font::small_bold, again ? f.colors.again : f.colors.muted);
  if (area.w < 80 || f.view.experiment == core::Experiment::no_mask) return;
  const long thrown = static_cast<long>(rows.total) * (rows.total - 1) / 2;
  const Rect mask = area.take_left(18, 8);
  put(f, Box{.rect = {mask.x, mask.y + 3, 18, 14},
             .fill = f.colors.masked,
             .line = f.colors.border,
             .radius = 2,
             .pattern = Pattern::diagonal,
             .pattern_color = f.colors.masked_line});
  put_line(f, area, f.say(words::scores_thrown, {n(thrown)}), Font::small, f.colors.muted);
  put_place(f, {mask.x, area.y, area.right() - mask.x, area.h}, {PartKind::masked_note, side});
}

// This step's FLOPs by component, both sides on the uncached side's scale.
void draw_components(Frame& f, Rect area, core::Side side) {
  const SideCosts costs = costs_of(f, side);
  const double whole = core::to_double(costs_of(f, core::Side::uncached).step.total());
  put_box(f, area, f.colors.track, 3);
  if (whole <= 0) return;
  float x = area.x;
  for (int i = 0; i < static_cast<int>(core::op_count_parts.size()); ++i) {
    const auto& part = core::op_count_parts[static_cast<std::size_t>(i)];
    const auto share = static_cast<float>(core::to_double(costs.step.*part.value) / whole);
    const Rect piece{x, area.y, area.w * share, area.h};
    const PartId id{PartKind::component, side, i};
    put_box(f, piece, component_color(f.colors, i), piece.w > 6 ? 2.0F : 0.0F);
    if (hovered(f, id)) put_outline(f, piece.inset(-1), f.colors.text, 2, 2);
    const Color ink = contrast(f.colors.ground, component_color(f.colors, i)) > 4.5
                          ? f.colors.ground : f.colors.text;
    if (piece.w > f.width(part.name, Font::tiny) + 10)
      put_line(f, piece, part.name, Font::tiny, ink, Align::center);
    f.scene.places.push_back({.rect = {piece.x, piece.y - 4, std::max(piece.w, 3.0F), piece.h + 8},
                              .part = id});
    x += piece.w;
  }
}

void draw_matrices(Frame& f, Rect area, core::Side side) {
  const auto& c = f.config();
  const int total = rows_of(f, side).total;
  const Rect names = area.take_top(24, 2);
  RowAxis axis{.y = area.y, .row_height = 1, .capacity = row_capacity(total)};
  axis.row_height = std::min(48.0F, area.h / static_cast<float>(axis.capacity));
  constexpr float gap = 8;  // to the words below, most of which may be used
  axis.room = area.h - axis.height() + gap;
  area.h = axis.height();

  const Rect labels = area.take_left(std::clamp(area.w * 0.11F, 54.0F, 96.0F), 7);
  const Rect marks = area.take_left(5, 5);
  const float side_length = std::min(area.h, area.w * 0.52F);
  const Rect triangle = area.take_right(side_length, 18);
  const Rect keys = area.take_left((area.w - 14) / 2, 14);
  const Rect values = area;
  draw_row_labels(f, labels, axis, side);
  if (!f.view.heat && replay_of(f, side)) draw_row_marks(f, marks, axis, side);
  draw_kv_matrix(f, keys, axis, side, true);
  draw_kv_matrix(f, values, axis, side, false);
  draw_attention(f, triangle, axis, side);

  const auto shape = [&](int rows, int columns) { return fmt::format("{} \u00D7 {}", rows, columns); };
  const std::string kv_shape = shape(total, c.head_dim);
  const bool apart = side == core::Side::cached && difference_of(f, true).data;
  draw_matrix_name(f, {keys.x, names.y, keys.w, names.h}, apart ? "\u0394K" : "K", f.colors.key,
                   kv_shape);
  draw_matrix_name(f, {values.x, names.y, values.w, names.h}, apart ? "\u0394V" : "V",
                   f.colors.value, kv_shape);
  const bool raw = f.moment.step > 0 && done(f.moment, f.view.layer, Operation::softmax) < 1 &&
                   done(f.moment, f.view.layer, Operation::scores) > 0;
  draw_matrix_name(f, {triangle.x, names.y, triangle.w, names.h},
                   f.say(raw ? words::scores_name : words::attention_name), f.colors.text,
                   shape(rows_of(f, side).fresh, total));
}

}  // namespace

void draw_side(Frame& f, const Rect& area, core::Side side) {
  put_panel(f, area);
  Rect rest = area.inset(14, 10);
  draw_title(f, rest.take_top(50, 4), side);
  if (!f.subject.run || !f.subject.costs || !f.subject.text) return;
  // Where the room is low, the matrices come first.
  const bool low = area.h < 300;
  const Rect caption = low ? Rect{} : rest.take_bottom(18, 2);
  const Rect bar = low ? Rect{} : rest.take_bottom(18, 6);
  const Rect note = rest.take_bottom(22, 6);
  if (f.moment.step == 0) {
    const bool cached = side == core::Side::cached;
    put_line(f, rest, f.say(cached ? words::cache_empty : words::not_begun), Font::body,
             f.colors.muted, Align::center);
  } else {
    draw_matrices(f, rest, side);
  }
  draw_note(f, note, side);
  if (low) return;
  draw_components(f, bar, side);
  put_line(f, caption, f.say(words::same_scale), Font::tiny, f.colors.muted);
}

}  // namespace kv::scene
