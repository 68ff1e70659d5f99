// A forward of a run, computed again: the same numbers, and the run untouched.
#include "core/run/replay.h"

#include <gtest/gtest.h>

#include "core/engine/closed_form.h"
#include "core/run/compare.h"
#include "tests/support/random_models.h"
#include "tests/support/tiny_models.h"

namespace kv::test {
namespace {

using core::Side;

core::Run run_of(std::shared_ptr<const core::Model> model, std::vector<core::Token> prompt,
                 int steps) {
  core::Workspace work;
  core::Run run = *core::start_run(std::move(model), std::move(prompt));
  for (int i = 0; i < steps; ++i) run = *core::extend(std::move(run), work);
  return run;
}

core::RecordRequest everything() { return {}; }

double tolerance(const core::Step& step) { return 1e-4 * core::max_abs(step.logits); }

TEST(Replay, GivesTheLogitsAndCountsOfEveryStepAgain) {
  for (const auto& model : {tiny_model(tiny_llama()), tiny_model(tiny_gpt2())}) {
    const core::Run run = run_of(model, {1, 2, 3}, 5);
    core::Workspace work;
    for (const auto& step : run.steps) {
      SCOPED_TRACE(step->index);
      const auto cached = core::replay(run, step->index, Side::cached, everything(), work);
      const auto uncached = core::replay(run, step->index, Side::uncached, everything(), work);
      ASSERT_TRUE(cached && uncached);
      EXPECT_EQ(cached->past, step->past);
      EXPECT_EQ(cached->fresh, step->fresh);
      EXPECT_EQ(uncached->past, 0);
      EXPECT_EQ(uncached->fresh, step->total());
      EXPECT_LE(core::max_abs_difference(cached->logits, step->logits), tolerance(*step));
      EXPECT_LE(core::max_abs_difference(uncached->logits, step->logits), tolerance(*step));
      EXPECT_EQ(cached->cost.count, step->cached->count);
      EXPECT_EQ(uncached->cost.count, core::forward_cost(model->config, 0, step->total()));
      EXPECT_EQ(cached->cost.bytes, step->cached->bytes);
      EXPECT_EQ(uncached->cost.bytes.cache_read, 0U);
      EXPECT_EQ(uncached->cost.bytes.cache_write, 0U);
    }
  }
}

TEST(Replay, HoldsAllRowsAndTheRecordThatWasAskedFor) {
  const core::Run run = run_of(tiny_model(tiny_llama()), {1, 2, 3}, 4);
  core::Workspace work;
  const core::RecordRequest second_layer{.layers = {1}};
  for (const Side side : {Side::cached, Side::uncached}) {
    const auto again = core::replay(run, 2, side, second_layer, work);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->total(), 5);
    EXPECT_LE(core::max_key_difference(*again->block, *run.cache.block, again->total()), 1e-4);
    EXPECT_LE(core::max_value_difference(*again->block, *run.cache.block, again->total()), 1e-4);
    EXPECT_EQ(again->record->layer(0), nullptr);
    ASSERT_NE(again->record->layer(1), nullptr);
    EXPECT_EQ(again->record->total(), 5);
    EXPECT_EQ(again->record->kept(), side == Side::cached ? 1 : 5);
    for (int row = 0; row < again->total(); ++row) EXPECT_EQ(again->block->position(row), row);
  }
}

TEST(Replay, LeavesTheRunAsItWas) {
  const core::Run run = run_of(tiny_model(tiny_llama()), {4, 2}, 6);
  core::KvBlock before(run.cache.block->layers(), run.cache.block->kv_heads(),
                       run.cache.block->head_dim(), run.cache.block->capacity());
  before.copy_rows(*run.cache.block, run.cache.rows);
  core::Workspace work;
  for (int step = 0; step < 6; ++step)
    for (const Side side : {Side::cached, Side::uncached})
      ASSERT_TRUE(core::replay(run, step, side, everything(), work));
  EXPECT_EQ(run.cache.block->filled(), run.cache.rows);
  EXPECT_EQ(core::max_key_difference(before, *run.cache.block, run.cache.rows), 0);
  EXPECT_EQ(core::max_value_difference(before, *run.cache.block, run.cache.rows), 0);
}

TEST(Replay, TakesTheBytesThatWereSaidBefore) {
  std::mt19937_64 random(11);
  core::Workspace work;
  for (int trial = 0; trial < trials(30, 5); ++trial) {
    const core::ModelConfig config = random_config(random);
    const core::Run run =
        run_of(random_model(config, random()), random_tokens(config, 3, random), 2);
    core::RecordRequest request;
    request.hidden = between(random, 0, 1) == 1;
    request.scores = between(random, 0, 1) == 1;
    request.last_row_only = between(random, 0, 1) == 1;
    for (const Side side : {Side::cached, Side::uncached}) {
      const auto again = core::replay(run, 1, side, request, work);
      ASSERT_TRUE(again);
      EXPECT_EQ(again->bytes(), core::replay_bytes(run, 1, side, request));
    }
  }
}

TEST(Replay, OfABranchedRunBeginsAtTheRowsItTookOver) {
  const core::Run first = run_of(tiny_model(tiny_llama()), {1, 2, 3, 4}, 2);
  core::Workspace work;
  core::Run branched = *core::branch(first, {1, 2, 7, 8});
  branched = *core::extend(std::move(branched), work);
  ASSERT_EQ(branched.steps[0]->past, 2);
  const auto cached = core::replay(branched, 0, Side::cached, everything(), work);
  ASSERT_TRUE(cached);
  EXPECT_EQ(cached->past, 2);
  EXPECT_EQ(cached->fresh, 2);
  EXPECT_LE(core::max_abs_difference(cached->logits, branched.steps[0]->logits),
            tolerance(*branched.steps[0]));
}

TEST(Replay, ComparesTheSidesAsComputeUncachedDoes) {
  const core::Run run = run_of(tiny_model(tiny_llama()), {1, 2, 3}, 3);
  core::Workspace work;
  for (int step = 0; step < 3; ++step) {
    const auto uncached = core::replay(run, step, Side::uncached, everything(), work);
    ASSERT_TRUE(uncached);
    const core::UncachedStep said = core::judge(run, *uncached);
    const auto known = core::compute_uncached(run, step, work);
    ASSERT_TRUE(known && known->agreement && said.agreement);
    EXPECT_EQ(said.cost.count, known->cost.count);
    EXPECT_EQ(said.agreement->logits, known->agreement->logits);
    EXPECT_EQ(said.agreement->keys, known->agreement->keys);
    EXPECT_EQ(said.agreement->values, known->agreement->values);
    EXPECT_EQ(said.agreement->largest_logit, known->agreement->largest_logit);
    EXPECT_TRUE(said.agreement->same_token);
  }
}

TEST(Replay, SeesAWrongRowOfTheCache) {
  core::Run run = run_of(tiny_model(tiny_llama()), {1, 2, 3}, 2);
  core::Workspace work;
  run.cache.block->value(1, 0)[run.cache.block->head_dim()] += 1;  // of row 1
  const auto uncached = core::replay(run, 1, Side::uncached, everything(), work);
  ASSERT_TRUE(uncached);
  EXPECT_NEAR(core::judge(run, *uncached).agreement->values, 1, 1e-3);
}

TEST(Replay, IsAbandonedOnRequest) {
  const core::Run run = run_of(tiny_model(tiny_llama()), {1, 2, 3}, 2);
  core::Workspace work;
  const std::function<bool(double)> stop = [](double) { return false; };
  EXPECT_FALSE(core::replay(run, 1, Side::uncached, everything(), work, {.progress = &stop}));
}

}  // namespace
}  // namespace kv::test
