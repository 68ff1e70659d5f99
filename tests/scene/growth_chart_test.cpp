// The chart of growth as a value: costs and exponents against sums written out here, axes against
// what is hit.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/scene/growth_drawn.h"

namespace kv::test {
namespace {

using core::Baseline;
using scene::CostPart;
using scene::Extent;
using scene::GrowthCurve;
using scene::PartId;
using scene::PartKind;
using scene::Scenario;

struct Parts {
  long double attention = 0, projections = 0, mlp = 0, head = 0;
  long double total() const { return attention + projections + mlp + head; }
};

// A forward of `fresh` rows that see `keys` keys, dense.
Parts forward_parts(const core::ModelConfig& c, long double fresh, long double keys) {
  const long double d = c.d_model, h = c.q_width(), k = c.kv_width(), layers = c.layers;
  return {.attention = layers * 4 * fresh * keys * h,
          .projections = layers * fresh * (4 * d * h + 4 * d * k),
          .mlp = layers * 2 * fresh * (c.gated_mlp() ? 3 : 2) * d * c.ffn,
          .head = 2.0L * d * c.vocabulary};
}

Parts step_parts(const Scenario& s, Baseline way, std::int64_t prompt, std::int64_t t) {
  const auto rows = static_cast<long double>(t);
  const auto context = static_cast<long double>(shape_of(s).context);
  if (way == Baseline::padded) return forward_parts(s.sizes.model, context, context);
  const bool one = way == Baseline::with_cache && t > prompt;
  return forward_parts(s.sizes.model, one ? 1 : rows, rows);
}

// The sum over all steps, one after the other.
Parts run_parts(const Scenario& s, Baseline way, std::int64_t prompt, std::int64_t n) {
  Parts sum;
  for (std::int64_t t = prompt; t <= n; ++t) {
    const Parts step = step_parts(s, way, prompt, t);
    sum.attention += step.attention, sum.projections += step.projections;
    sum.mlp += step.mlp, sum.head += step.head;
  }
  return sum;
}

Parts parts_at(const Scenario& s, Baseline way, std::int64_t prompt, std::int64_t n) {
  return s.extent == Extent::step ? step_parts(s, way, prompt, n) : run_parts(s, way, prompt, n);
}

long double part_of(const Parts& parts, CostPart part) {
  switch (part) {
    case CostPart::attention:
      return parts.attention;
    case CostPart::rest:
      return parts.projections + parts.mlp;
    case CostPart::mlp:
      return parts.mlp;
    case CostPart::head:
      return parts.head;
    default:
      return part == scene::projections ? parts.projections : parts.total();
  }
}

constexpr CostPart summed_parts[] = {CostPart::total, CostPart::attention, CostPart::rest,
                                     CostPart::mlp,   CostPart::head,      scene::projections};

std::vector<Scenario> scenarios() {
  Scenario small = small_scenario(), prompted = preset_scenario("llama-3-8b", 3000);
  small.padded = true, small.context = 1500;
  prompted.prompt = 40, prompted.batch = 3, prompted.padded = true;
  std::vector<Scenario> all{small, prompted};
  for (Scenario& s : all) s.extent = Extent::run;
  all.push_back(small), all.push_back(prompted);
  all[2].extent = all[3].extent = Extent::step;
  return all;
}

TEST(CostOf, TakesThePartsOfACount) {
  const core::OpCount count{.q = 1,
                            .k = 2,
                            .v = 4,
                            .scores = 8,
                            .weighted_sum = 16,
                            .output = 32,
                            .mlp = 64,
                            .head = 128,
                            .other = 256};
  const unsigned expected[] = {255, 255, 24, 103, 1, 2, 4, 8, 16, 32, 64, 128};
  for (int part = 0; part < scene::cost_part_count; ++part)
    EXPECT_EQ(cost_of(count, static_cast<CostPart>(part)), expected[part]) << part;
}

TEST(GrowthChart, CurvesAreOfThePartsShownForTheWaysShown) {
  Scenario s = small_scenario();
  EXPECT_EQ(curves_of(s), (std::vector<GrowthCurve>{{Baseline::without_cache, CostPart::total},
                                                    {Baseline::without_cache, CostPart::attention},
                                                    {Baseline::with_cache, CostPart::total},
                                                    {Baseline::with_cache, CostPart::attention}}));
  s.part = CostPart::all, s.padded = true, s.with = false;
  EXPECT_EQ(curves_of(s).size(), 8U);
  EXPECT_EQ(curves_of(s)[5], (GrowthCurve{Baseline::padded, scene::projections}));
  s.part = CostPart::mlp;
  EXPECT_EQ(curves_of(s), (std::vector<GrowthCurve>{{Baseline::without_cache, CostPart::mlp},
                                                    {Baseline::padded, CostPart::mlp}}));
}

TEST(GrowthChart, CostsAreTheSumsOfTheSteps) {
  for (const Scenario& s : scenarios())
    for (const Baseline way : core::baselines)
      for (const CostPart part : summed_parts)
        for (const std::int64_t n : {s.prompt, s.prompt + 1, std::int64_t{600}}) {
          const auto batch = static_cast<long double>(s.batch);
          const long double sum = part_of(parts_at(s, way, s.prompt, n), part) * batch;
          const auto found = static_cast<long double>(cost_at(s, {way, part}, n));
          EXPECT_NEAR(static_cast<double>(found / sum), 1, 1e-12)
              << static_cast<int>(way) << " " << static_cast<int>(part) << " " << n;
        }
}

// Of the run from one token, whatever the prompt.
TEST(GrowthChart, ExponentsAreThoseOfTheOneTokenRunsSums) {
  for (const Scenario& s : scenarios())
    for (const Baseline way : core::baselines)
      for (const CostPart part : summed_parts)
        for (const std::int64_t n : {2, 10, 77, 900}) {
          const auto here = part_of(parts_at(s, way, 1, n), part);
          const auto before = part_of(parts_at(s, way, 1, n - 1), part);
          const auto length = static_cast<long double>(n);
          const long double expected = std::log(here / before) / std::log(length / (length - 1));
          const auto found = exponent_at(s, {way, part}, n);
          ASSERT_TRUE(found);
          EXPECT_NEAR(*found, static_cast<double>(expected), 1e-6)
              << static_cast<int>(way) << " " << static_cast<int>(part) << " " << n;
        }
}

TEST(GrowthChart, NoExponentBeforeTwoTokens) {
  EXPECT_FALSE(exponent_at(small_scenario(), {}, 1));
  EXPECT_TRUE(exponent_at(small_scenario(), {}, 2));
}

// However far, the exponent comes to the power that is named.
TEST(GrowthChart, PowersAreWhatExponentsTendTo) {
  for (Scenario s : scenarios()) {
    s.tokens = s.context = 1'000'000'000;
    for (const Baseline way : core::baselines)
      for (int part = 0; part <= scene::cost_part_count; ++part) {
        const GrowthCurve curve{way, static_cast<CostPart>(part)};
        EXPECT_NEAR(*exponent_at(s, curve, s.tokens), power_of(s, curve), 1e-3)
            << static_cast<int>(way) << " " << part;
      }
  }
}

// Beyond 64 bits: 16 sequences of a million tokens each.
TEST(GrowthChart, CostsPass64Bits) {
  Scenario s = preset_scenario("llama-3-405b", 1'000'000);
  s.batch = 16;
  const core::Uint128 cost = cost_at(s, {Baseline::without_cache, CostPart::total}, s.tokens);
  EXPECT_GT(core::to_double(cost), 1e24);
  EXPECT_EQ(cost % 16, 0U);
  EXPECT_EQ(cost / 16, core::run_cost(s.sizes.model, core::Side::uncached, 1, s.tokens).total());
}

// What is hit on a curve tells its cost, to within a cell.
TEST(GrowthChart, ValueOfACellIsTheCurves) {
  for (const bool log_log : {true, false}) {
    Scenario s = small_scenario();
    s.log_log = log_log;
    Growing growing(s);
    const auto paths = paths_of(growing.draw());
    const auto curve = std::ranges::max_element(
        paths, {}, [](const scene::Path& path) { return path.points.size(); });
    ASSERT_GT(curve->points.size(), 60U);
    const auto plot = std::ranges::find(growing.scene.places, PartKind::lab_chart,
                                        [](const scene::Place& place) { return place.part.kind; });
    ASSERT_NE(plot, growing.scene.places.end());
    for (std::size_t i = 20; i + 5 < curve->points.size(); i += 11) {
      const scene::Vec2 at = curve->points[i];
      const auto cell = [](float share) { return static_cast<int>(share * 1000); };
      const PartId part{.kind = PartKind::lab_chart,
                        .a = cell((at.y - plot->rect.y) / plot->rect.h),
                        .b = cell((at.x - plot->rect.x) / plot->rect.w)};
      const auto value = chart_value(s, part);
      ASSERT_TRUE(value);
      const auto n = std::llround(static_cast<double>(value->x));
      const double cost =
          core::to_double(cost_at(s, {Baseline::without_cache, CostPart::total}, n));
      EXPECT_NEAR(static_cast<double>(value->y), cost, 0.06 * cost + (log_log ? 0 : 5e8)) << n;
    }
  }
}

TEST(GrowthChart, HasNoValuesWithoutAClosedForm) {
  const PartId part{.kind = PartKind::lab_chart, .a = 500, .b = 500};
  EXPECT_TRUE(chart_value(small_scenario(), part));
  EXPECT_FALSE(chart_value(preset_scenario("deepseek-v3", 1000), part));
  EXPECT_FALSE(chart_value(small_scenario(), {.kind = PartKind::lab_chart}));
  EXPECT_FALSE(chart_value(small_scenario(), {.kind = PartKind::slider, .a = 5, .b = 5}));
}

TEST(GrowthChart, CursorIsWhereThePointerIs) {
  Scenario s = small_scenario();
  s.prompt = 10, s.log_log = false;
  Growing growing(s);
  const auto cursor = [&] { return cursor_of(growing.frame()); };
  EXPECT_EQ(cursor(), 1000);
  growing.view.scenario.at = 250;
  EXPECT_EQ(cursor(), 250);
  growing.view.scenario.at = 3;
  EXPECT_EQ(cursor(), 10);
  growing.view.hover = {.kind = PartKind::lab_chart, .a = 100, .b = 500};
  EXPECT_EQ(cursor(), 505);  // 10 + 990 * 0.5005
  growing.lab.executed = std::make_shared<const core::Execution>(execution_of(s, 100, 30));
  growing.view.hover = {.kind = PartKind::growth_point, .a = 2};
  EXPECT_EQ(cursor(), 70);
  growing.view.hover = {.kind = PartKind::growth_point, .a = 99};
  EXPECT_EQ(cursor(), 10);
}

}  // namespace
}  // namespace kv::test
