// How a step's time grows: what is counted and fitted; what is measured depends on the machine.
#include "core/bench/growth_bench.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/engine/closed_form.h"
#include "tests/support/tiny_models.h"

namespace kv::core {
namespace {

TEST(UpperFit, FindsThePowerOfTheUpperHalf) {
  std::vector<std::pair<double, double>> points;
  for (const double x : {1.0, 2.0, 4.0, 8.0}) points.emplace_back(x, 100.0);
  for (const double x : {16.0, 32.0, 64.0, 128.0}) points.emplace_back(x, 3 * std::pow(x, 1.5));
  const auto fit = upper_fit(points);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->exponent, 1.5, 1e-9);
  EXPECT_NEAR(fit->factor, 3, 1e-9);
  points.resize(5);
  points[3].second = 0;
  EXPECT_FALSE(upper_fit(points));
  EXPECT_FALSE(upper_fit({}));
}

TEST(GrowthBench, CountsEveryStepAndMeasuresIt) {
  const auto model = test::tiny_model(test::tiny_llama());
  std::vector<double> shares;
  const auto times = time_growth(*model, 3, 20, {.progress = [&](double share) {
                                   shares.push_back(share);
                                   return true;
                                 }});
  ASSERT_TRUE(times);
  EXPECT_EQ(times->rounds % 2, 1);
  EXPECT_EQ(times->steps.points.size(), 18U);
  for (const ExecutedPoint& point : times->steps.points) {
    const auto& with = point.sides[static_cast<std::size_t>(Baseline::with_cache)];
    const auto& without = point.sides[static_cast<std::size_t>(Baseline::without_cache)];
    const std::int64_t past = point.tokens > 3 ? point.tokens - 1 : 0;
    EXPECT_EQ(with.step, forward_cost(model->config, past, point.tokens - past));
    EXPECT_EQ(without.step, forward_cost(model->config, 0, point.tokens));
    EXPECT_GT(with.step_seconds, 0);
    EXPECT_GT(without.step_seconds, 0);
  }
  const auto flops = flops_fit(times->steps, Baseline::without_cache);
  ASSERT_TRUE(flops);
  EXPECT_GT(flops->exponent, 0.9);
  EXPECT_TRUE(time_fit(times->steps, Baseline::without_cache));
  ASSERT_FALSE(shares.empty());
  EXPECT_TRUE(std::ranges::is_sorted(shares));
  EXPECT_NEAR(shares.back(), 1, 1e-9);
}

TEST(GrowthBench, RefusesWhatDoesNotFitAndCanBeAbandoned) {
  const auto model = test::tiny_model(test::tiny_llama());
  const auto beyond = time_growth(*model, 1, model->config.context_length + 1, {});
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().kind, ErrorKind::usage);
  const auto stopped = time_growth(*model, 1, 9, {.progress = [](double) { return false; }});
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().message, "abandoned");
}

}  // namespace
}  // namespace kv::core
