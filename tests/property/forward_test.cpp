// What must hold of forward() whatever the model: counted is what the closed form says, any split
// of the input gives the same result, and no token reaches backwards.
#include <gtest/gtest.h>

#include "core/engine/closed_form.h"
#include "core/engine/forward.h"
#include "core/run/compare.h"
#include "tests/support/random_models.h"

namespace kv::test {
namespace {

using core::LogitRows;
using core::Token;

struct Sequence {
  core::KvCache cache;
  core::Workspace work;
};

core::ForwardResult feed(const core::Model& model, Sequence& at, std::span<const Token> tokens,
                         LogitRows logits = LogitRows::last) {
  core::make_room(at.cache, model.config, static_cast<int>(tokens.size()));
  const auto result =
      core::forward(model, core::view_of(at.cache), tokens, at.work, {.logits = logits});
  at.cache.rows += static_cast<int>(tokens.size());
  return result;
}

void expect_same_count(const core::OpCount& found, const core::OpCount& expected) {
  for (const auto& part : core::op_count_parts)
    EXPECT_EQ(core::to_string(found.*part.value), core::to_string(expected.*part.value))
        << part.name;
  for (const auto& aside : core::op_count_asides)
    EXPECT_EQ(core::to_string(found.*aside.value), core::to_string(expected.*aside.value))
        << aside.name;
}

TEST(Forward, CountsWhatTheClosedFormSays) {
  std::mt19937_64 random(11);
  for (int trial = 0; trial < trials(1000, 60); ++trial) {
    const auto model = random_model(random_config(random), random());
    const int total = between(random, 1, 40), past = between(random, 0, total - 1);
    const auto logits = between(random, 0, 1) ? LogitRows::all : LogitRows::last;
    const auto tokens = random_tokens(model->config, total, random);
    Sequence at;
    if (past > 0) feed(*model, at, std::span(tokens).first(static_cast<std::size_t>(past)));
    const auto result =
        feed(*model, at, std::span(tokens).subspan(static_cast<std::size_t>(past)), logits);
    expect_same_count(result.count, core::forward_cost(model->config, past, total - past, logits));
    if (testing::Test::HasFailure()) FAIL() << "trial " << trial;
  }
}

// All parameters but those of tables of which single rows are looked up, and these rows.
TEST(Forward, ReadsEveryWeightOnce) {
  std::mt19937_64 random(17);
  for (int trial = 0; trial < trials(300, 60); ++trial) {
    const auto model = random_model(random_config(random), random());
    const core::ModelConfig& c = model->config;
    const int total = between(random, 1, 12), past = between(random, 0, total - 1);
    const auto tokens = random_tokens(c, total, random);
    Sequence at;
    if (past > 0) feed(*model, at, std::span(tokens).first(static_cast<std::size_t>(past)));
    const auto rest = std::span(tokens).subspan(static_cast<std::size_t>(past));
    const auto bytes = feed(*model, at, rest).bytes;
    const int fresh = total - past, tables = c.rotary() ? 1 : 2;
    const int rows_of_tables =
        (c.tied_head ? 0 : c.vocabulary) + (c.rotary() ? 0 : c.context_length);
    const auto parameters = static_cast<std::int64_t>(core::parameter_count(c)) +
                            std::int64_t{c.d_model} * (tables * fresh - rows_of_tables);
    EXPECT_EQ(bytes.weights, static_cast<std::uint64_t>(4 * parameters));
    EXPECT_EQ(bytes.cache_read, static_cast<std::uint64_t>(past) * cache_bytes_per_token(c));
    EXPECT_EQ(bytes.cache_write, static_cast<std::uint64_t>(fresh) * cache_bytes_per_token(c));
    if (testing::Test::HasFailure()) FAIL() << "trial " << trial;
  }
}

TEST(Forward, RunsCostWhatTheClosedFormSays) {
  std::mt19937_64 random(12);
  for (int trial = 0; trial < trials(200, 20); ++trial) {
    const auto model = random_model(random_config(random), random());
    const int length = between(random, 1, 16), prompt = between(random, 1, length);
    const auto tokens = random_tokens(model->config, length, random);
    core::OpCount cached, uncached;
    Sequence with;
    for (int t = prompt; t <= length; ++t) {
      const auto all = std::span(tokens).first(static_cast<std::size_t>(t));
      cached += feed(*model, with, all.subspan(static_cast<std::size_t>(with.cache.rows))).count;
      Sequence without;
      uncached += feed(*model, without, all).count;
    }
    expect_same_count(cached, core::run_cost(model->config, core::Side::cached, prompt, length));
    expect_same_count(uncached,
                      core::run_cost(model->config, core::Side::uncached, prompt, length));
    if (testing::Test::HasFailure()) FAIL() << "trial " << trial;
  }
}

TEST(Forward, AnySplitGivesTheSame) {
  std::mt19937_64 random(13);
  for (int trial = 0; trial < trials(300, 30); ++trial) {
    const auto model = random_model(random_config(random), random());
    const auto tokens = random_tokens(model->config, between(random, 2, 40), random);
    Sequence whole, pieces;
    const auto logits = feed(*model, whole, tokens).logits;
    const std::vector<float> expected(logits.begin(), logits.end());
    std::span<const Token> rest = tokens;
    std::span<const float> found;
    while (!rest.empty()) {
      const auto count =
          static_cast<std::size_t>(between(random, 1, static_cast<int>(rest.size())));
      found = feed(*model, pieces, rest.first(count)).logits;
      rest = rest.subspan(count);
    }
    const int rows = static_cast<int>(tokens.size());
    const double scale = core::max_abs(expected);
    EXPECT_LE(core::max_abs_difference(expected, found), 1e-4 * scale);
    EXPECT_LE(core::max_key_difference(*whole.cache.block, *pieces.cache.block, rows), 1e-4);
    EXPECT_LE(core::max_value_difference(*whole.cache.block, *pieces.cache.block, rows), 1e-4);
    if (testing::Test::HasFailure()) FAIL() << "trial " << trial;
  }
}

TEST(Forward, ATokenLeavesEarlierRowsAlone) {
  std::mt19937_64 random(14);
  for (int trial = 0; trial < trials(200, 20); ++trial) {
    const auto model = random_model(random_config(random), random());
    const int rows = between(random, 2, 40), changed = between(random, 1, rows - 1);
    auto tokens = random_tokens(model->config, rows, random);
    Sequence before, after;
    const auto first = feed(*model, before, tokens, LogitRows::all).logits;
    const auto place = static_cast<std::size_t>(changed);
    tokens[place] = (tokens[place] + 1) % model->config.vocabulary;
    const auto second = feed(*model, after, tokens, LogitRows::all).logits;
    const auto width = static_cast<std::size_t>(model->config.vocabulary);
    EXPECT_EQ(core::max_abs_difference(first.first(place * width), second.first(place * width)), 0);
    EXPECT_GT(core::max_abs_difference(first.subspan(place * width, width),
                                       second.subspan(place * width, width)),
              0);
    EXPECT_EQ(core::max_key_difference(*before.cache.block, *after.cache.block, changed), 0);
    EXPECT_EQ(core::max_value_difference(*before.cache.block, *after.cache.block, changed), 0);
    if (testing::Test::HasFailure()) FAIL() << "trial " << trial;
  }
}

TEST(Forward, ProbabilitiesAreADistributionOverTheVisibleRows) {
  std::mt19937_64 random(15);
  for (int trial = 0; trial < trials(100, 10); ++trial) {
    const auto model = random_model(random_config(random), random());
    const int rows = between(random, 1, 30);
    const auto tokens = random_tokens(model->config, rows, random);
    core::KvCache cache;
    core::make_room(cache, model->config, rows);
    core::Workspace work;
    core::Record record;
    core::forward(*model, core::view_of(cache), tokens, work, {.record = &record});
    for (int layer = 0; layer < model->config.layers; ++layer) {
      const auto probabilities = record.layer(layer)->probabilities;
      for (int at = 0; at < model->config.heads * rows; ++at) {
        const auto row = probabilities.subspan(static_cast<std::size_t>(at * rows),
                                               static_cast<std::size_t>(rows));
        double sum = 0;
        for (int j = 0; j < rows; ++j) {
          if (j > at % rows) {
            EXPECT_EQ(row[static_cast<std::size_t>(j)], 0);
          }
          sum += row[static_cast<std::size_t>(j)];
        }
        EXPECT_NEAR(sum, 1, 1e-5);
      }
    }
  }
}

// Long enough for several tiles of queries and a cache that grew.
TEST(Forward, LongInputsAgreeWithDecoding) {
  core::ModelConfig c;
  c.layers = 1;
  c.d_model = 8;
  c.heads = 2;
  c.kv_heads = 1;
  c.head_dim = 4;
  c.ffn = 16;
  c.vocabulary = 32;
  c.context_length = 4096;
  const auto model = random_model(c, 5);
  std::mt19937_64 random(16);
  const int rows = trials(2500, 900);
  const auto tokens = random_tokens(c, rows, random);
  Sequence whole, pieces;
  const auto at_once = feed(*model, whole, tokens);
  const std::vector<float> expected(at_once.logits.begin(), at_once.logits.end());
  expect_same_count(at_once.count, core::forward_cost(c, 0, rows));
  std::span<const float> found;
  for (const Token& token : tokens) found = feed(*model, pieces, std::span(&token, 1)).logits;
  EXPECT_LE(core::max_abs_difference(expected, found), 1e-4 * core::max_abs(expected));
}

}  // namespace
}  // namespace kv::test
