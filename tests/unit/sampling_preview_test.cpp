// The sampling panel's bars against what sampling really draws.
#include "app/shell/panels/sampling_preview.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace kv::test {
namespace {

const std::vector<float> logits{0.5F, 2.0F, -1.0F, 1.5F, 1.0F, -3.0F};

TEST(SamplingPreview, GreedyTakesTheLikeliest) {
  const auto bars = app::preview(logits, {}, 3);
  ASSERT_EQ(bars.size(), 3U);
  EXPECT_EQ(bars[0].token, 1);
  EXPECT_EQ(bars[0].chance, 1);
  EXPECT_EQ(bars[1].chance, 0);
  EXPECT_NEAR(bars[0].model, core::token_probability(logits, 1), 1e-12);
}

TEST(SamplingPreview, ChancesAreThoseOfManyDraws) {
  for (const core::Sampling& sampling :
       {core::Sampling{.temperature = 1}, core::Sampling{.temperature = 0.5, .top_k = 3},
        core::Sampling{.temperature = 1.5, .top_p = 0.7, .seed = 4}}) {
    std::map<core::Token, int> drawn;
    constexpr int draws = 20000;
    for (int i = 0; i < draws; ++i) ++drawn[core::choose_token(logits, sampling, i)];
    double sum = 0;
    for (const app::PreviewBar& bar : app::preview(logits, sampling, logits.size())) {
      EXPECT_NEAR(bar.chance, drawn[bar.token] / double{draws}, 0.02) << bar.token;
      sum += bar.chance;
    }
    EXPECT_NEAR(sum, 1, 1e-12);
  }
}

}  // namespace
}  // namespace kv::test
