// What is to be drawn, as a plain value: a list of primitives in painting order, and the places
// that can be pointed at. Units, not pixels; whoever draws it chooses the scale.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "viz/scene/font_metrics.h"
#include "viz/scene/geometry.h"
#include "viz/scene/grid.h"
#include "viz/scene/palette.h"
#include "viz/scene/part.h"

namespace kv::scene {

enum class Pattern {
  none,
  hatch,     // thin lines rising to the right: computed again
  diagonal,  // dense lines falling to the right: masked
  dots,      // not kept
};

struct Box {  // a rectangle, filled, patterned and outlined as asked
  Rect rect;
  Color fill{0, 0, 0, 0};
  Color line{0, 0, 0, 0};
  float line_width = 1;
  float radius = 0;
  Pattern pattern = Pattern::none;
  Color pattern_color{0, 0, 0, 0};
};

struct Text {
  Vec2 at;  // left end of the line's top
  std::string text;
  Font font = Font::body;
  Color color;
};

struct Path {  // a polyline, or a filled convex shape
  std::vector<Vec2> points;
  Color color;
  float width = 1.5F;
  bool filled = false;
  bool closed = false;
  float dash = 0;  // length of dashes and gaps; 0: solid
};

enum class Look {
  plain,
  again,   // computed again: thin hatching over the values
  cached,  // kept from earlier: grey, values still readable
  masked,  // computed, then thrown away: dark with the diagonal pattern, values faint below it
  faded,   // there, but not what is talked about
};

// Cells [row0, row1) x [column0, column1) of a grid, drawn into rect, one equal cell each.
struct Map {
  Rect rect;
  std::shared_ptr<const Grid> grid = nullptr;
  int row0 = 0, row1 = 0, column0 = 0, column1 = 0;
  Scale scale = Scale::sequential;
  float low = 0, high = 1;  // values at the ends of the scale; diverging: -high..high
  Look look = Look::plain;
  float opacity = 1;
  float gap = 0;  // units left free between cells
  // Where set, cells whose column lies more than this many beyond their row take the `masked` look:
  // column > row + *diagonal, both counted in the grid.
  std::optional<int> diagonal = {};
};

struct ClipBegin {
  Rect rect;
};
struct ClipEnd {};

using Primitive = std::variant<Box, Text, Path, Map, ClipBegin, ClipEnd>;

// A place that can be pointed at. With rows > 0 it is a table whose cells are parts of their own:
// PartId a and b are then the row and column under the pointer, from (row0, column0). With columns
// alone it is a scale: a is the column.
struct Place {
  Rect rect;
  PartId part;
  int rows = 0, columns = 0;
  int row0 = 0, column0 = 0;
  float row_step = 1, column_step = 1;  // rows and columns of the matrix per cell drawn
};

struct Scene {
  Vec2 size;
  Color ground;
  Theme theme = Theme::dark;
  std::vector<Primitive> items;
  std::vector<Place> places;
};

// The topmost part at a point; kind none where there is nothing.
PartId hit_test(const Scene& scene, Vec2 point);

// The place a part was drawn at last, for whoever wants to point there: the cell, for tables.
std::optional<Rect> find_part(const Scene& scene, const PartId& part);

// The whole scene as text, a line per primitive and place: for goldens. Maps are told by shape,
// hash and corner values.
std::string to_text(const Scene& scene);

// Lays text in lines no wider than `room`, breaking at spaces, around Chinese characters, and
// within a word only where it is longer than a line. "\n" ends a line.
std::vector<std::string> wrap_text(const FontMetrics& metrics, const std::string& text, Font font,
                                   float room);

}  // namespace kv::scene
