// The large chart and its axes.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>
#include "core/bench/side_times.h"
#include "core/cost/growth.h"
#include "core/cost/roofline.h"
#include "tests/scene/stages_drawn.h"
#include "tests/support/golden.h"
#include "viz/scene/number_text.h"
#include "viz/scene/views/axes.h"
#include "viz/scene/views/stages.h"

namespace kv::test {
namespace {

using scene::BenchView;
using scene::Frame;
using scene::PartKind;
using scene::Rect;
using scene::StageSpec;
using scene::Vec2;

TEST(StageChart, PointIsTheInverseOfTheCurve) {
  Looking looking;
  const auto& model = core::find_preset("gpt2")->cost.model;
  for (const bool log_log : {true, false}) {
    const StageSpec spec{.preset = "gpt2", .tokens = 400, .log_log = log_log};
    const auto scene = drawn(
        looking, {"", [&](Frame& f, const Rect& r) { draw_stage_chart(f, r, spec, {}, false); }},
        wide);
    const auto curve = paths_of(scene).front();  // without the cache, total
    ASSERT_GT(curve.points.size(), 50U);
    for (std::size_t i = 10; i + 1 < curve.points.size(); i += 9) {
      const auto point = chart_point(wide, spec, looking.frame(), curve.points[i]);
      ASSERT_TRUE(point);
      const auto n = std::lround(point->x);
      EXPECT_NEAR(point->x, static_cast<float>(n), 0.01F * point->x);
      const double flops =
          core::to_double(core::run_cost(model, core::Side::uncached, 1, n).total());
      EXPECT_NEAR(static_cast<double>(point->y), flops, 0.01 * flops + (log_log ? 0 : 2e-5 * 4e13));
    }
  }
}

std::optional<Rect> plot_of(const scene::Scene& scene) {
  for (const auto& place : scene.places)
    if (place.part.kind == PartKind::stage_chart) return place.rect;
  return {};
}

TEST(StageChart, PointIsNothingOutsideThePlot) {
  Looking looking;
  const auto scene = drawn(looking, all_views()[0], wide);
  const auto plot = plot_of(scene);
  ASSERT_TRUE(plot);
  const StageSpec spec{.tokens = 100'000};
  EXPECT_TRUE(chart_point(wide, spec, looking.frame(), plot->center()));
  EXPECT_FALSE(chart_point(wide, spec, looking.frame(), {plot->x - 3, plot->center().y}));
  EXPECT_FALSE(chart_point(wide, spec, looking.frame(), {plot->center().x, plot->bottom() + 3}));
  EXPECT_FALSE(chart_point(wide, {.preset = "deepseek-v3"}, looking.frame(), plot->center()));
  looking.subject = {};
  EXPECT_FALSE(chart_point(wide, spec, looking.frame(), plot->center()));
}

// What is hit in the scene tells the same as the pointer does, to within a cell of the table.
TEST(StageChart, ValueOfThePartHitIsThePoint) {
  Looking looking;
  for (const bool log_log : {true, false}) {
    const StageSpec spec{.preset = "", .tokens = 64, .log_log = log_log};
    const auto scene = drawn(
        looking, {"", [&](Frame& f, const Rect& r) { draw_stage_chart(f, r, spec, {}, false); }},
        wide);
    const auto plot = plot_of(scene);
    ASSERT_TRUE(plot);
    for (const float share : {0.13F, 0.5F, 0.91F}) {
      const Vec2 pointer{plot->x + share * plot->w, plot->y + (1 - share) * plot->h};
      const auto point = chart_point(wide, spec, looking.frame(), pointer);
      const auto value = chart_value(spec, looking.config(), hit_test(scene, pointer));
      ASSERT_TRUE(point && value);
      EXPECT_NEAR(value->x, point->x, 0.015F * point->x);
      EXPECT_NEAR(value->y, point->y, 0.03F * point->y);
    }
  }
}

TEST(StageChart, PrintsTheLocalExponentsAndMarksTheCrossovers) {
  Looking looking;
  const auto scene = drawn(looking, all_views()[0], wide);
  const auto& model = core::find_preset("llama-3-8b")->cost.model;
  const auto exponent = [&](core::Side side) {
    return fmt::format(
        "{:.2f}", *core::local_exponent(core::run_cost(model, side, 1, 100'000).total(),
                                        core::run_cost(model, side, 1, 99'999).total(), 100'000));
  };
  EXPECT_TRUE(says(scene, exponent(core::Side::uncached)));
  EXPECT_TRUE(says(scene, exponent(core::Side::cached)));
  const auto crossover = core::attention_crossover(model);
  for (const double n : {crossover.run_cached, crossover.run_uncached})
    EXPECT_TRUE(
        says(scene, "n = " + scene::grouped_text(static_cast<core::Uint128>(std::llround(n)))));
}

// Nothing of what is to be drawn is given away: neither its course nor its end nor its power.
TEST(StageChart, HidesWhatIsAsked) {
  Looking looking;
  const auto curves_of = [](const scene::Scene& scene) {
    const auto paths = paths_of(scene);
    return std::ranges::count_if(paths, [](const scene::Path& path) { return path.width >= 3; });
  };
  const auto scene_of = [&](bool hidden, std::optional<core::Side> asked) {
    return drawn(looking,
                 {"",
                  [=](Frame& f, const Rect& r) {
                    draw_stage_chart(f, r, {.tokens = 100'000}, {}, hidden, asked);
                  }},
                 wide);
  };
  EXPECT_EQ(curves_of(scene_of(false, {})), 8);  // four, and as many beside their names
  EXPECT_TRUE(paths_of(scene_of(true, {})).empty());
  EXPECT_FALSE(says(scene_of(true, {}), "without"));
  const auto half = scene_of(true, core::Side::uncached);
  EXPECT_EQ(curves_of(half), 4);
  EXPECT_FALSE(says(half, "without"));
  EXPECT_TRUE(says(half, "with"));
  ASSERT_TRUE(plot_of(half));
  EXPECT_EQ(plot_of(half), plot_of(scene_of(false, {})));
}

TEST(StageChart, ShowsTheRunOnlyWhereItBeganWithOneToken) {
  Looking many, one = one_token_run();
  const View view{"", [](Frame& f, const Rect& r) {
                    draw_stage_chart(f, r, {.preset = "", .tokens = 64}, {}, false);
                  }};
  EXPECT_TRUE(says(drawn(one, view, wide), "counted"));
  EXPECT_FALSE(says(drawn(many, view, wide), "counted"));
  // A counted point lies where the closed form has the curve.
  const auto scene = drawn(one, view, wide);
  const auto& fresh = scene::palette(one.view.theme, false).fresh;
  const bool line = std::ranges::any_of(scene.items, [&](const auto& item) {
    const auto* box = std::get_if<scene::Box>(&item);
    return box && box->fill == fresh && box->rect.w == 2;
  });
  EXPECT_TRUE(line);
}

TEST(Axes, TicksAreRoundAndWithin) {
  const auto linear = scene::ticks_of({.low = 0, .high = 33, .log = false}, 9);
  EXPECT_EQ(linear.front(), 0);
  EXPECT_EQ(linear.back(), 30);
  EXPECT_EQ(linear.size(), 7U);
  const auto log = scene::ticks_of({.low = 1, .high = 512, .log = true}, 12);
  ASSERT_EQ(log.size(), 9U);
  EXPECT_DOUBLE_EQ(log[3], 10);
  EXPECT_DOUBLE_EQ(log.back(), 500);
  EXPECT_EQ(scene::ticks_of({.low = 1, .high = 1e12, .log = true}, 6).size(), 7U);
}

TEST(Axes, ValuesAtIsTheInverseOfAt) {
  const scene::PlotAxes axes{.plot = {100, 50, 400, 300},
                             .x = {.low = 1, .high = 1000, .log = true},
                             .y = {.low = 0, .high = 80, .log = false}};
  const Vec2 values = axes.values_at(axes.at(37, 21));
  EXPECT_NEAR(values.x, 37, 0.01F);
  EXPECT_NEAR(values.y, 21, 0.01F);
  EXPECT_EQ(axes.y_at(500), 50);  // never above the plot
}

TEST(Axes, TickTextLeavesOutEmptyDecimals) {
  EXPECT_EQ(scene::tick_text("1.00 TFLOP"), "1 TFLOP");
  EXPECT_EQ(scene::tick_text("2.50 GB"), "2.5 GB");
  EXPECT_EQ(scene::tick_text("100 kB"), "100 kB");
  EXPECT_EQ(scene::tick_text("0 B"), "0 B");
}

}  // namespace
}  // namespace kv::test
