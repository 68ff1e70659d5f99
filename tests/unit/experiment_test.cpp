// A step computed with something changed on purpose: what differs, what does not, what it takes.
#include "core/run/experiment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "core/engine/closed_form.h"
#include "core/model/random_model.h"
#include "core/run/compare.h"
#include "tests/support/tiny_models.h"

namespace kv::test {
namespace {

using core::Experiment;
using core::KvBlock;
using core::Side;

constexpr Experiment all_experiments[] = {Experiment::none, Experiment::no_mask,
                                          Experiment::drop_values, Experiment::keep_queries,
                                          Experiment::stale_weights};
static_assert(std::size(all_experiments) == core::experiment_count);

core::Run run_of(std::shared_ptr<const core::Model> model) {
  core::Workspace work;
  core::Run run = *core::start_run(std::move(model), {1, 2, 3, 4});
  for (int i = 0; i < 4; ++i) run = *core::extend(std::move(run), work);
  return run;
}

// Three layers, four query heads on two kv heads.
std::shared_ptr<const core::Model> grouped_model() {
  const auto spec = core::parse_random_model("random:width=32,layers=3,kv_heads=2,vocab=60");
  return *core::make_random_model(*spec, "random", std::numeric_limits<std::uint64_t>::max());
}

// Both families, with and without biases.
std::vector<core::Run> runs() { return {run_of(grouped_model()), run_of(tiny_model(tiny_gpt2()))}; }

core::ExperimentResult result_of(const core::Run& run, Experiment experiment, int step = 3) {
  core::Workspace work;
  auto result = core::run_experiment(run, step, experiment, {}, work);
  EXPECT_TRUE(result);
  return *std::move(result);
}

KvBlock copy_of(const KvBlock& block, int rows) {
  KvBlock copy(block.layers(), block.kv_heads(), block.head_dim(), block.capacity());
  copy.copy_rows(block, rows);
  return copy;
}

float key_at(const KvBlock& block, int layer, int head, int i, int row) {
  return block.key(layer, head)[i * block.capacity() + row];
}
float value_at(const KvBlock& block, int layer, int head, int i, int row) {
  return block.value(layer, head)[row * block.head_dim() + i];
}

// Largest |element| of keys and values of one row in one layer.
double largest_in_row(const KvBlock& block, int layer, int row) {
  float largest = 0;
  for (int head = 0; head < block.kv_heads(); ++head)
    for (int i = 0; i < block.head_dim(); ++i)
      largest = std::max({largest, std::abs(key_at(block, layer, head, i, row)),
                          std::abs(value_at(block, layer, head, i, row))});
  return static_cast<double>(largest);
}

double largest_in_old_keys(const KvBlock& block, int layer, int rows) {
  float largest = 0;
  for (int head = 0; head < block.kv_heads(); ++head)
    for (int i = 0; i < block.head_dim(); ++i)
      for (int row = 0; row < rows; ++row)
        largest = std::max(largest, std::abs(key_at(block, layer, head, i, row)));
  return static_cast<double>(largest);
}

void expect_same(const core::Replay& a, const core::Replay& b) {
  EXPECT_EQ(a.step, b.step);
  EXPECT_EQ(a.side, b.side);
  EXPECT_EQ(a.past, b.past);
  EXPECT_EQ(a.fresh, b.fresh);
  EXPECT_EQ(a.logits, b.logits);
  EXPECT_EQ(a.cost.count, b.cost.count);
  EXPECT_EQ(a.cost.bytes, b.cost.bytes);
  EXPECT_EQ(core::max_key_difference(*a.block, *b.block, b.total()), 0);
  EXPECT_EQ(core::max_value_difference(*a.block, *b.block, b.total()), 0);
  EXPECT_EQ(a.record->total(), b.record->total());
  EXPECT_EQ(core::max_probability_difference(*a.record, *b.record), 0);
  EXPECT_EQ(a.bytes(), b.bytes());
}

TEST(Experiment, NoneIsBothSidesAsReplayed) {
  for (const core::Run& run : runs())
    for (const int step : {1, 3}) {
      core::Workspace work;
      const auto result = result_of(run, Experiment::none, step);
      expect_same(result.fresh, *core::replay(run, step, Side::uncached, {}, work));
      expect_same(result.cached, *core::replay(run, step, Side::cached, {}, work));
      const core::UncachedStep said = core::judge(run, result.fresh);
      EXPECT_NEAR(result.keys, said.agreement->keys, 1e-6);
      EXPECT_NEAR(result.values, said.agreement->values, 1e-6);
      EXPECT_NEAR(result.logits, said.agreement->logits, 1e-6);
      EXPECT_TRUE(result.same_token);
    }
}

TEST(Experiment, WithTheMaskOldRowsAreWhatTheCacheHolds) {
  for (const core::Run& run : runs()) {
    const auto result = result_of(run, Experiment::none);
    EXPECT_LE(core::max_key_difference(*result.fresh.block, *run.cache.block, 7), 1e-5);
    EXPECT_LE(core::max_value_difference(*result.fresh.block, *run.cache.block, 7), 1e-5);
    EXPECT_LE(result.old_keys, 1e-5);
  }
}

TEST(Experiment, WithoutTheMaskOnlyTheFirstLayersOldKeysHold) {
  for (const core::Run& run : runs()) {
    const auto result = result_of(run, Experiment::no_mask);
    EXPECT_EQ(result.cached.past, 6);
    EXPECT_EQ(result.cached.fresh, 1);
    EXPECT_LE(result.old_keys_first_layer, 1e-5);
    EXPECT_GT(result.old_keys, 1e-3);
    for (int layer = 1; layer < run.model->config.layers; ++layer)
      EXPECT_GT(largest_in_old_keys(*result.difference, layer, 6), 1e-3) << layer;
    EXPECT_GT(result.logits, 1e-3);
  }
}

TEST(Experiment, WithoutTheMaskTheCacheHoldsWhatFewerTokensWouldGiveFresh) {
  const core::Run run = run_of(grouped_model());
  const auto before = result_of(run, Experiment::no_mask, 2);
  const auto after = result_of(run, Experiment::no_mask, 3);
  EXPECT_LE(core::max_key_difference(*after.cached.block, *before.fresh.block, 6), 1e-5);
  EXPECT_LE(core::max_value_difference(*after.cached.block, *before.fresh.block, 6), 1e-5);
}

TEST(Experiment, WithoutTheMaskNothingIsThrownAway) {
  for (const core::Run& run : runs()) {
    const core::ModelConfig& config = run.model->config;
    const auto result = result_of(run, Experiment::no_mask);
    core::OpCount expected = core::forward_cost(config, 0, 7);
    EXPECT_GT(expected.scores_masked, 0U);
    expected.scores_masked = expected.weighted_sum_masked = 0;
    const int above_diagonal = config.layers * config.heads * 7 * 6 / 2;
    expected.other +=
        static_cast<core::Uint128>(above_diagonal * core::ElementwiseCost::softmax_per_visible);
    EXPECT_EQ(result.fresh.cost.count, expected);
    EXPECT_EQ(result.cached.cost.count, core::forward_cost(config, 6, 1));
    // The first row's last probability: of a score that the mask would have hidden.
    EXPECT_GT(result.fresh.record->layer(0)->probabilities[6], 0);
  }
}

TEST(Experiment, DroppedValuesLeaveTheKeysAndChangeTheLogits) {
  for (const core::Run& run : runs()) {
    core::Workspace work;
    const auto proper = core::replay(run, 3, Side::cached, {}, work);
    const auto result = result_of(run, Experiment::drop_values);
    const auto none = result_of(run, Experiment::none);
    EXPECT_EQ(core::max_key_difference(*result.cached.block, *proper->block, 6), 0);
    EXPECT_LE(result.old_keys, 1e-5);
    EXPECT_GT(result.logits, 1e-3);
    EXPECT_GT(result.logits, 100 * none.logits);
    EXPECT_GT(result.values, 1e-3);
    const KvBlock& block = *result.cached.block;
    for (int layer = 0; layer < block.layers(); ++layer)
      for (int head = 0; head < block.kv_heads(); ++head) {
        const float* values = block.value(layer, head);
        const auto old = static_cast<std::size_t>(6 * block.head_dim());
        EXPECT_EQ(core::max_abs({values, old}), 0);
        EXPECT_GT(core::max_abs({values + old, static_cast<std::size_t>(block.head_dim())}), 0);
      }
    EXPECT_EQ(2 * result.bytes_kept, none.bytes_kept);
  }
}

TEST(Experiment, KeptQueriesChangeNothingButTheBytes) {
  for (const core::Run& run : runs()) {
    const core::ModelConfig& config = run.model->config;
    const auto result = result_of(run, Experiment::keep_queries);
    const auto none = result_of(run, Experiment::none);
    expect_same(result.fresh, none.fresh);
    expect_same(result.cached, none.cached);
    EXPECT_EQ(none.bytes_kept, run.steps[3]->cache_bytes);
    // One query beside each key and value, as many times as query heads share a kv head.
    const auto group = static_cast<std::uint64_t>(config.heads / config.kv_heads);
    EXPECT_EQ(2 * result.bytes_kept, none.bytes_kept * (2 + group));
    EXPECT_EQ(result.experiment, Experiment::keep_queries);
  }
  const core::Run grouped = run_of(grouped_model());
  EXPECT_EQ(result_of(grouped, Experiment::keep_queries).bytes_kept,
            2 * result_of(grouped, Experiment::none).bytes_kept);
}

TEST(Experiment, StaleRowsDifferAndSoDoesWhatIsBuiltOnThem) {
  for (const core::Run& run : runs()) {
    const auto result = result_of(run, Experiment::stale_weights);
    EXPECT_EQ(core::max_key_difference(*result.cached.block, *run.cache.block, 6), 0);
    EXPECT_EQ(core::max_value_difference(*result.cached.block, *run.cache.block, 6), 0);
    EXPECT_GT(result.old_keys_first_layer, 1e-3);
    EXPECT_GE(result.old_keys, result.old_keys_first_layer);
    // The newest row: in the first layer from the same embedding by the same weights.
    EXPECT_LE(largest_in_row(*result.difference, 0, 6), 1e-5);
    for (int layer = 1; layer < run.model->config.layers; ++layer)
      EXPECT_GT(largest_in_row(*result.difference, layer, 6), 1e-4) << layer;
    EXPECT_GT(result.logits, 1e-4);
  }
}

TEST(Experiment, TheNudgeIsSmallAndTheSameEveryTime) {
  for (const core::Run& run : runs()) {
    const auto once = result_of(run, Experiment::stale_weights);
    expect_same(once.fresh, result_of(run, Experiment::stale_weights).fresh);
    const auto none = result_of(run, Experiment::none);
    // The embedding is not touched, the first layer's keys by a few per cent.
    EXPECT_EQ(core::max_abs_difference(once.fresh.record->embedding, none.fresh.record->embedding),
              0);
    const double keys = largest_in_old_keys(*none.fresh.block, 0, 6);
    EXPECT_LT(once.old_keys_first_layer, 0.2 * keys);
    EXPECT_GT(once.old_keys_first_layer, 0.005 * keys);
  }
}

TEST(Experiment, TheNudgeLeavesTheHead) {
  const core::Run run = run_of(tiny_model(tiny_llama()));
  const auto result = result_of(run, Experiment::stale_weights);
  const core::Matrix& head = run.model->head;
  for (int token = 0; token < head.out; ++token) {
    double logit = 0;
    for (int i = 0; i < head.in; ++i)
      logit += static_cast<double>(head.data[token * head.in + i]) *
               static_cast<double>(result.fresh.record->final_norm[static_cast<std::size_t>(i)]);
    EXPECT_NEAR(result.fresh.logits[static_cast<std::size_t>(token)], logit, 1e-5) << token;
  }
}

TEST(Experiment, TellsTheLargestOfTheDifferencesItHolds) {
  for (const core::Run& run : runs())
    for (const Experiment experiment : all_experiments) {
      SCOPED_TRACE(static_cast<int>(experiment));
      const auto result = result_of(run, experiment);
      const KvBlock &cached = *result.cached.block, &fresh = *result.fresh.block;
      const KvBlock zeros(cached.layers(), cached.kv_heads(), cached.head_dim(), cached.capacity());
      EXPECT_EQ(result.keys, core::max_key_difference(*result.difference, zeros, 7));
      EXPECT_EQ(result.values, core::max_value_difference(*result.difference, zeros, 7));
      EXPECT_EQ(result.old_keys, core::max_key_difference(*result.difference, zeros, 6));
      EXPECT_EQ(result.old_keys_first_layer, largest_in_old_keys(*result.difference, 0, 6));
      EXPECT_EQ(key_at(*result.difference, 1, 1, 2, 6),
                key_at(cached, 1, 1, 2, 6) - key_at(fresh, 1, 1, 2, 6));
      EXPECT_EQ(value_at(*result.difference, 1, 0, 1, 2),
                value_at(cached, 1, 0, 1, 2) - value_at(fresh, 1, 0, 1, 2));
      EXPECT_EQ(result.logits, core::max_abs_difference(result.cached.logits, result.fresh.logits));
      EXPECT_EQ(result.same_token, core::greedy_token(result.cached.logits) ==
                                       core::greedy_token(result.fresh.logits));
      EXPECT_EQ(result.bytes(),
                result.fresh.bytes() + result.cached.bytes() + result.difference->bytes());
    }
}

TEST(Experiment, ChoosesAsTheRunDoes) {
  core::Run run = run_of(tiny_model(tiny_gpt2()));
  int differing = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    run.sampling = {.temperature = 1, .seed = seed};
    const auto result = result_of(run, Experiment::drop_values);
    const auto choose = [&](const core::Replay& side) {
      return core::choose_token(side.logits, run.sampling, run.steps[3]->position);
    };
    EXPECT_EQ(result.same_token, choose(result.cached) == choose(result.fresh)) << seed;
    differing += result.same_token ? 0 : 1;
  }
  EXPECT_GT(differing, 0);
  EXPECT_LT(differing, 40);
}

TEST(Experiment, KeepsTheRecordThatWasAskedFor) {
  const core::Run run = run_of(grouped_model());
  core::Workspace work;
  for (const Experiment experiment : all_experiments) {
    const auto result = core::run_experiment(run, 2, experiment, {.layers = {1}}, work);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->experiment, experiment);
    for (const core::Replay* side : {&result->fresh, &result->cached}) {
      EXPECT_EQ(side->step, 2);
      EXPECT_EQ(side->total(), 6);
      EXPECT_EQ(side->record->layer(0), nullptr);
      ASSERT_NE(side->record->layer(1), nullptr);
      EXPECT_EQ(side->record->layer(1)->kept, side->fresh);
      EXPECT_EQ(side->record->total(), 6);
      for (int row = 0; row < 6; ++row) EXPECT_EQ(side->block->position(row), row);
    }
    EXPECT_EQ(result->fresh.side, Side::uncached);
    EXPECT_EQ(result->cached.side, Side::cached);
    EXPECT_EQ(result->difference->filled(), 6);
    EXPECT_EQ(result->difference->position(5), 5);
  }
}

TEST(Experiment, LeavesTheRunAsItWas) {
  for (const core::Run& run : runs()) {
    const KvBlock before = copy_of(*run.cache.block, run.cache.rows);
    const auto weights = run.model->slab.span();
    const std::vector<float> weights_before(weights.begin(), weights.end());
    core::Workspace work;
    for (const Experiment experiment : all_experiments)
      for (int step = 1; step < 4; ++step)
        ASSERT_TRUE(core::run_experiment(run, step, experiment, {}, work));
    EXPECT_EQ(run.cache.block->filled(), run.cache.rows);
    EXPECT_EQ(core::max_key_difference(before, *run.cache.block, run.cache.rows), 0);
    EXPECT_EQ(core::max_value_difference(before, *run.cache.block, run.cache.rows), 0);
    EXPECT_TRUE(std::ranges::equal(weights, weights_before));
  }
}

TEST(Experiment, GivesNothingWhereverItIsAbandoned) {
  const core::Run run = run_of(grouped_model());
  core::Workspace work;
  for (const Experiment experiment : all_experiments) {
    SCOPED_TRACE(static_cast<int>(experiment));
    int calls = 0;
    const std::function<bool(double)> count = [&](double) { return ++calls > 0; };
    ASSERT_TRUE(core::run_experiment(run, 3, experiment, {}, work, {.progress = &count}));
    EXPECT_EQ(calls, (experiment == Experiment::no_mask ? 3 : 2) * run.model->config.layers);
    for (int last = calls; last > 0; --last) {
      int left = last;
      const std::function<bool(double)> stop = [&](double) { return --left > 0; };
      EXPECT_FALSE(core::run_experiment(run, 3, experiment, {}, work, {.progress = &stop}));
      EXPECT_EQ(left, 0);
    }
  }
}

TEST(Experiment, ProgressGrowsOverAllItsForwards) {
  const core::Run run = run_of(grouped_model());
  core::Workspace work;
  for (const Experiment experiment : all_experiments) {
    double before = 0;
    const std::function<bool(double)> grows = [&](double share) {
      EXPECT_GT(share, before);
      EXPECT_LT(share, 1);
      before = share;
      return true;
    };
    ASSERT_TRUE(core::run_experiment(run, 3, experiment, {}, work, {.progress = &grows}));
    EXPECT_GT(before, 0.9);
  }
}

}  // namespace
}  // namespace kv::test
