#include "core/model/random_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace kv::test {
namespace {

constexpr auto no_limit = std::numeric_limits<std::uint64_t>::max();

std::shared_ptr<const core::Model> make(const std::string& text) {
  const auto spec = core::parse_random_model(text);
  EXPECT_TRUE(spec) << spec.error().message;
  auto model = core::make_random_model(*spec, text, no_limit);
  EXPECT_TRUE(model);
  return *model;
}

TEST(RandomModel, EveryPartHasItsDefault) {
  const auto spec = core::parse_random_model("random:");
  ASSERT_TRUE(spec);
  const core::ModelConfig& c = spec->config;
  EXPECT_EQ(c.d_model, 64);
  EXPECT_EQ(c.layers, 2);
  EXPECT_EQ(c.heads, 4);
  EXPECT_EQ(c.kv_heads, 4);
  EXPECT_EQ(c.head_dim, 16);
  EXPECT_EQ(c.ffn, 256);
  EXPECT_EQ(c.vocabulary, 512);
  EXPECT_EQ(c.context_length, 4096);
  EXPECT_EQ(spec->seed, 1U);
  const auto same = core::parse_random_model(
      "random:width=64,layers=2,heads=4,kv_heads=4,ffn=256,vocab=512,context=4096,seed=1");
  ASSERT_TRUE(same);
  EXPECT_EQ(same->config, c);
}

TEST(RandomModel, TheSameSeedGivesTheSameBits) {
  const auto a = make("random:width=16,vocab=20,seed=7"),
             b = make("random:width=16,vocab=20,seed=7");
  const auto other = make("random:width=16,vocab=20,seed=8");
  EXPECT_TRUE(std::ranges::equal(a->slab.span(), b->slab.span()));
  EXPECT_FALSE(std::ranges::equal(a->slab.span(), other->slab.span()));
  // The same on every machine, computed apart from this program: see random.h for the rule.
  EXPECT_FLOAT_EQ(a->token_embedding.data[0], -0.00469763328F);
}

TEST(RandomModel, WeightsHaveTheStatedSpread) {
  const auto model = make("random:width=256,layers=1,vocab=512");
  const core::Matrix& m = model->layers[0].down;
  double sum = 0, squares = 0;
  const int count = m.out * m.in;
  for (int i = 0; i < count; ++i) {
    sum += m.data[i];
    squares += static_cast<double>(m.data[i]) * m.data[i];
  }
  EXPECT_NEAR(sum / count, 0, 1e-3);
  EXPECT_NEAR(squares / count * m.in, 1, 0.02);
  EXPECT_EQ(model->layers[0].attention_norm.gain[255], 1);
  EXPECT_EQ(model->head.data, model->token_embedding.data);
}

TEST(RandomModel, RefusesByName) {
  const std::pair<const char*, const char*> cases[] = {
      {"random:width", "expected NAME=NUMBER"},
      {"random:depth=3", "found \"depth\""},
      {"random:width=abc", "width: found \"abc\""},
      {"random:width=-4", "width: found \"-4\""},
      {"random:width=64,width=32", "width is given twice"},
      {"random:width=65", "heads: found 4, expected a divisor of width 65"},
      {"random:heads=0", "heads: found 0"},
      {"random:width=9999999999", "width: found \"9999999999\""},
      {"random:kv_heads=3", "kv"},
      {"random:layers=0", "layers"},
      {"random:layers=257", "257"},
      {"random:width=12,heads=4", "head_dim"},
      {"random:vocab=0", "0"},
      {"random:,", "expected NAME=NUMBER"},
  };
  for (const auto& [text, fragment] : cases) {
    const auto spec = core::parse_random_model(text);
    ASSERT_FALSE(spec) << text;
    EXPECT_EQ(spec.error().kind, core::ErrorKind::usage) << text;
    EXPECT_NE(spec.error().message.find(fragment), std::string::npos) << spec.error().message;
    EXPECT_EQ(spec.error().message.find('\n'), std::string::npos);
  }
}

TEST(RandomModel, SaysWhatMemoryItNeedsBeforeTakingIt) {
  const auto spec =
      core::parse_random_model("random:width=16384,layers=256,heads=128,vocab=1048576");
  ASSERT_TRUE(spec) << spec.error().message;
  const auto model = core::make_random_model(*spec, "huge", std::uint64_t{16} << 30);
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().kind, core::ErrorKind::machine);
  EXPECT_NE(model.error().message.find("needs"), std::string::npos);
  EXPECT_NE(model.error().message.find("have 17.2 GB"), std::string::npos) << model.error().message;
  EXPECT_NE(model.error().message.find("try"), std::string::npos);
}

}  // namespace
}  // namespace kv::test
