#include <cmath>

#include "viz/scene/views/matrices.h"

namespace kv::scene {
namespace {

// The part of the square that is looked at, in rows and columns, and how large a cell is.
struct Window {
  Rect area;
  int row0 = 0, row1 = 0, column0 = 0, column1 = 0;
  float cell_w = 1, cell_h = 1;

  Rect rect(int r0, int r1, int c0, int c1) const {
    return {area.x + cell_w * static_cast<float>(c0 - column0),
            area.y + cell_h * static_cast<float>(r0 - row0),
            cell_w * static_cast<float>(c1 - c0), cell_h * static_cast<float>(r1 - r0)};
  }
};

Window window_of(const Frame& f, const Rect& area, const RowAxis& axis) {
  const auto n = static_cast<float>(axis.capacity);
  const Zoom& z = f.view.zoom;
  Window w{.area = {area.x, axis.y, area.w, axis.height()}};
  w.row0 = static_cast<int>(std::floor(z.row0 * n));
  w.row1 = std::max(w.row0 + 1, static_cast<int>(std::ceil(z.row1 * n)));
  w.column0 = static_cast<int>(std::floor(z.column0 * n));
  w.column1 = std::max(w.column0 + 1, static_cast<int>(std::ceil(z.column1 * n)));
  w.cell_w = w.area.w / static_cast<float>(w.column1 - w.column0);
  w.cell_h = w.area.h / static_cast<float>(w.row1 - w.row0);
  return w;
}

struct Paint {
  Scale scale = Scale::sequential;
  float high = 1;
  Look look = Look::plain;
};

// Rows [r0, r1) and columns [c0, c1) of the sequence, of a matrix whose first row is row `first`.
void paint(Frame& f, const Window& w, const MatrixView& matrix, int first, int r0, int r1, int c0,
           int c1, Paint p, bool masked) {
  const bool mask = f.view.experiment != core::Experiment::no_mask;
  r0 = std::max({r0, w.row0, first}), r1 = std::min({r1, w.row1, first + matrix.rows});
  c0 = std::max(c0, w.column0), c1 = std::min({c1, w.column1, matrix.columns});
  if (r1 <= r0 || c1 <= c0 || !matrix.data) return;
  const bool scores = p.scale == Scale::diverging;
  const int rows = std::min(w.row1, first + matrix.rows) - std::max(w.row0, first);
  const int columns = std::min(w.column1, matrix.columns) - w.column0;
  const int origin = std::max(w.row0, first);
  const auto grid = f.grids.get(
      matrix, {.row0 = origin - first,
               .rows = rows,
               .column0 = w.column0,
               .columns = columns,
               .summary = scores ? Summary::most_extreme : Summary::largest,
               .below_diagonal_only = !scores && mask,
               .diagonal = first});
  const int rs = grid->row_step, cs = grid->column_step;
  const int g0 = (r0 - origin) / rs, g1 = (r1 - origin + rs - 1) / rs;
  const int h0 = (c0 - w.column0) / cs, h1 = (c1 - w.column0 + cs - 1) / cs;
  const Rect rect{w.area.x + w.cell_w * static_cast<float>(h0 * cs),
                  w.area.y + w.cell_h * static_cast<float>(origin - w.row0 + g0 * rs),
                  w.cell_w * static_cast<float>((h1 - h0) * cs),
                  w.cell_h * static_cast<float>((g1 - g0) * rs)};
  Map map{.rect = rect,
          .grid = grid,
          .row0 = g0,
          .row1 = g1,
          .column0 = h0,
          .column1 = h1,
          .scale = p.scale,
          .low = scores ? -p.high : 0,
          .high = p.high,
          .look = p.look,
          .gap = w.cell_w * static_cast<float>(cs) >= 8 ? 1.0F : 0.0F};
  if (masked && mask) map.diagonal = (origin - w.column0) / cs;
  put(f, std::move(map));
}

// Largest |score| of the cells that count, for one scale before and after the mask.
float score_bound(Frame& f, const MatrixView& scores) {
  const auto grid = f.grids.get(scores, {.summary = Summary::most_extreme});
  return std::max({std::fabs(grid->low), std::fabs(grid->high), 1e-6F});
}

// One fresh row sweeps along its columns, many from top to bottom.
struct Sweep {
  int row = 0;     // rows before this one are done
  int column = 0;  // of that row
};
Sweep sweep_of(const StepRows& rows, float share) {
  if (rows.fresh == 1) return {share >= 1 ? rows.total : rows.past, swept(rows.total, share)};
  return {rows.past + swept(rows.fresh, share), 0};
}

void paint_rows(Frame& f, const Window& w, const StepRows& rows, core::Side side,
                const core::Replay& replay) {
  const auto at = [&](Operation operation) { return done(f.moment, f.view.layer, operation); };
  const MatrixView scores = scores_of(f, replay, f.view.head);
  const MatrixView probabilities = probabilities_of(f, replay, f.view.head);
  const int first = rows.total - replay.record->kept();
  const bool again = side == core::Side::uncached && f.moment.step > 1;
  const int old_end = again ? rows.total - 1 : rows.past;

  const Sweep scored = sweep_of(rows, at(Operation::scores));
  const Sweep masked = sweep_of(rows, at(Operation::mask));
  const Sweep soft = sweep_of(rows, at(Operation::softmax));
  // Scores of rows that softmax has not reached, then what softmax made of the rows before.
  if (soft.row < rows.total && scores.data) {
    const Paint p{Scale::diverging, score_bound(f, scores), Look::plain};
    paint(f, w, scores, first, std::max(soft.row, rows.past), std::min(masked.row, scored.row), 0,
          rows.total, p, true);
    paint(f, w, scores, first, std::max(soft.row, masked.row), scored.row, 0, rows.total, p, false);
    if (scored.column > 0)
      paint(f, w, scores, first, scored.row, scored.row + 1, 0, scored.column, p, false);
  }
  const Paint p{Scale::sequential, 1, again ? Look::again : Look::plain};
  paint(f, w, probabilities, first, rows.past, std::min(old_end, soft.row), 0, rows.total, p, true);
  paint(f, w, probabilities, first, std::max(old_end, rows.past), soft.row, 0, rows.total,
        {Scale::sequential, 1, Look::plain}, true);
  if (soft.column > 0 && soft.row < rows.total)
    paint(f, w, probabilities, first, soft.row, soft.row + 1, 0, soft.column,
          {Scale::sequential, 1, Look::plain}, false);
}

// Probabilities in figures, where cells are large enough and all of them are there.
void put_figures(Frame& f, const Window& w, const StepRows& rows, const core::Replay& replay) {
  if (w.cell_w < 36 || w.cell_h < 17 || done(f.moment, f.view.layer, Operation::softmax) < 1) return;
  const MatrixView p = probabilities_of(f, replay, f.view.head);
  const int first = rows.total - p.rows;
  const bool mask = f.view.experiment != core::Experiment::no_mask;
  for (int row = std::max({first, rows.past, w.row0}); row < std::min(rows.total, w.row1); ++row)
    for (int column = w.column0; column <= std::min(mask ? row : rows.total - 1, w.column1 - 1);
         ++column) {
      const float value = p.at(row - first, column);
      put_cell_number(f, w.rect(row, row + 1, column, column + 1), value,
                      scale_color(Scale::sequential, value, f.view.theme));
    }
}

void put_gone(Frame& f, const Window& w, int past) {
  // The lower triangle that other sides compute again: here it does not exist.
  const int r1 = std::min(past, w.row1);
  if (r1 <= w.row0) return;
  const Rect all = w.rect(w.row0, r1, w.column0, std::min(past, w.column1));
  put(f, Path{.points = {{all.x, all.y}, {all.right(), all.bottom()}, {all.x, all.bottom()}},
              .color = f.colors.border,
              .width = 1.2F,
              .closed = true,
              .dash = 5});
  const auto lines =
      wrap_text(f.metrics, f.say(words::old_rows_gone), Font::small, std::max(116.0F, all.w * 0.5F));
  const float height = 20 * static_cast<float>(lines.size());
  if (all.h < height + 40) return;
  float y = all.bottom() - height - 8;
  for (const std::string& line : lines) {
    put_text(f, {all.x + 8, y}, line, Font::small, f.colors.muted);
    y += 20;
  }
}

}  // namespace

void draw_attention(Frame& f, const Rect& area, const RowAxis& axis, core::Side side) {
  const StepRows rows = rows_of(f, side);
  if (rows.total == 0) return;
  const Window w = window_of(f, area, axis);
  const core::Replay* replay = replay_of(f, side);
  put(f, ClipBegin{w.area.inset(-3)});
  if (f.view.heat && f.view.zoom.whole()) {
    const float width = w.cell_w * static_cast<float>(rows.total);
    if (rows.past > 0) put_gone(f, w, rows.past);
    draw_heat(f, {area.x, axis.y, width, axis.height()}, axis, side, rows.past, rows.total);
  } else if (!replay) {
    put(f, Box{.rect = w.rect(w.row0, std::min(rows.total, w.row1), w.column0,
                              std::min(rows.total, w.column1)),
               .line = f.colors.border,
               .pattern = Pattern::dots,
               .pattern_color = f.colors.track});
  } else {
    if (rows.past > 0) put_gone(f, w, rows.past);
    if (probabilities_of(f, *replay, f.view.head).data) {
      paint_rows(f, w, rows, side, *replay);
      put_figures(f, w, rows, *replay);
    } else {
      float y = w.area.y + 8;
      for (const std::string& line :
           wrap_text(f.metrics, f.say(words::attention_not_kept), Font::small, w.area.w - 16)) {
        put_text(f, {w.area.x + 8, y}, line, Font::small, f.colors.muted);
        y += 20;
      }
    }
    if (done(f.moment, f.view.layer, Operation::scores) > 0 && rows.total <= w.row1)
      put_outline(f, w.rect(rows.total - 1, rows.total, w.column0,
                            std::min(rows.total, w.column1)).inset(-1),
                  f.colors.fresh, 2, 2);
  }
  put(f, ClipEnd{});
  const int first = rows.past;
  const int r0 = std::max(first, w.row0), r1 = std::min(rows.total, w.row1);
  const int c1 = std::min(rows.total, w.column1);
  if (r1 <= r0 || c1 <= w.column0) return;
  f.scene.places.push_back({.rect = w.rect(r0, r1, w.column0, c1),
                            .part = {PartKind::attention_cell, side},
                            .rows = r1 - r0,
                            .columns = c1 - w.column0,
                            .row0 = r0,
                            .column0 = w.column0});
}

}  // namespace kv::scene
