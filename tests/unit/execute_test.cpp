// Executed points against the closed form, integer for integer; how far an execution comes; and
// the exponents that executed counts have.
#include "core/bench/execute.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "app/shell/thread_pool.h"
#include "core/cost/growth.h"
#include "core/model/random_model.h"
#include "tests/support/random_models.h"

namespace kv::core {
namespace {

constexpr std::size_t side(Baseline baseline) { return static_cast<std::size_t>(baseline); }

std::shared_ptr<const Model> make(const ModelConfig& config) {
  return *make_random_model({.config = config, .seed = 3}, "made", UINT64_MAX);
}

// The smallest built-in model's sizes.
ModelConfig pocket_like() {
  ModelConfig c;
  c.layers = 2;
  c.d_model = 8;
  c.heads = c.kv_heads = 2;
  c.head_dim = 4;
  c.ffn = 24;
  c.vocabulary = 745;
  c.context_length = 4096;
  c.tied_head = true;
  return c;
}

ModelConfig small_gpt2() {
  ModelConfig c = pocket_like();
  c.family = Family::gpt2;
  c.vocabulary = 30;
  c.context_length = 100;
  c.qkv_bias = c.output_bias = c.mlp_bias = true;
  return c;
}

ModelConfig grouped_llama() {
  ModelConfig c = pocket_like();
  c.d_model = 12;
  c.heads = 4;
  c.head_dim = 6;
  c.vocabulary = 30;
  return c;
}

Execution executed(const Model& model, const ExecuteRequest& request,
                   const BenchOptions& options = {}) {
  auto done = execute(model, request, options);
  EXPECT_TRUE(done) << done.error().message;
  return done ? *std::move(done) : Execution{};
}

void expect_counted(const ModelConfig& config, const Execution& done) {
  for (const ExecutedPoint& point : done.points) {
    for (const Baseline baseline : baselines) {
      const Executed& found = point.sides[side(baseline)];
      SCOPED_TRACE(std::to_string(point.tokens) + " tokens, " + std::to_string(side(baseline)));
      if (baseline == Baseline::padded && !done.padded) {
        EXPECT_TRUE(found.step == OpCount() && found.run == OpCount());
        continue;
      }
      EXPECT_TRUE(found.step == baseline_step(config, baseline, point.tokens, done.shape));
      EXPECT_TRUE(found.run == baseline_run(config, baseline, point.tokens, done.shape));
      EXPECT_GT(found.step_seconds, 0);
      EXPECT_GE(found.run_seconds, found.step_seconds);
    }
  }
}

TEST(Execute, CountsWhatTheClosedFormSays) {
  app::ThreadPool pool(2);
  for (const ModelConfig& config : {pocket_like(), grouped_llama(), small_gpt2()}) {
    const auto model = make(config);
    for (const std::int64_t prompt : {1, 5}) {
      for (const bool padded : {false, true}) {
        for (Parallel* parallel :
             {static_cast<Parallel*>(nullptr), static_cast<Parallel*>(&pool)}) {
          const ExecuteRequest request{.shape = {prompt, 40}, .tokens = 33, .padded = padded};
          const Execution done = executed(*model, request, {.parallel = parallel, .progress = {}});
          EXPECT_EQ(done.model, "made");
          EXPECT_EQ(done.padded, padded);
          EXPECT_EQ(done.shape.prompt, prompt);
          EXPECT_EQ(done.reached, 33);
          ASSERT_EQ(done.points.size(), static_cast<std::size_t>(33 - prompt + 1));
          for (std::size_t i = 0; i < done.points.size(); ++i)
            EXPECT_EQ(done.points[i].tokens, prompt + static_cast<std::int64_t>(i));
          expect_counted(config, done);
        }
      }
    }
  }
}

TEST(Execute, KeepsAboutSixtyFourPointsOfALongRun) {
  const ModelConfig config = grouped_llama();
  const auto model = make(config);
  for (const std::int64_t tokens : {63, 64, 65, 100, 400}) {
    const Execution done = executed(*model, {.shape = {1, 1}, .tokens = tokens});
    SCOPED_TRACE(tokens);
    ASSERT_EQ(done.points.size(), static_cast<std::size_t>(std::min<std::int64_t>(64, tokens)));
    EXPECT_EQ(done.points.front().tokens, 1);
    EXPECT_EQ(done.points.back().tokens, tokens);
    EXPECT_EQ(done.reached, tokens);
    for (std::size_t i = 1; i < done.points.size(); ++i) {
      const auto before = done.points[i - 1].tokens, now = done.points[i].tokens;
      EXPECT_GT(now, before);
      // Evenly in the logarithm: 400^(1/63) is 1.1, or one step where that is more.
      EXPECT_LE(static_cast<double>(now),
                std::max(static_cast<double>(before) * 1.13 + 1, static_cast<double>(before + 1)));
    }
    expect_counted(config, done);
  }
}

Uint128 all_ways(const ModelConfig& config, const ExecuteRequest& request, std::int64_t t) {
  const auto of = [&](Baseline way) {
    return baseline_step(config, way, t, request.shape).total();
  };
  const Uint128 two = of(Baseline::with_cache) + of(Baseline::without_cache);
  return request.padded ? two + of(Baseline::padded) : two;
}

// Step after step until one does not fit any more.
std::int64_t brute_reachable(const ModelConfig& config, const ExecuteRequest& request) {
  if (request.padded && request.shape.context > config.context_length)
    return request.shape.prompt - 1;
  Uint128 sum = 0;
  std::int64_t t = request.shape.prompt;
  for (; t <= request.tokens && t <= config.context_length; ++t) {
    if (request.padded && t > request.shape.context) break;
    sum += all_ways(config, request, t);
    if (to_double(sum) > request.flop_budget) break;
  }
  return t - 1;
}

TEST(Execute, ReachesAsFarAsASumOfStepsSays) {
  std::mt19937_64 random(51);
  int none = 0, by_budget = 0, all = 0;
  for (int trial = 0; trial < test::trials(2000, 200); ++trial) {
    const ModelConfig config = test::random_config(random);
    const std::int64_t prompt = test::between(random, 1, 9);
    const ExecuteRequest request{
        .shape = {prompt, test::between(random, static_cast<int>(prompt) - 1, 70)},
        .tokens = test::between(random, 1, 80),
        .padded = test::between(random, 0, 1) == 1,
        .flop_budget = std::pow(10.0, test::between(random, 40, 90) / 10.0)};
    const std::int64_t reached = reachable_tokens(config, request);
    // Exactly so much is still within the budget.
    ASSERT_EQ(reached, brute_reachable(config, request)) << "trial " << trial;
    none += reached < prompt;
    by_budget += reached >= prompt && reached < request.tokens;
    all += reached == request.tokens;
    if (reached < prompt) continue;
    ExecuteRequest exact = request;
    exact.flop_budget = 0;
    for (std::int64_t t = prompt; t <= reached; ++t)
      exact.flop_budget += to_double(all_ways(config, request, t));
    ASSERT_EQ(reachable_tokens(config, exact), reached) << "trial " << trial;
    exact.flop_budget -= 1;
    ASSERT_EQ(reachable_tokens(config, exact), reached - 1) << "trial " << trial;
  }
  for (const int kind : {none, by_budget, all}) EXPECT_GT(kind, 10);
}

TEST(Execute, StopsAtTheBudget) {
  const auto model = make(pocket_like());
  const ExecuteRequest request{
      .shape = {5, 200}, .tokens = 200, .padded = true, .flop_budget = 3e8};
  const Execution done = executed(*model, request);
  EXPECT_EQ(done.reached, brute_reachable(model->config, request));
  EXPECT_LT(done.reached, 200);
  EXPECT_GT(done.reached, 5);
  EXPECT_EQ(done.points.back().tokens, done.reached);
  double sum = 0;
  for (const Executed& way : done.points.back().sides) sum += to_double(way.run.total());
  EXPECT_LE(sum, request.flop_budget);
}

TEST(Execute, ProgressIsTheShareOfFlops) {
  const auto model = make(grouped_llama());
  const ExecuteRequest request{.shape = {3, 12}, .tokens = 10, .padded = true};
  std::vector<double> shares;
  const Execution done =
      executed(*model, request, {.parallel = nullptr, .progress = [&](double share) {
                                   shares.push_back(share);
                                   return true;
                                 }});
  double all = 0;
  for (const Baseline way : baselines)
    all += to_double(baseline_run(model->config, way, 10, request.shape).total());
  ASSERT_EQ(shares.size(), 3U * 8U);
  double sum = 0;
  std::size_t at = 0;
  for (const Baseline way : baselines)
    for (std::int64_t t = 3; t <= 10; ++t) {
      sum += to_double(baseline_step(model->config, way, t, request.shape).total());
      EXPECT_NEAR(shares[at++], sum / all, 1e-12);
    }
  EXPECT_EQ(shares.back(), 1);
}

TEST(Execute, IsAbandonedAtOnce) {
  const auto model = make(grouped_llama());
  for (const int allowed : {0, 1, 13}) {
    int calls = 0;
    const auto done =
        execute(*model, {.shape = {1, 1}, .tokens = 10},
                {.parallel = nullptr, .progress = [&](double) { return calls++ < allowed; }});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::internal);
    EXPECT_EQ(done.error().message, "abandoned");
    EXPECT_EQ(calls, allowed + 1);
  }
}

TEST(Execute, RefusesWhereNotEvenTheFirstStepFits) {
  const auto model = make(small_gpt2());
  const std::pair<ExecuteRequest, const char*> cases[] = {
      {{.shape = {0, 1}, .tokens = 5}, "prompt: found 0"},
      {{.shape = {6, 1}, .tokens = 5}, "tokens: found 5, expected at least the prompt's 6"},
      {{.shape = {101, 1}, .tokens = 200}, "context: found 101 positions"},
      {{.shape = {1, 101}, .tokens = 5, .padded = true}, "context: found 101 positions"},
      {{.shape = {5, 4}, .tokens = 5, .padded = true}, "context: found 4, expected at least"},
      {{.shape = {5, 1}, .tokens = 9, .flop_budget = 100}, "expected at most 100"},
  };
  for (const auto& [request, fragment] : cases) {
    const auto done = execute(*model, request, {});
    ASSERT_FALSE(done) << fragment;
    EXPECT_EQ(done.error().kind, ErrorKind::usage);
    EXPECT_NE(done.error().message.find(fragment), std::string::npos) << done.error().message;
    EXPECT_LT(reachable_tokens(model->config, request),
              std::max<std::int64_t>(1, request.shape.prompt));
  }
  // The model's last position, and the context that is not asked about.
  EXPECT_EQ(executed(*model, {.shape = {1, 0}, .tokens = 500}).reached, 100);
  EXPECT_EQ(executed(*model, {.shape = {1, 100}, .tokens = 500, .padded = true}).reached, 100);
}

Uint128 attention(const OpCount& count) { return count.scores + count.weighted_sum; }

// ln(C(n)/C(n-1)) / ln(n/(n-1)), straight from its definition.
double exponent(Uint128 now, Uint128 before, std::int64_t n) {
  const long double costs = static_cast<long double>(now) / static_cast<long double>(before);
  const long double lengths = static_cast<long double>(n) / static_cast<long double>(n - 1);
  return static_cast<double>(std::log(costs) / std::log(lengths));
}

// Attention alone, from a one-token prompt: a run goes to the third power without the cache and to
// the second with it, a step to the second and the first; padded, a run to the first.
TEST(Execute, ExponentsOfExecutedAttention) {
  const auto model = make(pocket_like());
  constexpr std::int64_t n = 400;
  const Execution done = executed(*model, {.shape = {1, 1}, .tokens = n, .flop_budget = 1e12});
  const Execution shorter =
      executed(*model, {.shape = {1, 1}, .tokens = n - 1, .flop_budget = 1e12});
  const double runs[] = {2, 3}, steps[] = {1, 2};
  for (const Baseline way : {Baseline::with_cache, Baseline::without_cache}) {
    SCOPED_TRACE(side(way));
    double last = 0, at_ten = 0;
    for (const ExecutedPoint& point : done.points) {
      const Executed& here = point.sides[side(way)];
      const Uint128 now = attention(here.run), before = now - attention(here.step);
      if (point.tokens < 2) continue;
      last = exponent(now, before, point.tokens);
      EXPECT_NEAR(*local_exponent(now, before, point.tokens), last, 0.01) << point.tokens;
      if (point.tokens == 10) at_ten = last;
    }
    EXPECT_NEAR(at_ten, runs[side(way)] == 3 ? 2.85 : 1.90, 0.01);
    EXPECT_NEAR(last, runs[side(way)], 0.01);
    const Uint128 now = attention(done.points.back().sides[side(way)].step);
    const Uint128 before = attention(shorter.points.back().sides[side(way)].step);
    EXPECT_NEAR(exponent(now, before, n), steps[side(way)], 0.01);
    EXPECT_NEAR(*local_exponent(now, before, n), steps[side(way)], 0.01);
  }
}

TEST(Execute, ExponentsOfExecutedPaddedAttention) {
  const auto model = make(pocket_like());
  const Execution done = executed(*model, {.shape = {1, 64}, .tokens = 64, .padded = true});
  const Executed& last = done.points.back().sides[side(Baseline::padded)];
  const Executed& before = done.points[62].sides[side(Baseline::padded)];
  EXPECT_NEAR(exponent(attention(last.run), attention(before.run), 64), 1, 1e-12);
  EXPECT_TRUE(last.step == before.step);
}

}  // namespace
}  // namespace kv::core
