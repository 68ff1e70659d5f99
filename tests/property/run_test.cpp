// A run is a value: whatever is done to another one, what it refers to stays true.
#include <gtest/gtest.h>

#include "core/run/compare.h"
#include "core/run/run.h"
#include "tests/support/random_models.h"

namespace kv::test {
namespace {

using core::Token;

// A copy of everything a run's cache holds, to see later whether it changed.
std::vector<float> contents(const core::Run& run) {
  std::vector<float> out;
  if (!run.cache.block) return out;
  const core::KvBlock& block = *run.cache.block;
  for (int layer = 0; layer < block.layers(); ++layer)
    for (int head = 0; head < block.kv_heads(); ++head)
      for (int row = 0; row < run.cache.rows; ++row)
        for (int i = 0; i < block.head_dim(); ++i) {
          out.push_back(block.key(layer, head)[i * block.capacity() + row]);
          out.push_back(block.value(layer, head)[row * block.head_dim() + i]);
        }
  return out;
}

core::Run extended(core::Run run, core::Workspace& work, int steps,
                   core::StepOptions options = {}) {
  for (int i = 0; i < steps; ++i) {
    auto next = core::extend(std::move(run), work, options);
    EXPECT_TRUE(next) << next.error().message;
    run = *std::move(next);
  }
  return run;
}

TEST(Run, OlderRunsStayTrueWhateverNewerOnesDo) {
  std::mt19937_64 random(21);
  for (int trial = 0; trial < trials(60, 8); ++trial) {
    const auto model = random_model(random_config(random), random());
    core::Workspace work;
    auto first = core::start_run(model, random_tokens(model->config, between(random, 1, 5), random),
                                 {.temperature = 1, .seed = random()});
    ASSERT_TRUE(first);
    struct Kept {
      core::Run run;
      std::vector<Token> tokens;
      std::vector<float> cache;
    };
    std::vector<Kept> kept = {{*first, core::tokens_of(*first), {}}};
    for (int action = 0; action < 25; ++action) {
      core::Run run =
          kept[static_cast<std::size_t>(between(random, 0, static_cast<int>(kept.size()) - 1))].run;
      const int steps = static_cast<int>(run.steps.size());
      switch (between(random, 0, 3)) {
        case 0:
          run = core::rewind(std::move(run), between(random, 0, steps));
          break;
        case 1:
          if (steps > 0) {
            auto other = core::choose_instead(run, between(random, 0, steps - 1),
                                              between(random, 0, model->config.vocabulary - 1));
            ASSERT_TRUE(other);
            run = *std::move(other);
          }
          break;
        case 2: {
          auto prompt = core::tokens_of(run);
          prompt.resize(
              static_cast<std::size_t>(between(random, 1, static_cast<int>(prompt.size()))));
          prompt.push_back(between(random, 0, model->config.vocabulary - 1));
          if (prompt.size() > 20) break;
          auto other = core::branch(run, prompt);
          ASSERT_TRUE(other);
          run = *std::move(other);
          break;
        }
        default:
          if (core::token_count(run) < 30)
            run = extended(std::move(run), work, between(random, 1, 3));
      }
      kept.push_back({run, core::tokens_of(run), contents(run)});
    }
    for (const Kept& old : kept) {
      EXPECT_EQ(core::tokens_of(old.run), old.tokens);
      EXPECT_EQ(contents(old.run), old.cache);
      // And its rows are those of its own tokens: the next step agrees with one from nothing.
      if (core::token_count(old.run) >= 30) continue;
      const core::Run next = extended(old.run, work, 1, {.with_uncached = true});
      const auto& agreement = *next.steps.back()->uncached->agreement;
      EXPECT_LE(agreement.logits, 1e-4 * agreement.largest_logit);
      EXPECT_LE(agreement.keys, 1e-4);
    }
    if (testing::Test::HasFailure()) FAIL() << "trial " << trial;
  }
}

TEST(Run, SteppingAgainAfterARewindRepeatsItself) {
  std::mt19937_64 random(22);
  for (int trial = 0; trial < trials(60, 8); ++trial) {
    const auto model = random_model(random_config(random), random());
    core::Workspace work;
    const auto prompt = random_tokens(model->config, 3, random);
    const core::Sampling sampling{.temperature = 1.3, .top_k = 7, .top_p = 0.9, .seed = random()};
    const core::Run whole = extended(*core::start_run(model, prompt, sampling), work, 12);
    core::Run again = core::rewind(whole, between(random, 0, 11));
    again = extended(std::move(again), work, 12 - static_cast<int>(again.steps.size()));
    EXPECT_EQ(core::tokens_of(again), core::tokens_of(whole));
  }
}

TEST(Run, ABranchKeepsTheRowsOfTheCommonPrefix) {
  std::mt19937_64 random(23);
  core::ModelConfig c = random_config(random);
  c.vocabulary = 50;
  const auto model = random_model(c, 1);
  core::Workspace work;
  const core::Run run = extended(*core::start_run(model, {1, 2, 3, 4}), work, 5);
  ASSERT_EQ(run.cache.rows, 8);  // the newest token has no row yet

  auto other = core::branch(run, {1, 2, 3, 9, 9});
  ASSERT_TRUE(other);
  EXPECT_EQ(other->reused_rows, 3);
  const core::Run stepped = extended(*other, work, 1, {.with_uncached = true});
  EXPECT_EQ(stepped.steps[0]->past, 3);
  EXPECT_EQ(stepped.steps[0]->fresh, 2);

  // The same prompt again: all but its last row, which has to be computed for its logits.
  EXPECT_EQ(core::branch(run, {1, 2, 3, 4})->reused_rows, 3);
  EXPECT_EQ(core::branch(run, {7, 2, 3, 4})->reused_rows, 0);
  // Nothing of the first run was touched.
  EXPECT_EQ(core::tokens_of(run).size(), 9U);
  EXPECT_EQ(run.cache.rows, 8);
}

TEST(Run, ForcingATokenComputesNothingAndChangesWhatFollows) {
  std::mt19937_64 random(24);
  core::ModelConfig c = random_config(random);
  c.vocabulary = 50;
  const auto model = random_model(c, 2);
  core::Workspace work;
  const core::Run run = extended(*core::start_run(model, {1, 2}), work, 4);
  const Token other = (run.steps[1]->token + 1) % 50;
  auto forced = core::choose_instead(run, 1, other);
  ASSERT_TRUE(forced);
  EXPECT_EQ(forced->steps.size(), 2U);
  EXPECT_EQ(forced->steps[1]->token, other);
  EXPECT_TRUE(forced->steps[1]->forced);
  EXPECT_EQ(forced->cache.rows, 3);
  EXPECT_EQ(run.steps[1]->token == other, false);
  EXPECT_FALSE(core::choose_instead(run, 1, 50));
  const core::Run next = extended(*forced, work, 1, {.forced = 7});
  EXPECT_EQ(next.steps.back()->token, 7);
}

TEST(Run, TheUncachedSideMayComeLater) {
  std::mt19937_64 random(25);
  const auto model = random_model(random_config(random), 3);
  core::Workspace work;
  core::Run run = extended(*core::start_run(model, {0, 1}), work, 6);
  for (int step = 5; step >= 0; --step) {
    auto uncached = core::compute_uncached(run, step, work);
    ASSERT_TRUE(uncached);
    run = core::with_uncached(std::move(run), step, *uncached);
  }
  for (int step = 0; step < 6; ++step) {
    const auto& at = *run.steps[static_cast<std::size_t>(step)];
    EXPECT_EQ(at.uncached->cost.count, core::forward_cost(model->config, 0, 2 + step));
    EXPECT_LE(at.uncached->agreement->logits, 1e-4 * at.uncached->agreement->largest_logit);
    EXPECT_TRUE(at.uncached->agreement->same_token);
  }
}

TEST(Run, WithoutTheCacheEverythingIsComputedAgain) {
  std::mt19937_64 random(26);
  const auto model = random_model(random_config(random), 4);
  core::Workspace work;
  const core::Run with = extended(*core::start_run(model, {0, 1, 1}), work, 5);
  const core::Run without =
      extended(*core::start_run(model, {0, 1, 1}), work, 5, {.use_cache = false});
  EXPECT_EQ(core::tokens_of(with), core::tokens_of(without));
  for (const auto& step : without.steps) {
    EXPECT_EQ(step->past, 0);
    EXPECT_FALSE(step->cached);
    EXPECT_EQ(step->cache_bytes, 0U);
    EXPECT_EQ(step->uncached->cost.bytes.cache_read + step->uncached->cost.bytes.cache_write, 0U);
    EXPECT_EQ(step->uncached->cost.count, core::forward_cost(model->config, 0, step->total()));
  }
}

TEST(Run, RefusesWhatMakesNoSense) {
  std::mt19937_64 random(27);
  const auto model = random_model(random_config(random), 5);
  core::Workspace work;
  EXPECT_FALSE(core::start_run(model, {}));
  EXPECT_FALSE(core::start_run(model, {-1}));
  EXPECT_FALSE(core::start_run(model, {model->config.vocabulary}));
  EXPECT_FALSE(core::start_run(model, {0}, {.temperature = -1}));
  EXPECT_FALSE(core::start_run(model, {0}, {.top_p = 0}));
  const auto context = static_cast<std::size_t>(model->config.context_length);
  EXPECT_FALSE(core::start_run(model, std::vector<Token>(context + 1)));
  auto full = core::start_run(model, std::vector<Token>(context));
  ASSERT_TRUE(full);
  auto last = core::extend(*full, work);
  ASSERT_TRUE(last) << last.error().message;
  const auto beyond = core::extend(*last, work);
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().kind, core::ErrorKind::usage);
}

TEST(Run, AnAbandonedStepLeavesTheRunAsItWas) {
  std::mt19937_64 random(28);
  const auto model = random_model(random_config(random), 6);
  core::Workspace work;
  const core::Run run = extended(*core::start_run(model, {0, 1}), work, 3);
  const auto before = contents(run);
  const std::function<bool(double)> stop = [](double) { return false; };
  EXPECT_FALSE(core::extend(run, work, {.progress = &stop}));
  EXPECT_EQ(contents(run), before);
  const core::Run next = extended(run, work, 1, {.with_uncached = true});
  EXPECT_LE(next.steps.back()->uncached->agreement->logits,
            1e-4 * next.steps.back()->uncached->agreement->largest_logit);
}

}  // namespace
}  // namespace kv::test
