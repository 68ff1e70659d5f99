// Both sides of a bench do the work that the closed form says, and agree; how long it takes is the
// machine's affair.
#include "core/bench/side_times.h"

#include <gtest/gtest.h>

#include "core/engine/closed_form.h"
#include "tests/support/tiny_models.h"

namespace kv::core {
namespace {

TEST(SideTimes, MediansOfRoundsAndOfTheirRatios) {
  SideTimes times;
  times.without_cache = {8, 2, 9};
  times.with_cache = {2, 1, 1};
  times.without_count.mlp = 12;
  times.with_count.mlp = 3;
  EXPECT_EQ(times.without_seconds(), 8);
  EXPECT_EQ(times.with_seconds(), 1);
  EXPECT_EQ(times.ratio(), 4);
  EXPECT_EQ(times.flop_ratio(), 4);
  times.max_abs_value = 10;
  times.max_abs_difference = 1e-3;
  EXPECT_TRUE(sides_agree(times));
  times.max_abs_difference = 1.1e-3;
  EXPECT_FALSE(sides_agree(times));
}

TEST(SideTimes, OfAModelCountItsSteps) {
  const auto model = test::tiny_model(test::tiny_llama());
  std::vector<double> shares;
  const auto times = time_model(*model, 4, 6, {.progress = [&](double share) {
                                  shares.push_back(share);
                                  return true;
                                }});
  ASSERT_TRUE(times);
  EXPECT_EQ(times->with_count, run_cost(model->config, Side::cached, 4, 9));
  EXPECT_EQ(times->without_count, run_cost(model->config, Side::uncached, 4, 9));
  EXPECT_TRUE(sides_agree(*times));
  EXPECT_GT(times->max_abs_value, 0);
  EXPECT_GE(times->with_cache.size(), 2U);
  EXPECT_EQ(times->with_cache.size(), times->without_cache.size());
  EXPECT_FALSE(shares.empty());
  const auto beyond = time_model(*model, 30, 4, {});
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().kind, ErrorKind::usage);
  const auto stopped = time_model(*model, 1, 2, {.progress = [](double) { return false; }});
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().message, "abandoned");
}

TEST(SideTimes, OfAttentionCountOneLayerWithoutItsOutput) {
  const AttentionBench bench{.width = 24, .heads = 3, .steps = 7};
  const auto times = time_attention(bench, {});
  ASSERT_TRUE(times);
  ModelConfig layer;
  layer.layers = 1;
  layer.d_model = 24;
  layer.heads = layer.kv_heads = 3;
  layer.head_dim = 8;
  for (const Side side : {Side::cached, Side::uncached}) {
    const OpCount whole = layer_run_cost(layer, side, 1, 7);
    const OpCount& found = side == Side::cached ? times->with_count : times->without_count;
    EXPECT_EQ(found.total(), whole.q + whole.k + whole.v + whole.scores + whole.weighted_sum);
    EXPECT_EQ(found.scores, whole.scores);
  }
  EXPECT_TRUE(sides_agree(*times));
  EXPECT_GE(attention_bench_bytes(bench), 3U * 24 * 24 * sizeof(float));
  const auto uneven = time_attention({.width = 25, .heads = 3, .steps = 2}, {});
  ASSERT_FALSE(uneven);
  EXPECT_EQ(uneven.error().kind, ErrorKind::usage);
  const auto stopped = time_attention(bench, {.progress = [](double) { return false; }});
  ASSERT_FALSE(stopped);
}

}  // namespace
}  // namespace kv::core
