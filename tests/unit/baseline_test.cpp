// Every way to decode, its closed form against the sum of its steps, and its steps against what
// goes through a forward.
#include "core/cost/baseline.h"

#include <gtest/gtest.h>

#include <string>

#include "core/cost/presets.h"
#include "tests/support/random_models.h"

namespace kv::core {
namespace {

std::string show(const OpCount& count) {
  std::string text;
  for (const auto& part : op_count_parts)
    text += std::string(part.name) + " " + to_string(count.*part.value) + ", ";
  for (const auto& aside : op_count_asides)
    text += std::string(aside.name) + " " + to_string(count.*aside.value) + ", ";
  return text;
}

void expect_equal(const OpCount& found, const OpCount& expected) {
  EXPECT_TRUE(found == expected) << "found    " << show(found) << "\nexpected " << show(expected);
}

TEST(Baseline, ARunIsTheSumOfItsSteps) {
  std::mt19937_64 random(41);
  int gpt2 = 0;
  for (int trial = 0; trial < test::trials(600, 60); ++trial) {
    const ModelConfig config = test::random_config(random);
    gpt2 += config.family == Family::gpt2;
    const std::int64_t prompt = test::between(random, 1, 9);
    const std::int64_t n = prompt + test::between(random, 0, 20);
    const RunShape shape{prompt, n + test::between(random, 0, 9)};
    for (const Baseline baseline : baselines) {
      OpCount sum;
      for (std::int64_t t = prompt; t <= n; ++t) sum += baseline_step(config, baseline, t, shape);
      SCOPED_TRACE(std::to_string(trial) + ", baseline " +
                   std::to_string(static_cast<int>(baseline)));
      expect_equal(baseline_run(config, baseline, n, shape), sum);
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(gpt2, 10);
}

TEST(Baseline, StepsAreTheForwardsTheyStandFor) {
  std::mt19937_64 random(42);
  for (int trial = 0; trial < 100; ++trial) {
    const ModelConfig config = test::random_config(random);
    const RunShape shape{5, 20};
    expect_equal(baseline_step(config, Baseline::with_cache, 5, shape), forward_cost(config, 0, 5));
    expect_equal(baseline_step(config, Baseline::with_cache, 6, shape), forward_cost(config, 5, 1));
    for (const std::int64_t t : {5, 6, 20}) {
      expect_equal(baseline_step(config, Baseline::without_cache, t, shape),
                   forward_cost(config, 0, t));
      expect_equal(baseline_step(config, Baseline::padded, t, shape), forward_cost(config, 0, 20));
    }
    // The prompt's rows at once are the same forward, cached or not.
    expect_equal(baseline_run(config, Baseline::with_cache, 5, shape),
                 baseline_run(config, Baseline::without_cache, 5, shape));
    if (HasFailure()) FAIL() << "trial " << trial;
  }
}

// What only the padded way looks at must not reach the others.
TEST(Baseline, TheOthersDoNotLookAtTheContext) {
  const ModelConfig& gpt2 = find_preset("gpt2")->cost.model;
  for (const Baseline baseline : {Baseline::with_cache, Baseline::without_cache}) {
    expect_equal(baseline_run(gpt2, baseline, 50, {3, 1}),
                 baseline_run(gpt2, baseline, 50, {3, 50}));
    expect_equal(baseline_step(gpt2, baseline, 50, {3, 1}),
                 baseline_step(gpt2, baseline, 50, {3, 50}));
  }
}

// Attention of one plain layer, summed by hand: the padded run n context^2, to a million tokens.
TEST(Baseline, AMillionTokensPadded) {
  const ModelConfig& llama = find_preset("llama-3-8b")->cost.model;
  constexpr std::int64_t million = 1'000'000;
  const OpCount run = baseline_run(llama, Baseline::padded, million, {1, million});
  EXPECT_EQ(to_string(run.scores), "262144000000000000000000");  // 2 x 32 x 4096 x 10^18
  EXPECT_EQ(to_string(run.weighted_sum), "262144000000000000000000");
  EXPECT_EQ(to_string(run.head), "1050673152000000");  // 2 x 4096 x 128256, a million times
  const OpCount without = baseline_run(llama, Baseline::without_cache, million, {1, million});
  EXPECT_GT(run.total(), without.total());
  EXPECT_GT(without.total(),
            baseline_run(llama, Baseline::with_cache, million, {1, million}).total());
}

}  // namespace
}  // namespace kv::core
