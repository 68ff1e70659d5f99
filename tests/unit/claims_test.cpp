// What others published beside what the cost model says of the same case, each computed here once
// more from the definition.
#include "core/cost/claims.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/cost/presets.h"

namespace kv::core {
namespace {

Claim claim(ClaimId id, const Machine& machine) {
  for (const Claim& one : claims(machine))
    if (one.id == id) return one;
  ADD_FAILURE() << "no such claim";
  return {};
}

TEST(Claims, FourInTheirOrder) {
  const auto all = claims(h100_sxm);
  ASSERT_EQ(all.size(), 4U);
  const ClaimId order[] = {ClaimId::seven_b, ClaimId::attention_script, ClaimId::eight_b,
                           ClaimId::small_desktop};
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].id, order[i]);
}

TEST(Claims, EightB) {
  const Claim one = claim(ClaimId::eight_b, h100_sxm);
  EXPECT_EQ(one.published_ratio, 500);
  EXPECT_EQ(one.without, nullptr);
  EXPECT_EQ(one.with, nullptr);
  ASSERT_TRUE(one.estimated);
  EXPECT_NEAR(one.estimated->dense, 795, 0.5);
  EXPECT_NEAR(one.estimated->causal, 491, 0.5);
  EXPECT_NEAR(one.exact.dense, 800, 0.5);
  EXPECT_NEAR(one.exact.causal, 484, 0.5);
  const ModelConfig& llama = find_preset("llama-3-8b")->cost.model;
  EXPECT_DOUBLE_EQ(one.flop_ratio, to_double(forward_cost(llama, 0, 100'000).total()) /
                                       to_double(forward_cost(llama, 99'999, 1).total()));
}

// Per step 6 d^2 FLOPs of projections and 4 d of attention a row and key, or t times as much; bytes
// of 3 d^2 weights, and with the cache of 2 d t values.
struct ScriptSums {
  double flops_without = 0, flops_with = 0, dense = 0, causal = 0, with = 0;
};
ScriptSums script_sums(const Machine& machine) {
  constexpr double d = 4096;
  ScriptSums sums;
  for (double t = 1; t <= 128; ++t) {
    const double all = t * 6 * d * d, one = 6 * d * d + 4 * d * t, weights = 6 * d * d;
    sums.flops_without += all + 4 * d * t * t;
    sums.flops_with += one;
    const auto seconds = [&](double flops, double bytes) {
      return std::max(flops / machine.flops_per_second, bytes / machine.bytes_per_second);
    };
    sums.dense += seconds(all + 4 * d * t * t, weights);
    sums.causal += seconds(all + 4 * d * t * (t + 1) / 2, weights);
    sums.with += seconds(one, weights + 4 * d * t);
  }
  return sums;
}

TEST(Claims, AttentionScript) {
  const Machine slow{"slow", 200e9, 20e9};  // computing is the limit from ten rows on
  for (const Machine& machine : {h100_sxm, slow}) {
    const Claim one = claim(ClaimId::attention_script, machine);
    EXPECT_EQ(one.published_ratio, 12.1);
    ASSERT_TRUE(one.without && one.with);
    EXPECT_NEAR(one.without->value / one.with->value, 12.1, 0.05);
    EXPECT_NEAR(one.flop_ratio, 64.7, 0.05);
    const ScriptSums sums = script_sums(machine);
    EXPECT_NEAR(one.flop_ratio, sums.flops_without / sums.flops_with, 1e-9);
    EXPECT_NEAR(one.exact.dense, sums.dense / sums.with, 1e-9);
    EXPECT_NEAR(one.exact.causal, sums.causal / sums.with, 1e-9);
    EXPECT_FALSE(one.estimated);
  }
}

// Times of a run's steps, 16-bit weights and rows; `pairs` of the many-row steps are computed.
double run_ratio(const Machine& machine, const CostConfig& cost, std::int64_t tokens, bool causal) {
  const double weights = 2 * to_double(active_parameters(cost));
  const double row = 2 * to_double(cached_values_per_token(cost));
  double without = 0, with = 0;
  for (std::int64_t t = 1; t <= tokens; ++t) {
    const OpCount all = forward_cost(cost.model, 0, t);
    const double masked = causal ? to_double(all.scores_masked + all.weighted_sum_masked) : 0;
    without += roofline_seconds(machine, to_double(all.total()) - masked, weights);
    with += roofline_seconds(machine, to_double(forward_cost(cost.model, t - 1, 1).total()),
                             weights + row * static_cast<double>(t));
  }
  return without / with;
}

void expect_run(ClaimId id, const char* preset, std::int64_t tokens) {
  const CostConfig& cost = find_preset(preset)->cost;
  const Machine slow{"slow", 200e9, 20e9};
  for (const Machine& machine : {h100_sxm, slow}) {
    const Claim one = claim(id, machine);
    EXPECT_NEAR(one.exact.dense / run_ratio(machine, cost, tokens, false), 1, 1e-12);
    EXPECT_NEAR(one.exact.causal / run_ratio(machine, cost, tokens, true), 1, 1e-12);
    EXPECT_DOUBLE_EQ(one.flop_ratio,
                     to_double(run_cost(cost.model, Side::uncached, 1, tokens).total()) /
                         to_double(run_cost(cost.model, Side::cached, 1, tokens).total()));
    // The estimate counts the embedding on both sides, and logits of every row.
    ASSERT_TRUE(one.estimated);
    EXPECT_GT(one.estimated->dense, 0.95 * one.exact.dense);
    EXPECT_LT(one.estimated->dense, 1.5 * one.exact.dense);
    EXPECT_LE(one.estimated->causal, one.estimated->dense);
  }
}

TEST(Claims, SevenB) {
  expect_run(ClaimId::seven_b, "llama-2-7b", 100);
  const Claim one = claim(ClaimId::seven_b, h100_sxm);
  EXPECT_EQ(one.published_ratio, 2.3);
  ASSERT_TRUE(one.without && one.with);
  EXPECT_NEAR(one.without->value / one.with->value, 2.3, 0.05);
  // All steps wait for the weights on such a machine: the cache's rows are only more to read.
  EXPECT_LT(one.exact.dense, 1);
  EXPECT_GT(one.exact.dense, 0.99);
}

TEST(Claims, SmallDesktop) {
  expect_run(ClaimId::small_desktop, "gpt2", 200);
  const Claim one = claim(ClaimId::small_desktop, h100_sxm);
  ASSERT_TRUE(one.without && one.with);
  EXPECT_EQ(one.without->value, 27);
  EXPECT_EQ(one.with->value, 144);
  EXPECT_NEAR(one.published_ratio, 5.33, 0.005);
  EXPECT_EQ(std::string(one.with->unit), "tokens_per_second");
}

}  // namespace
}  // namespace kv::core
