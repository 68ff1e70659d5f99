#include "core/model/random_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "core/engine/forward.h"
#include "core/run/compare.h"

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

core::RandomModelSpec gpt2_spec(bool tied) {
  core::RandomModelSpec spec{.config = {}, .seed = 5};
  core::ModelConfig& c = spec.config;
  c.family = core::Family::gpt2;
  c.layers = 2;
  c.d_model = 24;
  c.heads = c.kv_heads = 3;
  c.head_dim = 8;
  c.ffn = 96;
  c.vocabulary = 50;
  c.context_length = 40;
  c.qkv_bias = c.output_bias = c.mlp_bias = true;
  c.tied_head = tied;
  EXPECT_FALSE(core::validate(c, "hand"));
  return spec;
}

// Memory as a program leaves it that has run for a while: what a model is made in is not cleared.
// While this lives, what it has freed stays apart, to be given out again.
class Rubbish {
 public:
  explicit Rubbish(const core::ModelConfig& config) {
    core::AlignedBuffer used(core::model_bytes(config) / sizeof(float) + 1024);
    behind_ = std::make_unique<char[]>(1 << 14);
    volatile float* const place = used.data();  // or nobody would see why to write it
    for (std::size_t i = 0; i < used.size(); ++i) place[i] = 12345;
  }

 private:
  std::unique_ptr<char[]> behind_;
};

void expect_norm(const core::NormWeights& norm, int width) {
  ASSERT_NE(norm.bias, nullptr);
  for (int i = 0; i < width; ++i) {
    EXPECT_EQ(norm.gain[i], 1);
    EXPECT_EQ(norm.bias[i], 0);
  }
}

void expect_zeros(const float* bias, int width) {
  ASSERT_NE(bias, nullptr);
  for (int i = 0; i < width; ++i) EXPECT_EQ(bias[i], 0);
}

void expect_spread(const core::Matrix& m, double variance) {
  double squares = 0;
  for (int i = 0; i < m.out * m.in; ++i) {
    ASSERT_LE(std::abs(m.data[i]), std::sqrt(3 * variance) * (1 + 1e-6));
    squares += static_cast<double>(m.data[i]) * m.data[i];
  }
  EXPECT_NEAR(squares / (m.out * m.in) / variance, 1, 0.15);
}

TEST(RandomModel, AGpt2SetByHandIsWhole) {
  for (const bool tied : {true, false}) {
    const auto spec = gpt2_spec(tied);
    const Rubbish rubbish(spec.config);
    const auto model = *core::make_random_model(spec, "hand", no_limit);
    const core::ModelConfig& c = model->config;
    EXPECT_EQ(c, spec.config);
    expect_spread(model->token_embedding, 0.01);
    expect_spread(model->position_embedding, 0.01);
    for (const core::LayerWeights& w : model->layers) {
      expect_norm(w.attention_norm, c.d_model);
      expect_norm(w.mlp_norm, c.d_model);
      for (const core::Matrix* m : {&w.qkv, &w.output, &w.up, &w.down})
        expect_spread(*m, 1.0 / m->in);
      expect_zeros(w.qkv_bias, 3 * c.d_model);
      expect_zeros(w.output_bias, c.d_model);
      expect_zeros(w.up_bias, c.ffn);
      expect_zeros(w.down_bias, c.d_model);
    }
    expect_norm(model->final_norm, c.d_model);
    EXPECT_EQ(model->head.data == model->token_embedding.data, tied);
    if (!tied) expect_spread(model->head, 1.0 / c.d_model);
  }
}

TEST(RandomModel, AGpt2SetByHandComputes) {
  const auto spec = gpt2_spec(false);
  const Rubbish rubbish(spec.config);
  const auto model = *core::make_random_model(spec, "hand", no_limit);
  const std::vector<core::Token> tokens(40, 7);  // only the position tells them apart
  core::Workspace work;
  core::KvCache cache;
  core::make_room(cache, model->config, 40);
  const auto result =
      core::forward(*model, core::view_of(cache), tokens, work, {.logits = core::LogitRows::all});
  for (const float logit : result.logits) ASSERT_TRUE(std::isfinite(logit));
  const auto row = [&](std::size_t r) { return result.logits.subspan(50 * r, 50); };
  EXPECT_FALSE(std::ranges::equal(row(0), row(1)));
  EXPECT_FALSE(std::ranges::equal(row(38), row(39)));
  EXPECT_GT(core::max_abs(result.logits), 0.1);
}

// Of a Llama as well: biases and a head of its own.
TEST(RandomModel, ALlamaWithBiasesIsWhole) {
  auto spec = *core::parse_random_model("random:width=32,heads=4,kv_heads=2,ffn=40");
  spec.config.qkv_bias = spec.config.output_bias = spec.config.mlp_bias = true;
  spec.config.tied_head = false;
  const Rubbish rubbish(spec.config);
  const auto model = *core::make_random_model(spec, "hand", no_limit);
  for (const core::LayerWeights& w : model->layers) {
    expect_zeros(w.qkv_bias, 64);
    expect_zeros(w.output_bias, 32);
    expect_zeros(w.up_bias, 80);
    expect_zeros(w.down_bias, 32);
  }
  expect_spread(model->head, 1.0 / 32);
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

TEST(RandomModel, IsAbandonedBetweenLayers) {
  const auto spec = core::parse_random_model("random:width=16,layers=4");
  ASSERT_TRUE(spec) << spec.error().message;
  std::vector<double> shares;
  const auto model = core::make_random_model(*spec, "small", UINT64_MAX, [&](double share) {
    shares.push_back(share);
    return shares.size() < 3;
  });
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().message, "small: making it was cancelled");
  EXPECT_EQ(shares, (std::vector<double>{0.25, 0.5, 0.75}));
}

}  // namespace
}  // namespace kv::test
