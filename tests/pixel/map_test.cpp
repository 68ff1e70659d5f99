// What the shader makes of values is what viz/scene says in C++: colours, looks, summaries, edges.
#include <gtest/gtest.h>

#include "tests/pixel/pictures.h"
#include "tests/pixel/sample_scenes.h"
#include "viz/scene/map_style.h"

namespace kv::test {
namespace {

using scene::Color;
using scene::Look;
using scene::Map;
using scene::Scale;
using scene::Theme;

constexpr int tolerance = 2;

Map whole(std::shared_ptr<const scene::Grid> grid, scene::Rect rect) {
  Map map{.rect = rect, .grid = grid, .row1 = grid->rows, .column1 = grid->columns};
  return map;
}

gl::Image draw_map(const Map& map, Theme theme, scene::Vec2 size) {
  scene::Scene s{.size = size,
                 .ground = scene::palette(theme, false).ground,
                 .theme = theme,
                 .items = {map},
                 .places = {}};
  return draw_scene(s);
}

Color pixel(const gl::Image& image, int x, int y) {
  const auto at = 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                       static_cast<std::size_t>(x));
  return {image.rgba[at], image.rgba[at + 1], image.rgba[at + 2], 255};
}

int distance(Color a, Color b) {
  return std::max({std::abs(int{a.r} - b.r), std::abs(int{a.g} - b.g), std::abs(int{a.b} - b.b)});
}

std::string in_words(Color c) {
  return std::to_string(c.r) + "," + std::to_string(c.g) + "," + std::to_string(c.b);
}

// Every pixel of a map that stands at the origin of its picture, one cell being `side` pixels.
void expect_as_in_cpp(const Map& map, Theme theme, int side) {
  const scene::Palette& colors = scene::palette(theme, false);
  const gl::Image image = draw_map(map, theme, {map.rect.w, map.rect.h});
  int worst = 0;
  std::string where;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) {
      const int row = map.row0 + y / side, column = map.column0 + x / side;
      const Look look = scene::is_hidden(map, row, column) ? Look::masked : map.look;
      const scene::Pattern kind = scene::pattern_of(look);
      const Color cell = scene::cell_color(map.grid->at(row, column), map, look, theme, colors);
      const float ink =
          scene::line_share(look) * scene::coverage(kind, scene::in_pixels(kind, 1), x, y);
      const Color expected = mix(cell, scene::line_color(look, colors), ink);
      const int off = distance(expected, pixel(image, x, y));
      if (off <= worst) continue;
      worst = off;
      where = std::to_string(x) + "," + std::to_string(y) + ": expected " + in_words(expected) +
              ", found " + in_words(pixel(image, x, y));
    }
  EXPECT_LE(worst, tolerance) << where;
}

TEST(MapColors, EveryScaleIsTheOneOfThePalette) {
  const auto ramp = grid_of(2, 512, [](int, int c) { return -1.1 + 2.2 * c / 511; });
  for (const Theme theme : {Theme::dark, Theme::light})
    for (const Scale scale : {Scale::sequential, Scale::diverging, Scale::heat}) {
      Map map = whole(ramp, {0, 0, 1024, 4});
      map.scale = scale, map.low = scale == Scale::diverging ? -1.0F : 0.0F;
      const gl::Image image = draw_map(map, theme, {1024, 4});
      for (int c = 0; c < 512; ++c) {
        const Color expected = scene::scale_color(scale, ramp->at(0, c), theme);
        EXPECT_LE(distance(expected, pixel(image, 2 * c, 1)), tolerance)
            << static_cast<int>(scale) << " at " << ramp->at(0, c);
      }
    }
}

TEST(MapColors, EveryLookIsTheOneInCpp) {
  const auto grid = grid_of(9, 13, [](int r, int c) { return std::sin(r * 2.1 + c * 0.7); });
  for (const Theme theme : {Theme::dark, Theme::light})
    for (int look = 0; look < 5; ++look)
      for (int scale = 0; scale < 3; ++scale)
        for (const bool masking : {false, true}) {
          SCOPED_TRACE("look " + std::to_string(look) + ", scale " + std::to_string(scale));
          Map map = whole(grid, {0, 0, 13 * 7, 9 * 7});
          map.look = static_cast<Look>(look), map.scale = static_cast<Scale>(scale);
          map.low = -0.5F, map.high = 0.8F;
          if (masking) map.diagonal = 2;
          expect_as_in_cpp(map, theme, 7);
        }
}

TEST(MapColors, ARangeOfAGridIsThatRange) {
  const auto grid = grid_of(20, 30, [](int r, int c) { return ((r * 31 + c * 17) % 64) / 63.0; });
  Map map{.rect = {0, 0, 35, 30},
          .grid = grid,
          .row0 = 11,
          .row1 = 17,
          .column0 = 4,
          .column1 = 11,
          .diagonal = -6};
  expect_as_in_cpp(map, Theme::dark, 5);
}

TEST(MapColors, ValuesThatAreNoNumbersHaveTheColourOfNothing) {
  const auto grid = grid_of(1, 4, [](int, int c) {
    constexpr float infinite = std::numeric_limits<float>::infinity();
    return c == 0 ? std::nanf("") : c == 1 ? infinite : c == 2 ? -infinite : 0.5F;
  });
  for (const Scale scale : {Scale::sequential, Scale::diverging}) {
    Map map = whole(grid, {0, 0, 16, 4});
    map.scale = scale;
    expect_as_in_cpp(map, Theme::dark, 4);
  }
}

// Pixels fewer than cells: none of these may be lost.
TEST(MapSummary, TheLargestOfTheCellsUnderAPixelIsSeen) {
  for (const int peak : {0, 1, 57, 333, 398, 399}) {
    const auto grid = grid_of(400, 400, [&](int r, int c) { return r == peak && c == peak; });
    const gl::Image image = draw_map(whole(grid, {0, 0, 90, 70}), Theme::dark, {90, 70});
    const Color bright = scene::scale_color(Scale::sequential, 1, Theme::dark);
    EXPECT_LE(distance(bright, pixel(image, peak * 90 / 400, peak * 70 / 400)), tolerance) << peak;
  }
}

TEST(MapSummary, EachKindIsTheOneOfTheGrid) {
  auto grid = std::make_shared<scene::Grid>(*grid_of(4, 8, [](int r, int c) {
    return r < 2 && c < 4 ? (r == 0 && c == 1 ? -0.9 : c == 2 ? 0.6 : 0.1) : 0.0;
  }));
  const float expected[] = {0.6F, -0.9F, 0, -0.9F};  // the mean is counted below
  for (int kind = 0; kind < 4; ++kind) {
    grid->summary = static_cast<scene::Summary>(kind);
    Map map = whole(std::make_shared<const scene::Grid>(*grid), {0, 0, 2, 2});
    map.scale = Scale::diverging;
    const float value = kind == 2 ? (-0.9F + 0.6F * 2 + 0.1F * 5) / 8 : expected[kind];
    const Color wanted = scene::scale_color(Scale::diverging, value, Theme::dark);
    EXPECT_LE(distance(wanted, pixel(draw_map(map, Theme::dark, {2, 2}), 0, 0)), tolerance) << kind;
  }
}

TEST(MapSummary, ACellUnderTheDiagonalIsNotHiddenByThoseAboveIt) {
  const auto grid = grid_of(100, 100, [](int r, int c) { return r == c ? 1.0 : c > r ? 0.7 : 0; });
  Map map = whole(grid, {0, 0, 25, 25});
  map.diagonal = 0;
  const gl::Image image = draw_map(map, Theme::dark, {25, 25});
  const Color bright = scene::scale_color(Scale::sequential, 1, Theme::dark);
  for (int i = 0; i < 25; ++i) EXPECT_LE(distance(bright, pixel(image, i, i)), tolerance) << i;
}

TEST(MapEdges, CellsAndGapsLieOnWholePixels) {
  const auto grid = grid_of(1, 3, [](int, int) { return 1.0; });
  Map map = whole(grid, {0, 0, 20, 4});
  map.gap = 2;
  const gl::Image image = draw_map(map, Theme::dark, {20, 4});
  const Color cell = scene::scale_color(Scale::sequential, 1, Theme::dark);
  const Color ground = scene::palette(Theme::dark, false).ground;
  // Cells begin at 0, 20/3 and 40/3 pixels.
  const std::string shape = "#######..####..#####";
  for (int x = 0; x < 20; ++x)
    EXPECT_LE(
        distance(shape[static_cast<std::size_t>(x)] == '#' ? cell : ground, pixel(image, x, 2)),
        tolerance)
        << x;
}

TEST(MapPicture, AChangeOfOneCellIsADifference) {
  std::vector<float> values(40 * 60);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i % 97) / 96;
  const auto draw = [&](Look look) {
    Map map = whole(
        grid_of(40, 60, [&](int r, int c) { return values[static_cast<std::size_t>(r * 60 + c)]; }),
        {3, 5, 180, 120});
    map.look = look;
    return draw_map(map, Theme::dark, {190, 130});
  };
  for (const Look look : {Look::plain, Look::again, Look::cached, Look::faded}) {
    const gl::Image before = draw(look);
    EXPECT_FALSE(difference(before, draw(look)));
    for (const std::size_t cell : {0U, 59U, 1234U, 2399U}) {
      const float old = std::exchange(values[cell], values[cell] > 0.5F ? 0.3F : 0.7F);
      EXPECT_TRUE(difference(before, draw(look))) << static_cast<int>(look) << ", cell " << cell;
      values[cell] = old;
    }
  }
}

TEST(MapPicture, RoundingIsNoDifference) {
  const gl::Image before = draw_scene(maps_scene(Theme::dark));
  gl::Image rounded = before;
  for (std::size_t i = 0; i < rounded.rgba.size(); i += 4)
    rounded.rgba[i] = static_cast<std::uint8_t>(std::min(255, rounded.rgba[i] + int(i / 4 % 3)));
  EXPECT_FALSE(difference(before, rounded));
}

}  // namespace
}  // namespace kv::test
