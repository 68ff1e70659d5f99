// What is said of curves of growth where they are pointed at.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/scene/growth_drawn.h"
#include "viz/scene/explain_lab.h"
#include "viz/scene/number_text.h"

namespace kv::test {
namespace {

using core::Baseline;
using scene::CostPart;
using scene::PartKind;
using scene::Scenario;

std::string explained(Growing& growing, const scene::PartId& part) {
  return text_of(explain_growth(growing.frame(), part), growing.view.language);
}

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

TEST(ExplainGrowth, SaysCostsToTheLastOperation) {
  Growing growing(small_scenario());
  growing.view.hover = {.kind = PartKind::lab_chart, .a = 300, .b = 600};
  const std::int64_t n = cursor_of(growing.frame());
  const std::string text = explained(growing, growing.view.hover);
  for (const Baseline way : {Baseline::with_cache, Baseline::without_cache})
    EXPECT_TRUE(has(text, scene::grouped_text(cost_at(growing.view.scenario, {way}, n)) + " FLOP"))
        << text;
  EXPECT_TRUE(has(text, "[formula]"));
  // While drawing it says what the pointer is on, and nothing of the answer.
  growing.view.scenario.page = scene::LabPage::draw;
  EXPECT_EQ(std::ranges::count(explained(growing, growing.view.hover), '\n'), 2);
}

TEST(ExplainGrowth, SaysWhyACurveIsAsSteepAsItIs) {
  Growing growing(small_scenario());
  const auto of = [&](Baseline way, CostPart part) {
    return explained(
        growing,
        {.kind = PartKind::lab_curve, .a = static_cast<int>(way), .b = static_cast<int>(part)});
  };
  const std::string text = of(Baseline::without_cache, CostPart::attention);
  EXPECT_TRUE(has(text, "local exponent at n = 1,000: 3.00; tends to n\u00B3")) << text;
  EXPECT_TRUE(has(text, "t \u00D7 t pairs"));
  EXPECT_TRUE(has(text, "about n\u00B3/3"));
  EXPECT_TRUE(has(of(Baseline::with_cache, CostPart::mlp), "n times the same"));
  EXPECT_TRUE(has(of(Baseline::padded, CostPart::scores), "1,000 rows meet 1,000 keys"));
  EXPECT_EQ(explained(growing, {.kind = PartKind::lab_curve, .a = 7, .b = 0}), "\n");
}

TEST(ExplainGrowth, SaysWhereCrossoversComeFrom) {
  Growing growing(small_scenario());
  const auto of = [&](int id) {
    return explained(growing, {.kind = PartKind::lab_crossover, .a = id});
  };
  EXPECT_TRUE(has(of(0), "= t* = 384"));
  EXPECT_TRUE(has(of(1), "= n = 767"));
  EXPECT_TRUE(has(of(2), "= n = 575.5"));
  EXPECT_TRUE(has(of(2), "2\u00B764\u00B7256) / (2\u00B764) = 384"));
}

TEST(ExplainGrowth, HoldsCountedPointsAgainstTheFormula) {
  Scenario s = small_scenario();
  Growing growing(s);
  core::Execution executed = execution_of(s, 100, 25);
  executed.points[3].sides[0].run.head += 2;
  growing.lab.executed = std::make_shared<const core::Execution>(executed);
  const auto of = [&](int point) {
    return explained(growing, {.kind = PartKind::growth_point, .a = point});
  };
  EXPECT_TRUE(has(of(2), "to the last operation"));
  EXPECT_FALSE(has(of(2), "the formula says 2"));
  EXPECT_TRUE(has(
      of(3), "the formula says " + scene::grouped_text(cost_at(s, {}, executed.points[3].tokens))))
      << of(3);
  EXPECT_TRUE(has(of(3), "[counted]"));
  EXPECT_EQ(of(40), "\n");
}

}  // namespace
}  // namespace kv::test
