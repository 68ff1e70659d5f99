#include "viz/scene/views/matrices.h"

#include <cmath>

namespace kv::scene {
namespace {

float largest(const Grid& grid) {
  return std::max({std::fabs(grid.low), std::fabs(grid.high), 1e-9F});
}

// Rows of K or V that this side has at the moment: those it had, and those made so far. Keys are
// turned by their position before they are what attention reads.
int rows_ready(const Frame& f, const StepRows& rows, bool keys) {
  const Operation made = keys && f.config().rotary() ? Operation::rotary : Operation::project;
  return rows.past + swept(rows.fresh, done(f.moment, f.view.layer, made));
}

// Rows that this side computes although they have been computed before.
int rows_again(const Frame& f, const StepRows& rows, core::Side side) {
  return side == core::Side::uncached && f.moment.step > 1 ? rows.total - 1 : 0;
}

// How often row `row` has been computed after this step; TEACHING: n - max(i, P - 1) without.
int times_computed(const Frame& f, core::Side side, int row, int total) {
  if (side == core::Side::cached) return 1;
  return total - std::max(row, f.subject.prompt_tokens() - 1);
}

}  // namespace

void draw_heat(Frame& f, const Rect& area, const RowAxis& axis, core::Side side, int first,
               int total) {
  const int most = times_computed(f, core::Side::uncached, 0, total);
  // Numbers in as many rows as there is room for.
  const int every = std::max(1, static_cast<int>(std::ceil(14 / axis.row_height)));
  for (int row = first; row < total; ++row) {
    const int times = times_computed(f, side, row, total);
    const Color color = scale_color(
        Scale::heat, static_cast<float>(times) / static_cast<float>(std::max(most, 1)),
        f.view.theme);
    const Rect rect{area.x, axis.top(static_cast<float>(row)), area.w,
                    std::max(1.0F, axis.row_height - (axis.row_height > 4 ? 1 : 0))};
    put_box(f, rect, color);
    if (area.w < 40 || (row % every != 0 && row != total - 1) ||
        (row != total - 1 && total - 1 - row < every))
      continue;
    const Color ink = contrast(f.colors.text, color) > contrast(f.colors.ground, color)
                          ? f.colors.text
                          : f.colors.ground;
    put_line(f, {rect.x, rect.center().y - 8, rect.w, 16}, fmt::format("{}\u00D7", times),
             Font::tiny, ink, Align::center);
  }
}

void draw_ghost(Frame& f, const Rect& area, const RowAxis& axis, int row0, int row1) {
  if (row1 <= row0) return;
  put(f, Box{.rect = {area.x, axis.top(static_cast<float>(row0)), area.w,
                      axis.row_height * static_cast<float>(row1 - row0)},
             .line = f.colors.border,
             .pattern = Pattern::dots,
             .pattern_color = f.colors.track});
}

void outline_row(Frame& f, const Rect& area, const RowAxis& axis, int row, float shift) {
  put_outline(f, {area.x - 1, axis.top(static_cast<float>(row)) - 1 + shift, area.w + 2,
                  std::max(axis.row_height, 3.0F) + 1},
              f.colors.fresh, 2, 2);
}

int swept(int rows, float share) {
  return static_cast<int>(std::floor(static_cast<float>(rows) * share + 1e-4F));
}

void draw_band(Frame& f, const Rect& area, const RowAxis& axis,
               const std::shared_ptr<const Grid>& grid, int first, const Band& band, Scale scale,
               float high) {
  if (!grid || band.row1 <= band.row0) return;
  const int step = grid->row_step;
  const int cell0 = band.row0 / step;
  const int cell1 = std::min(grid->rows, (band.row1 + step - 1) / step);
  const float height = axis.row_height * static_cast<float>(step);
  put(f, Map{.rect = {area.x, axis.top(static_cast<float>(first + cell0 * step)) + band.shift, area.w,
                      height * static_cast<float>(cell1 - cell0)},
             .grid = grid,
             .row0 = cell0,
             .row1 = cell1,
             .column0 = 0,
             .column1 = grid->columns,
             .scale = scale,
             .low = scale == Scale::diverging ? -high : 0,
             .high = high,
             .look = band.look,
             .opacity = band.opacity,
             .gap = height >= 8 ? 1.0F : 0.0F});
}

void put_numbers(Frame& f, const Rect& area, const RowAxis& axis, const Grid& grid, int cached,
                 int rows, float shift) {
  const float cell = area.w / static_cast<float>(grid.columns);
  if (cell < 36 || axis.row_height < 17 || grid.row_step > 1 || grid.column_step > 1) return;
  const float high = largest(grid);
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      const float value = grid.at(row, column);
      const bool last = row == rows - 1;
      put_cell_number(f,
                      {area.x + cell * static_cast<float>(column),
                       axis.top(static_cast<float>(row)) + (last ? shift : 0), cell,
                       axis.row_height},
                      value,
                      row < cached ? f.colors.panel
                                   : scale_color(Scale::diverging, value / high, f.view.theme));
    }
}

void draw_row_labels(Frame& f, const Rect& area, const RowAxis& axis, core::Side side) {
  const StepRows rows = rows_of(f, side);
  const int every = std::max(1, static_cast<int>(std::ceil(15 / axis.row_height)));
  for (int row = 0; row < rows.total; ++row) {
    const bool newest = row == rows.total - 1;
    if (!newest && (row % every != 0 || rows.total - 1 - row < every)) continue;
    const float height = std::max(axis.row_height, 15.0F);
    const Rect rect{area.x, axis.top(static_cast<float>(row)) + (axis.row_height - height) / 2,
                    area.w, height};
    const std::string& token = f.subject.text->tokens[static_cast<std::size_t>(row)];
    const PartId part{PartKind::row_label, side, row, -1};
    put_line(f, rect, token, newest ? Font::small_bold : axis.row_height >= 17 ? Font::small : Font::tiny,
             newest || hovered(f, part) ? f.colors.text : f.colors.muted, Align::right);
    put_place(f, rect, part);
  }
}

void draw_row_marks(Frame& f, const Rect& area, const RowAxis& axis, core::Side side) {
  const StepRows rows = rows_of(f, side);
  const int ready = rows_ready(f, rows, true), again = rows_again(f, rows, side);
  const auto mark = [&](int row0, int row1, Color color) {
    if (row1 > row0)
      put_box(f, {area.x, axis.top(static_cast<float>(row0)), area.w,
                  axis.row_height * static_cast<float>(row1 - row0) - 1},
              color, 1);
  };
  mark(0, rows.past, f.colors.cached);
  mark(0, std::min(again, ready), f.colors.again);
  mark(std::max(again, rows.past), ready, f.colors.fresh);
}

namespace {

// What the rows are off by, on the scale of the rows themselves.
void draw_apart(Frame& f, const Rect& area, const RowAxis& axis, const MatrixView& apart,
                bool keys) {
  const core::Replay& fresh = f.subject.experiment->fresh;
  const auto proper =
      f.grids.get(keys ? keys_of(f, fresh) : values_of(f, fresh), {.summary = Summary::most_extreme});
  const auto grid = f.grids.get(apart, {.summary = Summary::most_extreme});
  draw_band(f, area, axis, grid, 0, {0, apart.rows, Look::plain}, Scale::diverging,
            largest(*proper));
  put_numbers(f, area, axis, *grid, 0, apart.rows, 0);
  outline_row(f, area, axis, apart.rows - 1, 0);
}

}  // namespace

void draw_kv_matrix(Frame& f, const Rect& area, const RowAxis& axis, core::Side side, bool keys) {
  const StepRows rows = rows_of(f, side);
  if (rows.total == 0) return;
  const core::Replay* replay = replay_of(f, side);
  if (f.view.heat) {
    draw_heat(f, area, axis, side, 0, rows.total);
  } else if (!replay) {
    draw_ghost(f, area, axis, 0, rows.total);
  } else {
    const MatrixView apart =
        side == core::Side::cached ? difference_of(f, keys) : MatrixView{};
    if (apart.data) return draw_apart(f, area, axis, apart, keys);
    const auto grid = f.grids.get(keys ? keys_of(f, *replay) : values_of(f, *replay),
                                  {.summary = Summary::most_extreme});
    const float high = largest(*grid);
    const int ready = rows_ready(f, rows, keys);
    const int again = rows_again(f, rows, side);
    draw_ghost(f, area, axis, ready, rows.total);
    draw_band(f, area, axis, grid, 0, {0, rows.past, Look::cached}, Scale::diverging, high);
    draw_band(f, area, axis, grid, 0, {0, std::min(again, ready), Look::again}, Scale::diverging,
              high);
    // A single new row waits beside the cache until it is appended.
    const float waiting_room =
        axis.room + axis.row_height * static_cast<float>(axis.capacity - rows.total);
    const float away = 1 - done(f.moment, f.view.layer, Operation::append);
    const float shift = side == core::Side::cached && rows.fresh == 1 && rows.past > 0
                            ? away * away * std::min(axis.row_height * 0.6F + 10, waiting_room)
                            : 0;
    draw_band(f, area, axis, grid, 0, {std::max(again, rows.past), ready, Look::plain, 1, shift},
              Scale::diverging, high);
    put_numbers(f, area, axis, *grid, rows.past, ready, shift);
    if (ready == rows.total) outline_row(f, area, axis, rows.total - 1, shift);
  }
  f.scene.places.push_back(
      {.rect = {area.x, axis.y, area.w, axis.row_height * static_cast<float>(rows.total)},
       .part = {keys ? PartKind::key_cell : PartKind::value_cell, side},
       .rows = rows.total,
       .columns = f.config().head_dim});
}

}  // namespace kv::scene
