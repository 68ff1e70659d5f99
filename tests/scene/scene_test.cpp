// The scene as a value: what lies under a point, where a part is, and its text for goldens.
#include "viz/scene/scene.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace kv::scene {
namespace {

Place table(Rect rect, PartKind kind, int rows, int columns) {
  return {.rect = rect, .part = {.kind = kind}, .rows = rows, .columns = columns};
}

TEST(Parts, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (int i = 0; i < static_cast<int>(PartKind::count_); ++i)
    EXPECT_TRUE(names.insert(name_of(static_cast<PartKind>(i))).second) << i;
  EXPECT_STREQ(name_of(PartKind::none), "none");
  EXPECT_STREQ(name_of(PartKind::key_cell), "key_cell");
  EXPECT_STREQ(name_of(PartKind::head_thumbnail), "head_thumbnail");
  EXPECT_STREQ(name_of(PartKind::memory_budget), "memory_budget");
  EXPECT_STREQ(name_of(PartKind::slider), "slider");
  EXPECT_STREQ(name_of(PartKind::overlay), "overlay");
}

TEST(HitTest, FindsTheTopmostPlace) {
  Scene scene;
  scene.places = {{.rect = {0, 0, 100, 100}, .part = {.kind = PartKind::chart}},
                  {.rect = {50, 50, 100, 100}, .part = {.kind = PartKind::ratio}}};
  EXPECT_EQ(hit_test(scene, {10, 10}).kind, PartKind::chart);
  EXPECT_EQ(hit_test(scene, {60, 60}).kind, PartKind::ratio);
  EXPECT_EQ(hit_test(scene, {200, 10}).kind, PartKind::none);
  EXPECT_EQ(hit_test(scene, {100, 10}).kind, PartKind::none);  // the right edge is outside
  EXPECT_EQ(hit_test({}, {0, 0}).kind, PartKind::none);
}

TEST(HitTest, TellsTheCellOfATable) {
  Scene scene;
  Place place = table({100, 200, 40, 60}, PartKind::key_cell, 6, 4);
  place.part.side = core::Side::uncached;
  place.row0 = 10, place.column0 = 2;
  scene.places = {place};
  EXPECT_EQ(hit_test(scene, {100, 200}), (PartId{PartKind::key_cell, core::Side::uncached, 10, 2}));
  EXPECT_EQ(hit_test(scene, {139.9F, 259.9F}),
            (PartId{PartKind::key_cell, core::Side::uncached, 15, 5}));
  EXPECT_EQ(hit_test(scene, {115, 225}), (PartId{PartKind::key_cell, core::Side::uncached, 12, 3}));
}

TEST(HitTest, CountsInMatrixRowsWhereACellStandsForSeveral) {
  Scene scene;
  Place place = table({0, 0, 10, 10}, PartKind::attention_cell, 5, 5);
  place.row_step = 3, place.column_step = 2;
  scene.places = {place};
  const PartId part = hit_test(scene, {5, 9});
  EXPECT_EQ(part.a, 12);
  EXPECT_EQ(part.b, 4);
}

TEST(HitTest, TellsThePlaceOnAScale) {
  Scene scene;
  Place place{.rect = {10, 0, 101, 20}, .part = {.kind = PartKind::slider}, .columns = 101};
  place.column0 = 5;
  scene.places = {place};
  EXPECT_EQ(hit_test(scene, {10.5F, 3}).a, 5);
  EXPECT_EQ(hit_test(scene, {60.5F, 3}).a, 55);
  EXPECT_EQ(hit_test(scene, {60.5F, 3}).b, -1);
}

TEST(FindPart, IsWhereHitTestFindsIt) {
  Scene scene;
  Place keys = table({100, 200, 40, 60}, PartKind::key_cell, 6, 4);
  keys.row0 = 3, keys.row_step = 2;
  scene.places = {keys,
                  {.rect = {0, 0, 101, 20}, .part = {.kind = PartKind::slider}, .columns = 101},
                  {.rect = {300, 0, 10, 10}, .part = {.kind = PartKind::ratio}}};
  for (const Vec2 point : {Vec2{101, 201}, {139, 259}, {120, 230}, {50, 10}, {305, 5}}) {
    const PartId part = hit_test(scene, point);
    const auto rect = find_part(scene, part);
    ASSERT_TRUE(rect) << point.x;
    EXPECT_TRUE(rect->contains(point)) << point.x;
    EXPECT_EQ(hit_test(scene, rect->center()), part);
  }
}

TEST(FindPart, KnowsNothingThatIsNotThere) {
  Scene scene;
  scene.places = {table({0, 0, 40, 60}, PartKind::key_cell, 6, 4),
                  {.rect = {300, 0, 10, 10}, .part = {.kind = PartKind::candidate, .a = 1}}};
  EXPECT_FALSE(find_part(scene, {PartKind::key_cell, core::Side::cached, 6, 0}));
  EXPECT_FALSE(find_part(scene, {PartKind::key_cell, core::Side::cached, 0, 4}));
  EXPECT_FALSE(find_part(scene, {PartKind::key_cell, core::Side::uncached, 0, 0}));
  EXPECT_FALSE(find_part(scene, {.kind = PartKind::candidate, .a = 2}));
  EXPECT_FALSE(find_part(scene, {.kind = PartKind::ratio}));
}

TEST(FindPart, TakesTheLastPlaceDrawn) {
  Scene scene;
  scene.places = {{.rect = {0, 0, 10, 10}, .part = {.kind = PartKind::ratio}},
                  {.rect = {50, 0, 10, 10}, .part = {.kind = PartKind::ratio}}};
  EXPECT_EQ(find_part(scene, {.kind = PartKind::ratio})->x, 50);
}

std::shared_ptr<const Grid> small_grid(float last) {
  auto grid = std::make_shared<Grid>();
  grid->rows = 1, grid->columns = 3;
  grid->cells = {0.25F, -1, last};
  return grid;
}

Scene one_of_each() {
  Scene scene{.size = {640, 480}, .ground = rgb(0x0D1117), .items = {}, .places = {}};
  scene.items = {ClipBegin{{1, 2, 30, 40}},
                 Box{.rect = {1, 2, 3, 4}, .fill = rgb(0xFF0000), .radius = 2},
                 Box{.rect = {0, 0, 9, 9},
                     .line = rgb(0x00FF00),
                     .line_width = 2,
                     .pattern = Pattern::hatch,
                     .pattern_color = rgb(0x0000FF).with_alpha(0.5F)},
                 Text{{5, 6}, "say \"q\u00B7k\"", Font::body_bold, rgb(0x123456)},
                 Path{.points = {{0, 0}, {10.04F, 20}}, .color = rgb(0xABCDEF), .dash = 5},
                 Map{.rect = {0, 0, 30, 10},
                     .grid = small_grid(0.5F),
                     .row1 = 1,
                     .column1 = 3,
                     .scale = Scale::diverging,
                     .low = -1,
                     .look = Look::again,
                     .diagonal = 0},
                 ClipEnd{}};
  scene.places = {table({0, 0, 30, 10}, PartKind::value_cell, 1, 3)};
  return scene;
}

TEST(SceneText, SaysEverythingInTheSameWords) {
  EXPECT_EQ(to_text(one_of_each()),
            "scene 640x480 ground 0d1117ff\n"
            "clip 1.0,2.0 30.0x40.0\n"
            "box 1.0,2.0 3.0x4.0 fill ff0000ff line - 1 radius 2\n"
            "box 0.0,0.0 9.0x9.0 fill - line 00ff00ff 2 radius 0 pattern 1 0000ff80\n"
            "text 5.0,6.0 font 5 123456ff \"say \"q\u00B7k\"\"\n"
            "path abcdefff width 1.5 dash 5 0.0,0.0 10.0,20.0\n"
            "map 0.0,0.0 30.0x10.0 rows 0-1 columns 0-3 scale 1 look 1 opacity 1 gap 0 diagonal 0"
            " range -1.000 1.000 corners 0.250 0.500 hash "
            "9959a6ba8784c881\n"
            "end clip\n"
            "place value_cell 0.0,0.0 30.0x10.0 side 0 a -1 b -1 table 1x3 from 0,0\n");
}

TEST(SceneText, ChangesWithOneCell) {
  Scene a = one_of_each(), b = one_of_each();
  std::get<Map>(b.items[5]).grid = small_grid(0.501F);
  EXPECT_NE(to_text(a), to_text(b));
}

TEST(SceneText, BearsGridsThatAreEmptyOrNotFinite) {
  Scene scene = one_of_each();
  std::get<Map>(scene.items[5]).grid = small_grid(std::numeric_limits<float>::quiet_NaN());
  EXPECT_NE(to_text(scene), to_text(one_of_each()));
  std::get<Map>(scene.items[5]).grid = nullptr;
  EXPECT_NE(to_text(scene).find("map"), std::string::npos);
}

}  // namespace
}  // namespace kv::scene
