// The closed forms against sums written from the definition, one product and one row at a time.
#include "core/engine/closed_form.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>

#include "core/cost/presets.h"

namespace kv::core {
namespace {

using std::int64_t;

std::int64_t pick(std::mt19937_64& random, int64_t low, int64_t high) {
  const auto span = static_cast<std::uint64_t>(high - low + 1);
  return low + static_cast<int64_t>(random() % span);
}

int pick_int(std::mt19937_64& random, int low, int high) {
  return static_cast<int>(pick(random, low, high));
}

bool coin(std::mt19937_64& random) { return random() % 2 == 0; }

ModelConfig random_config(std::mt19937_64& random) {
  ModelConfig config;
  config.family = coin(random) ? Family::gpt2 : Family::llama;
  config.layers = pick_int(random, 1, 5);
  config.d_model = pick_int(random, 1, 70);
  config.kv_heads = pick_int(random, 1, 4);
  config.heads = config.kv_heads * pick_int(random, 1, 4);
  config.head_dim = 2 * pick_int(random, 1, 9);
  config.ffn = pick_int(random, 1, 130);
  config.vocabulary = pick_int(random, 1, 300);
  config.context_length = 64;
  config.qkv_bias = coin(random);
  config.output_bias = coin(random);
  config.mlp_bias = coin(random);
  config.tied_head = coin(random);
  return config;
}

Uint128 product(int64_t m, int64_t k, int64_t n) {
  return 2 * static_cast<Uint128>(m) * static_cast<Uint128>(k) * static_cast<Uint128>(n);
}

Uint128 norm_of_one_row(const ModelConfig& config) {
  Uint128 cost = 0;
  for (int i = 0; i < config.d_model; ++i) cost += config.family == Family::gpt2 ? 7 : 4;
  return cost + (config.family == Family::gpt2 ? 5 : 4);
}

// Elementwise work of one layer on one fresh row that sees `seen` of `keys` rows.
Uint128 other_of_one_row(const ModelConfig& config, int64_t seen, int64_t keys) {
  const bool llama = config.family == Family::llama;
  const unsigned rotary = llama ? 3 : 0;
  const unsigned q_element = (config.qkv_bias ? 1U : 0U) + rotary;
  const unsigned kv_element = (config.qkv_bias ? 2U : 0U) + rotary;  // k's and v's bias, k's rotary
  const unsigned residual_element =
      (config.output_bias ? 1U : 0U) + 1U + (config.mlp_bias ? 1U : 0U) + 1U;
  Uint128 cost = 2 * norm_of_one_row(config);
  for (int head = 0; head < config.heads; ++head) {
    for (int i = 0; i < config.head_dim; ++i) cost += q_element;
    for (int64_t key = 0; key < keys; ++key) cost += key < seen ? 1 + 5 : 1;
    cost += 1;
  }
  for (int head = 0; head < config.kv_heads; ++head) {
    for (int i = 0; i < config.head_dim; ++i) cost += kv_element;
  }
  for (int i = 0; i < config.d_model; ++i) {
    cost += residual_element;
  }
  for (int i = 0; i < config.ffn; ++i) {
    cost += llama ? (config.mlp_bias ? 2 : 0) + 5 : (config.mlp_bias ? 1 : 0) + 9;
  }
  return cost;
}

OpCount brute_layer(const ModelConfig& config, int64_t past, int64_t fresh) {
  OpCount cost;
  const int64_t keys = past + fresh;
  const int64_t q_width = int64_t{config.heads} * config.head_dim;
  const int64_t kv_width = int64_t{config.kv_heads} * config.head_dim;
  cost.q += product(fresh, config.d_model, q_width);
  cost.k += product(fresh, config.d_model, kv_width);
  cost.v += product(fresh, config.d_model, kv_width);
  for (int head = 0; head < config.heads; ++head) {
    cost.scores += product(fresh, config.head_dim, keys);
    cost.weighted_sum += product(fresh, keys, config.head_dim);
    for (int64_t row = 0; row < fresh; ++row) {
      for (int64_t key = 0; key < keys; ++key) {
        if (key <= past + row) continue;
        cost.scores_masked += product(1, config.head_dim, 1);
        cost.weighted_sum_masked += product(1, 1, config.head_dim);
      }
    }
  }
  cost.output += product(fresh, q_width, config.d_model);
  cost.mlp += product(fresh, config.d_model, config.ffn);
  if (config.family == Family::llama) cost.mlp += product(fresh, config.d_model, config.ffn);
  cost.mlp += product(fresh, config.ffn, config.d_model);
  for (int64_t row = 0; row < fresh; ++row) {
    cost.other += other_of_one_row(config, past + row + 1, keys);
  }
  return cost;
}

OpCount brute_forward(const ModelConfig& config, int64_t past, int64_t fresh, LogitRows logits) {
  OpCount cost;
  for (int layer = 0; layer < config.layers; ++layer) cost += brute_layer(config, past, fresh);
  const int64_t rows = logits == LogitRows::all ? fresh : 1;
  cost.head = product(rows, config.d_model, config.vocabulary);
  for (int64_t row = 0; row < rows; ++row) cost.other += norm_of_one_row(config);
  if (config.family == Family::gpt2) {
    cost.other += static_cast<Uint128>(fresh) * static_cast<Uint128>(config.d_model);
  }
  return cost;
}

OpCount brute_run(const ModelConfig& config, Side side, int64_t prompt, int64_t length,
                  LogitRows logits) {
  OpCount cost;
  for (int64_t t = prompt; t <= length; ++t) {
    const int64_t past = side == Side::uncached || t == prompt ? 0 : t - 1;
    cost += brute_forward(config, past, t - past, logits);
  }
  return cost;
}

std::string show(const OpCount& cost) {
  std::string text;
  for (const auto& part : op_count_parts) {
    text += std::string(part.name) + " " + to_string(cost.*part.value) + ", ";
  }
  for (const auto& aside : op_count_asides) {
    text += std::string(aside.name) + " " + to_string(cost.*aside.value) + ", ";
  }
  return text;
}

void expect_equal(const OpCount& actual, const OpCount& expected) {
  EXPECT_TRUE(actual == expected) << "actual   " << show(actual) << "\nexpected " << show(expected);
}

const ModelConfig& preset_model(const char* name) { return find_preset(name)->cost.model; }

// One layer, as wide as its heads together, an MLP of four times the width, no head.
ModelConfig plain_layer(int width) {
  ModelConfig config;
  config.family = Family::gpt2;
  config.layers = 1;
  config.d_model = width;
  config.heads = config.kv_heads = 2;
  config.head_dim = width / 2;
  config.ffn = 4 * width;
  config.vocabulary = 10;
  config.context_length = 64;
  return config;
}

TEST(ClosedForm, OneForwardEqualsTheSumOfItsProducts) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 1000; ++i) {
    const ModelConfig config = random_config(random);
    const int64_t past = pick(random, 0, 12);
    const int64_t fresh = pick(random, 1, 12);
    const LogitRows logits = coin(random) ? LogitRows::last : LogitRows::all;
    SCOPED_TRACE(i);
    expect_equal(forward_cost(config, past, fresh, logits),
                 brute_forward(config, past, fresh, logits));
    if (HasFailure()) return;
  }
}

TEST(ClosedForm, ARunEqualsTheSumOfItsForwards) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 1000; ++i) {
    const ModelConfig config = random_config(random);
    const int64_t prompt = pick(random, 1, 9);
    const int64_t length = prompt + pick(random, 0, 9);
    const Side side = coin(random) ? Side::cached : Side::uncached;
    const LogitRows logits = coin(random) ? LogitRows::last : LogitRows::all;
    SCOPED_TRACE(i);
    expect_equal(run_cost(config, side, prompt, length, logits),
                 brute_run(config, side, prompt, length, logits));
    if (HasFailure()) return;
  }
}

TEST(ClosedForm, LayersHeadAndEmbeddingMakeUpTheRun) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 200; ++i) {
    const ModelConfig config = random_config(random);
    const int64_t prompt = pick(random, 1, 9);
    const int64_t length = prompt + pick(random, 0, 9);
    const Side side = coin(random) ? Side::cached : Side::uncached;
    OpCount layer;
    for (int64_t t = prompt; t <= length; ++t) {
      const int64_t past = side == Side::uncached || t == prompt ? 0 : t - 1;
      layer += brute_layer(config, past, t - past);
    }
    SCOPED_TRACE(i);
    expect_equal(layer_run_cost(config, side, prompt, length), layer);
    const OpCount whole = run_cost(config, side, prompt, length);
    EXPECT_EQ(to_string(whole.total() - whole.head),
              to_string(layer.total() * static_cast<Uint128>(config.layers)));
    if (HasFailure()) return;
  }
}

TEST(ClosedForm, PlainLayerFollowsTheTextbookSums) {
  for (const int width : {2, 8, 64, 4096}) {
    const ModelConfig config = plain_layer(width);
    for (const int64_t tokens : {1, 2, 10, 1000, 100000}) {
      const auto d = static_cast<Uint128>(width);
      const auto n = static_cast<Uint128>(tokens);
      const Uint128 uncached = 12 * d * d * n * (n + 1) + 2 * d * n * (n + 1) * (2 * n + 1) / 3;
      const Uint128 cached = 24 * d * d * n + 2 * d * n * (n + 1);
      EXPECT_EQ(to_string(layer_run_cost(config, Side::uncached, 1, tokens).total()),
                to_string(uncached));
      EXPECT_EQ(to_string(layer_run_cost(config, Side::cached, 1, tokens).total()),
                to_string(cached));
    }
  }
}

TEST(ClosedForm, MaskedPartIsWhatLiesAboveTheDiagonal) {
  const ModelConfig config = plain_layer(8);
  // 5 fresh rows on 3: 4 + 3 + 2 + 1 entries of two heads, 4 wide.
  const OpCount several = forward_cost(config, 3, 5);
  EXPECT_EQ(to_string(several.scores_masked), "160");
  EXPECT_EQ(to_string(several.weighted_sum_masked), "160");
  EXPECT_EQ(to_string(several.scores), std::to_string(2 * 5 * 4 * 8 * 2));
  EXPECT_EQ(to_string(forward_cost(config, 3, 1).scores_masked), "0");
  EXPECT_EQ(to_string(run_cost(config, Side::cached, 1, 1000).scores_masked), "0");
  // Without a cache nearly half of a long run's scores are thrown away: (n-1)/(2n+1) of them.
  const OpCount run = run_cost(config, Side::uncached, 1, 1000);
  EXPECT_EQ(to_string(run.scores_masked * 2001), to_string(run.scores * 999));
}

TEST(ClosedForm, Gpt2ForwardOverItsWholeContext) {
  const ModelConfig& gpt2 = preset_model("gpt2");
  const OpCount cost = forward_cost(gpt2, 0, 1024, LogitRows::all);
  EXPECT_EQ(to_string(cost.total()), "291648307200");
  EXPECT_EQ(to_string((cost.total() - cost.head) / 12), "17716740096");
  EXPECT_EQ(to_string(layer_run_cost(gpt2, Side::cached, 1024, 1024).total()), "17716740096");
  EXPECT_EQ(to_string(cost.head), "79047426048");
}

// The text's "from 37,032 tokens" holds for the whole total with last-row logits and for the total
// without the head alike, from a one-token prompt.
TEST(ClosedForm, Llama3RunWithoutACachePasses64BitsAt37032Tokens) {
  const ModelConfig& llama = preset_model("llama-3-8b");
  const auto total = [&](int64_t n) { return run_cost(llama, Side::uncached, 1, n).total(); };
  const auto layers = [&](int64_t n) {
    return layer_run_cost(llama, Side::uncached, 1, n).total() * 32;
  };
  const Uint128 limit = static_cast<Uint128>(1) << 64;
  EXPECT_LT(total(37031), limit);
  EXPECT_GE(total(37032), limit);
  EXPECT_LT(layers(37031), limit);
  EXPECT_GE(layers(37032), limit);
  EXPECT_EQ(to_string(total(37031)), "18445887991470620672");
  EXPECT_EQ(to_string(total(37032)), "18447123901338091520");
  EXPECT_LT(run_cost(llama, Side::cached, 1, 8360028).total(), limit);
  EXPECT_GE(run_cost(llama, Side::cached, 1, 8360029).total(), limit);
}

// Expected digits from arbitrary-precision integers, computed apart.
TEST(ClosedForm, ABillionTokensDoNotOverflow) {
  const ModelConfig& llama = preset_model("llama-3-8b");
  constexpr int64_t billion = 1'000'000'000;
  const OpCount uncached = run_cost(llama, Side::uncached, 1, billion);
  EXPECT_EQ(to_string(uncached.total()), "174769646250674696749056000000000");
  EXPECT_EQ(to_string(uncached.mlp), "5637144581637144576000000000");
  EXPECT_EQ(to_string(uncached.scores + uncached.weighted_sum),
            "174762666928810666754048000000000");
  EXPECT_EQ(to_string(uncached.scores_masked), "43690666666666666622976000000000");
  EXPECT_EQ(to_string(uncached.head), "1050673152000000000");
  EXPECT_EQ(to_string(run_cost(llama, Side::uncached, 1000, billion).total()),
            "174769646250674689601163233329152");
  EXPECT_EQ(to_string(run_cost(llama, Side::cached, 1, billion).total()),
            "262159009579008000000000");
  EXPECT_EQ(to_string(run_cost(llama, Side::cached, 1000, billion).total()),
            "262159009578220259377152");
}

TEST(ClosedForm, TheLargestModelAllowedFitsAtABillionTokens) {
  ModelConfig config;
  config.family = Family::llama;
  config.layers = config.heads = config.kv_heads = 256;
  config.d_model = 16384;
  config.head_dim = 512;
  config.ffn = 65536;
  config.vocabulary = 1 << 20;
  config.context_length = 1 << 20;
  EXPECT_EQ(to_string(run_cost(config, Side::uncached, 1, 1'000'000'000).total()),
            "44742266390754972705751040000000000");
}

}  // namespace
}  // namespace kv::core
