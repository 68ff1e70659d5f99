// "Draw it first": what is hidden, what is said, what comes of it.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/scene/growth_drawn.h"
#include "viz/scene/number_text.h"

namespace kv::test {
namespace {

using core::Baseline;
using scene::CostPart;
using scene::PartKind;
using scene::Rect;
using scene::Scenario;

Rect plot_of(const scene::Scene& scene) {
  for (const auto& place : scene.places)
    if (place.part.kind == PartKind::lab_chart) return place.rect;
  return {};
}

// Curves and their samples beside names and in the task.
std::ptrdiff_t lines_in(const scene::Scene& scene, scene::Color color) {
  const auto paths = paths_of(scene);
  return std::ranges::count_if(paths, [&](const scene::Path& path) {
    return path.color == color && path.points.size() > 40;
  });
}

TEST(LabDraw, WhatLeavesThePlotEndsAtItsEdge) {
  Scenario s = small_scenario();
  s.page = scene::LabPage::draw;
  Growing growing(s);
  std::vector<scene::Vec2> steep;
  for (float n = 1; n <= 1000; n *= 1.5F) steep.push_back({n, 1e6F * n * n * n * n});
  growing.lab.drawn = {.points = steep, .enough = true, .exponent = 4};
  const Rect plot = plot_of(growing.draw());
  const auto& colors = scene::palette(growing.view.theme, false);
  int edges = 0;
  for (const scene::Path& path : paths_of(growing.scene))
    if (path.color == colors.fresh && path.points.size() > 2)
      edges += static_cast<int>(std::ranges::count_if(
          path.points, [&](scene::Vec2 p) { return p.y <= plot.y + 0.01F; }));
  EXPECT_EQ(edges, 1);
}

TEST(LabDraw, HidesWhatIsAskedUntilItIsRevealed) {
  for (const Baseline asked : {Baseline::without_cache, Baseline::with_cache}) {
    Scenario s = small_scenario();
    s.page = scene::LabPage::draw, s.asked = asked;
    Growing growing(s);
    const bool with = asked == Baseline::with_cache;
    const auto& colors = scene::palette(growing.view.theme, false);
    const auto hidden = with ? colors.with : colors.without;
    const auto other = with ? colors.without : colors.with;
    const Rect before = plot_of(growing.draw());
    EXPECT_EQ(lines_in(growing.scene, hidden), 0);
    EXPECT_EQ(lines_in(growing.scene, other), 2);
    EXPECT_TRUE(find_part(growing.scene, {.kind = PartKind::reveal_button}));
    EXPECT_FALSE(
        says(growing.scene, scene::flops_text(cost_at(s, {asked, CostPart::total}, 1000))));
    growing.lab.drawn = {.points = {{1, 1e6F}, {1000, 1e10F}},
                         .enough = true,
                         .revealed = true,
                         .exponent = 1.333,
                         .truth = 2.156,
                         .factor = 3.24};
    EXPECT_EQ(plot_of(growing.draw()), before);
    EXPECT_EQ(lines_in(growing.scene, hidden), 1);
    EXPECT_FALSE(find_part(growing.scene, {.kind = PartKind::reveal_button}));
    for (const char* words : {"1.33", "2.16", "on average 3.24\u00D7 off"})
      EXPECT_TRUE(says(growing.scene, words)) << words;
  }
}

TEST(LabDraw, SaysWhereToBeginAndWhatToDo) {
  Scenario s = small_scenario();
  s.page = scene::LabPage::draw, s.part = CostPart::attention;
  Growing growing(s);
  const std::string first =
      scene::flops_text(cost_at(s, {Baseline::without_cache, CostPart::attention}, 1));
  EXPECT_TRUE(says(growing.draw(), "begins here: n = 1 \u00B7 " + first));
  EXPECT_TRUE(says(growing.scene, "Press on the marked point"));
  growing.lab.drawn.points = {{1, 1000}, {5, 9000}};
  EXPECT_TRUE(says(growing.draw(), "Draw on"));
  growing.lab.drawn.enough = true;
  EXPECT_TRUE(says(growing.draw(), "look at the answer"));
}

// What was drawn is drawn where it was drawn.
TEST(LabDraw, TheLearnersCurveIsInTheAxesUnits) {
  Scenario s = small_scenario();
  s.page = scene::LabPage::draw;
  Growing growing(s);
  const scene::PartId part{.kind = PartKind::lab_chart, .a = 300, .b = 600};
  growing.lab.drawn.points = {{1, 4e5F}, *chart_value(s, part)};
  const auto& scene = growing.draw();
  const auto cell = find_part(scene, part);
  ASSERT_TRUE(cell);
  const auto paths = paths_of(scene);
  const auto own = std::ranges::find(paths, 4, &scene::Path::width);
  ASSERT_NE(own, paths.end());
  EXPECT_NEAR(own->points[1].x, cell->center().x, 0.6F);
  EXPECT_NEAR(own->points[1].y, cell->center().y, 0.6F);
}

}  // namespace
}  // namespace kv::test
