// The laboratory's pages of curves: as text, and what must hold of them in any area and language.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/scene/growth_drawn.h"
#include "tests/support/golden.h"
#include "viz/scene/number_text.h"

namespace kv::test {
namespace {

using core::Baseline;
using scene::CostPart;
using scene::Extent;
using scene::GrowthCurve;
using scene::PartKind;
using scene::Rect;
using scene::Scenario;
using scene::Vec2;

TEST(LabCurvesGolden, EachPage) {
  for (GrowthView& view : growth_views()) {
    SCOPED_TRACE(view.id);
    expect_golden(std::string("scene/golden/growth_") + view.id + ".txt",
                  to_text(view.growing.draw()));
  }
}

TEST(LabCurves, NothingIsCutOffOrOverlapsAtAnySizeInAnyLanguage) {
  for (GrowthView& view : growth_views())
    for (const Vec2 size : {Vec2{940, 740}, Vec2{1240, 760}, Vec2{1540, 920}})
      for (const auto language : scene::languages) {
        SCOPED_TRACE(fmt::format("{} {} {}x{}", view.id, code_of(language), size.x, size.y));
        view.growing.view.language = language;
        const Rect area{10, 20, size.x, size.y};
        const auto& scene = view.growing.draw(area);
        expect_inside(scene, area);
        expect_apart(scene);
      }
}

// Whatever the pointer is on, the table says cost and exponent there.
TEST(LabCurves, ShowTheCostAndTheExponentAtTheCursor) {
  for (const Extent extent : {Extent::run, Extent::step})
    for (const CostPart part : {CostPart::total, CostPart::all, CostPart::scores}) {
      Scenario s = preset_scenario("llama-2-7b", 20'000);
      s.extent = extent, s.part = part, s.padded = true;
      Growing growing(s);
      growing.view.hover = {.kind = PartKind::lab_chart, .a = 400, .b = 700};
      const std::int64_t n = cursor_of(growing.frame());
      ASSERT_GT(n, 100);
      ASSERT_LT(n, 10'000);
      const auto& scene = growing.draw();
      for (const GrowthCurve& curve : curves_of(s)) {
        EXPECT_TRUE(says(scene, scene::flops_text(cost_at(s, curve, n))));
        EXPECT_TRUE(says(scene, fmt::format("{:.2f}", *exponent_at(s, curve, n))));
      }
      const char* letter = extent == Extent::step ? "t = " : "n = ";
      EXPECT_TRUE(says(scene, letter + scene::grouped_text(static_cast<core::Uint128>(n))));
    }
}

// The attention part alone goes to 3: 2.85 already at n = 10.
TEST(LabCurves, AttentionOfTheWholeRunHasExponent285AtTenTokens) {
  Scenario s = preset_scenario("llama-2-7b", 1000);
  s.at = 10, s.part = CostPart::attention;
  EXPECT_TRUE(says(Growing(s).draw(), "2.85"));
}

std::vector<Rect> marks_of(const scene::Scene& scene, int id) {
  std::vector<Rect> rects;
  for (const auto& place : scene.places)
    if (place.part == scene::PartId{.kind = PartKind::lab_crossover, .a = id} && place.rect.w == 16)
      rects.push_back(place.rect);
  return rects;
}

Rect plot_of(const scene::Scene& scene) {
  for (const auto& place : scene.places)
    if (place.part.kind == PartKind::lab_chart) return place.rect;
  return {};
}

TEST(LabCurves, MarkTheStepsCrossoverOnBothCurvesAtTheSameLength) {
  Scenario s = preset_scenario("llama-2-7b", 100'000);
  s.extent = Extent::step;
  Growing growing(s);
  const auto& scene = growing.draw();
  EXPECT_TRUE(says(scene, "attention = the rest, t = 24,704"));
  EXPECT_TRUE(says(scene, "3\u00B74096\u00B711008"));
  EXPECT_TRUE(says(scene, "= 24,704"));
  const auto marks = marks_of(scene, 0);
  ASSERT_EQ(marks.size(), 2U);
  EXPECT_EQ(marks[0].x, marks[1].x);
  const Rect plot = plot_of(scene);
  EXPECT_NEAR((marks[0].center().x - plot.x) / plot.w,
              static_cast<float>(std::log(24'704.0) / std::log(100'000.0)), 1e-4F);
}

TEST(LabCurves, MarkEachRunsCrossoverOnItsOwnCurve) {
  Growing growing(small_scenario());
  const auto& scene = growing.draw();
  EXPECT_TRUE(says(scene, "with: n = 2t* \u2212 1 = 767"));
  EXPECT_TRUE(says(scene, "without: n = (3t* \u2212 1)/2 = 575.5"));
  EXPECT_TRUE(says(scene, "attention = the rest, n = 767"));
  EXPECT_EQ(marks_of(scene, 0).size(), 0U);
  ASSERT_EQ(marks_of(scene, 1).size(), 1U);
  ASSERT_EQ(marks_of(scene, 2).size(), 1U);
  EXPECT_GT(marks_of(scene, 1)[0].x, marks_of(scene, 2)[0].x);
}

TEST(LabCurves, SayWhichCrossoversAreOutsideTheChart) {
  Scenario s = small_scenario();
  s.tokens = 700;
  Growing growing(s);
  EXPECT_TRUE(says(growing.draw(), "2t* \u2212 1 = 767 (beyond n = 700)"));
  EXPECT_TRUE(marks_of(growing.scene, 1).empty());
  EXPECT_FALSE(says(growing.scene, "= 575.5 ("));
  growing.view.scenario.tokens = 2000, growing.view.scenario.prompt = 600;
  EXPECT_TRUE(says(growing.draw(), "= 575.5 (within the prompt)"));
  EXPECT_TRUE(says(growing.scene, "begins with one token"));
}

TEST(LabCurves, DrawStraightLinesOnLogarithmicAxesAlone) {
  Scenario s = small_scenario();
  Growing growing(s);
  const auto lines = [](const scene::Scene& scene) {
    const auto paths = paths_of(scene);
    return std::ranges::count_if(paths, [](const scene::Path& path) {
      return path.width == 1 && path.points.size() == 2 &&
             path.points[1].x - path.points[0].x > 300;
    });
  };
  EXPECT_EQ(lines(growing.draw()), 4);
  EXPECT_TRUE(says(growing.scene, "n\u00B3"));
  growing.view.scenario.log_log = false;
  EXPECT_EQ(lines(growing.draw()), 0);
}

// A dot stands where was counted, also where the formula should say something else.
TEST(LabCurves, PointsStandWhereWasCounted) {
  Scenario s = small_scenario();
  s.batch = 2;
  Growing growing(s);
  EXPECT_FALSE(says(growing.draw(), "counted"));
  core::Execution executed = execution_of(s, 400, 133);
  auto& odd = executed.points[2].sides[static_cast<std::size_t>(Baseline::with_cache)];
  odd.run.mlp = odd.run.mlp * 100;
  growing.lab.executed = std::make_shared<const core::Execution>(executed);
  const auto& scene = growing.draw();
  EXPECT_TRUE(says(scene, "\u25CF counted"));
  const auto stands_at = [&](const GrowthCurve& curve, std::int64_t n, double cost) {
    const Rect plot = plot_of(scene);
    for (const auto& place : scene.places) {
      if (place.part.kind != PartKind::growth_point || place.part.a != 2) continue;
      const auto cell = [](float share) { return static_cast<int>(share * 1000); };
      const auto value = chart_value(s, {.kind = PartKind::lab_chart,
                                         .a = cell((place.rect.center().y - plot.y) / plot.h),
                                         .b = cell((place.rect.center().x - plot.x) / plot.w)});
      if (std::fabs(static_cast<double>(value->y) / cost - 1) < 0.05 &&
          std::fabs(static_cast<double>(value->x) - static_cast<double>(n)) < 3)
        return true;
    }
    ADD_FAILURE() << static_cast<int>(curve.baseline) << " " << cost;
    return false;
  };
  const GrowthCurve without{Baseline::without_cache, CostPart::total};
  EXPECT_TRUE(stands_at(without, 267, core::to_double(cost_at(s, without, 267))));
  EXPECT_TRUE(stands_at({}, 267, 2 * core::to_double(odd.run.total())));
}

// A run from another prompt, or padded to another length, says nothing about these curves.
TEST(LabCurves, ShowNoPointsOfAnotherScenario) {
  Scenario s = small_scenario();
  Growing growing(s);
  growing.lab.executed = std::make_shared<const core::Execution>(execution_of(s, 400, 50));
  const auto points = [&] {
    const auto& places = growing.draw().places;
    return std::ranges::count(places, PartKind::growth_point,
                              [](const scene::Place& place) { return place.part.kind; });
  };
  const auto before = points();
  EXPECT_GT(before, 10);
  growing.view.scenario.padded = true;
  EXPECT_EQ(points(), before);
  growing.view.scenario.prompt = 5;
  EXPECT_EQ(points(), 0);
  EXPECT_FALSE(says(growing.scene, "counted"));
}

TEST(LabCurves, ThePaddedWayHasALineOfItsOwn) {
  Scenario s = small_scenario();
  s.padded = true;
  Growing growing(s);
  std::vector<float> dashes;
  for (const auto& path : paths_of(growing.draw()))
    if (path.points.size() > 60) dashes.push_back(path.dash);
  ASSERT_EQ(dashes.size(), 6U);
  for (const std::size_t padded : {4U, 5U})
    for (std::size_t other = 0; other < 4; ++other)
      EXPECT_GT(std::fabs(dashes[padded] - dashes[other]), 2);
}

TEST(LabCurves, OfLatentAttentionSayThereIsNoFormula) {
  for (const auto page : {scene::LabPage::curves, scene::LabPage::draw}) {
    Scenario s = preset_scenario("deepseek-v3", 1000);
    s.page = page;
    Growing growing(s);
    const auto texts = texts_of(growing.draw());
    ASSERT_EQ(texts.size(), 1U);
    EXPECT_EQ(texts[0].what, "No formula here covers deepseek-v3");
    EXPECT_TRUE(growing.scene.places.empty());
  }
}

TEST(LabCurves, AreThereWhenNoWayIsShown) {
  Scenario s = small_scenario();
  s.with = s.without = false;
  Growing growing(s);
  const Rect area{10, 20, 1240, 760};
  expect_inside(growing.draw(area), area);
}

}  // namespace
}  // namespace kv::test
