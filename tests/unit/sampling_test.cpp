#include "core/run/sampling.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace kv::test {
namespace {

using core::choose_token;
using core::Sampling;

const std::vector<float> logits = {0.0F, 2.0F, 1.0F, 2.0F, -5.0F};

std::map<core::Token, int> draw(const Sampling& sampling, int times) {
  std::map<core::Token, int> drawn;
  for (int position = 0; position < times; ++position)
    ++drawn[choose_token(logits, sampling, position)];
  return drawn;
}

TEST(Sampling, GreedyTakesTheFirstOfTheLargest) {
  EXPECT_EQ(choose_token(logits, {}, 0), 1);
  EXPECT_EQ(choose_token(logits, {.seed = 99}, 7), 1);
}

TEST(Sampling, ProbabilitiesAreTheSoftmax) {
  double sum = 0;
  for (int token = 0; token < 5; ++token) sum += core::token_probability(logits, token);
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_NEAR(core::token_probability(logits, 1) / core::token_probability(logits, 2),
              std::exp(1.0), 1e-9);
}

TEST(Sampling, FrequenciesFollowTheTemperature) {
  constexpr int times = 20000;
  for (const double temperature : {0.5, 1.0, 3.0}) {
    const auto drawn = draw({.temperature = temperature, .seed = 5}, times);
    double sum = 0;
    for (const float logit : logits) sum += std::exp(logit / temperature);
    for (int token = 0; token < 5; ++token) {
      const double p = std::exp(logits[static_cast<std::size_t>(token)] / temperature) / sum;
      const auto at = drawn.find(token);
      const double found = at == drawn.end() ? 0 : at->second / double{times};
      EXPECT_NEAR(found, p, 5 * std::sqrt(p * (1 - p) / times) + 1e-9) << token;
    }
  }
}

TEST(Sampling, TopKAndTopPLeaveOnlyTheLikely) {
  EXPECT_EQ(draw({.temperature = 1, .top_k = 1, .seed = 1}, 500).size(), 1U);
  const auto two = draw({.temperature = 1, .top_k = 2, .seed = 1}, 500);
  EXPECT_EQ(two.size(), 2U);
  EXPECT_TRUE(two.contains(1) && two.contains(3));
  // The two largest hold about 0.40 each: together they pass 0.7, alone not.
  const auto nucleus = draw({.temperature = 1, .top_p = 0.7, .seed = 1}, 500);
  EXPECT_EQ(nucleus.size(), 2U);
  EXPECT_EQ(draw({.temperature = 1, .top_p = 1e-9, .seed = 1}, 500).size(), 1U);
  EXPECT_EQ(draw({.temperature = 5, .top_k = 100, .seed = 1}, 5000).size(), 5U);
}

TEST(Sampling, DependsOnSeedAndPositionAlone) {
  const Sampling sampling{.temperature = 2, .seed = 3};
  std::vector<core::Token> forwards, backwards, other_seed;
  for (int i = 0; i < 50; ++i) forwards.push_back(choose_token(logits, sampling, i));
  for (int i = 49; i >= 0; --i)
    backwards.insert(backwards.begin(), choose_token(logits, sampling, i));
  for (int i = 0; i < 50; ++i)
    other_seed.push_back(choose_token(logits, {.temperature = 2, .seed = 4}, i));
  EXPECT_EQ(forwards, backwards);
  EXPECT_NE(forwards, other_seed);
}

TEST(Sampling, RefusesWhatMakesNoSense) {
  EXPECT_FALSE(core::validate({}));
  EXPECT_FALSE(core::validate({.temperature = 0.7, .top_k = 40, .top_p = 0.95}));
  for (const Sampling& bad :
       {Sampling{.temperature = -0.1}, Sampling{.temperature = std::nan("")}, Sampling{.top_k = -1},
        Sampling{.top_p = 0}, Sampling{.top_p = 1.5}, Sampling{.temperature = 1e9}}) {
    const auto error = core::validate(bad);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, core::ErrorKind::usage);
    EXPECT_NE(error->message.find("found"), std::string::npos);
  }
  EXPECT_EQ(core::validate({.top_p = 1.5})->message,
            "top-p: found 1.5, expected a number above 0, at most 1");
}

}  // namespace
}  // namespace kv::test
