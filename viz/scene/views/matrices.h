// The matrices of one side: K and V row by row, and the attention rows beside them.
#pragma once

#include "viz/scene/views/step_data.h"

namespace kv::scene {

// Where rows stand: all matrices of a side share their rows' heights.
struct RowAxis {
  float y = 0;
  float row_height = 1;
  int capacity = 16;
  float room = 0;  // units free below the last row
  float top(float row) const { return y + row * row_height; }
  float height() const { return static_cast<float>(capacity) * row_height; }
};

void draw_row_labels(Frame& f, const Rect& area, const RowAxis& axis, core::Side side);
// A narrow bar beside K that can be told from the last row of the hall: rows computed again, kept
// ones, new ones.
void draw_row_marks(Frame& f, const Rect& area, const RowAxis& axis, core::Side side);
// K (keys) or V of that side at `area`, rows as far as the moment has computed them.
void draw_kv_matrix(Frame& f, const Rect& area, const RowAxis& axis, core::Side side, bool keys);
// Attention of that side: the triangle, or the newest row alone.
void draw_attention(Frame& f, const Rect& area, const RowAxis& axis, core::Side side);

// The bright outline of what is new.
void outline_row(Frame& f, const Rect& area, const RowAxis& axis, int row, float shift = 0);
// Rows that are there but whose values do not exist, yet or any more.
void draw_ghost(Frame& f, const Rect& area, const RowAxis& axis, int row0, int row1);
// The values themselves, where cells are large enough to hold them: of the first `rows` rows, of
// which `cached` are grey; the last row stands `shift` lower.
void put_numbers(Frame& f, const Rect& area, const RowAxis& axis, const Grid& grid, int cached,
                 int rows, float shift);
// Rows [first, total) by how often each has been computed.
void draw_heat(Frame& f, const Rect& area, const RowAxis& axis, core::Side side, int first,
               int total);
// Fresh rows done of a sweep that is `share` through.
int swept(int rows, float share);

// Rows [row0, row1) of a grid that was made of a whole matrix whose first row stands at `axis` row
// `first`.
struct Band {
  int row0 = 0, row1 = 0;
  Look look = Look::plain;
  float opacity = 1;
  float shift = 0;  // units below its place
};
void draw_band(Frame& f, const Rect& area, const RowAxis& axis,
               const std::shared_ptr<const Grid>& grid, int first, const Band& band, Scale scale,
               float high);

}  // namespace kv::scene
