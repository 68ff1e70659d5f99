// What lessons' names mean in a run, held against core's own functions and the values inside it.
#include "app/logic/lesson/quantities.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/logic/quantities_fixture.h"

namespace kv::test {
namespace {

using app::Kind;

TEST_F(Quantities, SizesOfTheRun) {
  at(3);
  EXPECT_EQ(value("tokens"), prompt_tokens + 2);
  EXPECT_EQ(value("prompt_tokens"), prompt_tokens);
  EXPECT_EQ(value("step"), 3);
  EXPECT_EQ(value("new_tokens"), 3);
  EXPECT_EQ(value("layers"), 2);
  EXPECT_EQ(value("heads"), 4);
  EXPECT_EQ(value("kv_heads"), 2);
  EXPECT_EQ(value("head_dim"), 2);
  EXPECT_EQ(value("d_model"), 8);
  EXPECT_EQ(value("ffn"), 16);
  EXPECT_EQ(value("vocabulary"), 32);
  EXPECT_EQ(value("context"), 64);
  const auto config = small_run().model->config;
  EXPECT_EQ(value("parameters"), core::to_double(core::parameter_count(config)));
  EXPECT_EQ(kind("tokens"), Kind::count);
}

TEST_F(Quantities, ThePromptAloneHasNoRows) {
  at(0);
  EXPECT_EQ(value("tokens"), 0);
  EXPECT_EQ(value("flops('cached')"), 0);
  EXPECT_EQ(value("cache_bytes"), 0);
  EXPECT_EQ(value("rows_again"), 0);
  EXPECT_EQ(value("times_computed(0)"), 0);
  EXPECT_EQ(text("token_at(4)"), "t5");  // without the space it begins with
  EXPECT_EQ(error("probability"),
            "probability: found step 0, the prompt alone, expected a later step");
}

TEST_F(Quantities, FlopsOfAStepAndOfAllSteps) {
  at(3);
  const auto config = small_run().model->config;
  const core::OpCount cached = core::forward_cost(config, 6, 1);
  const core::OpCount uncached = core::forward_cost(config, 0, 7);
  EXPECT_EQ(value("flops('cached')"), core::to_double(cached.total()));
  EXPECT_EQ(value("flops('uncached', 'total')"), core::to_double(uncached.total()));
  EXPECT_EQ(kind("flops('cached')"), Kind::flops);
  for (const auto& part : core::op_count_parts) {
    EXPECT_EQ(value("flops('uncached', '" + std::string(part.name) + "')"),
              core::to_double(uncached.*part.value))
        << part.name;
  }
  EXPECT_EQ(value("flops('uncached', 'other')"), core::to_double(uncached.other));
  EXPECT_EQ(value("flops('uncached', 'masked')"),
            core::to_double(uncached.scores_masked + uncached.weighted_sum_masked));
  EXPECT_GT(value("flops('uncached', 'masked')"), 0);
  EXPECT_EQ(value("flops('uncached', 'attention') + flops('uncached', 'rest') + "
                  "flops('uncached', 'head') = flops('uncached')"),
            1);
  EXPECT_EQ(value("flops('cached', 'attention')"),
            core::to_double(cached.scores + cached.weighted_sum));
  EXPECT_EQ(value("flops_so_far('uncached')"),
            core::to_double(core::run_cost(config, core::Side::uncached, 5, 7).total()));
  EXPECT_EQ(value("flops_so_far('cached', 'mlp')"),
            core::to_double(core::run_cost(config, core::Side::cached, 5, 7).mlp));
}

TEST_F(Quantities, BytesOfTheRun) {
  at(3);
  const core::Run run = small_run();
  const double row = 2 * 2 * 2 * 2 * 4;  // K and V, layers, kv heads, head dim, float32
  EXPECT_EQ(value("cache_bytes_per_token"), row);
  EXPECT_EQ(value("cache_bytes"), 7 * row);
  EXPECT_EQ(value("cache_read_bytes"), 6 * row);
  EXPECT_EQ(value("cache_write_bytes"), row);
  EXPECT_EQ(kind("cache_bytes"), Kind::bytes);
  EXPECT_EQ(value("weight_bytes('cached')"),
            static_cast<double>(run.steps[2]->cached->bytes.weights));
  EXPECT_EQ(value("weight_bytes('uncached')"),
            static_cast<double>(run.steps[2]->uncached->cost.bytes.weights));
  EXPECT_NE(value("weight_bytes('uncached')"), value("weight_bytes('cached')"));
}

// Rows computed by forwards over 5, 6 and 7 rows.
TEST_F(Quantities, HowOftenARowWasComputed) {
  at(3);
  EXPECT_EQ(value("times_computed(0)"), 3);
  EXPECT_EQ(value("times_computed(4)"), 3);
  EXPECT_EQ(value("times_computed(5)"), 2);
  EXPECT_EQ(value("times_computed(6)"), 1);
  EXPECT_EQ(value("times_computed(7)"), 0);
  EXPECT_EQ(value("rows_again"), 6);
  EXPECT_NE(error("times_computed(8)"), "none");
  EXPECT_NE(error("times_computed(-1)"), "none");
  at(1);
  EXPECT_EQ(value("times_computed(0)"), 1);
  EXPECT_EQ(value("rows_again"), 0);
}

TEST_F(Quantities, WhatWasChosen) {
  at(2);
  const core::Run run = small_run();
  EXPECT_EQ(value("probability"), run.steps[1]->probability);
  EXPECT_EQ(text("token"), "t" + std::to_string(run.steps[1]->token));
  EXPECT_EQ(text("token_at(0)"), "t3");
  EXPECT_EQ(text("token_at(6)"), text("token"));
  EXPECT_NE(error("token_at(7)"), "none");  // not there at that step
  EXPECT_EQ(text("next_best"), "other");
  EXPECT_EQ(value("next_best_probability"), 0.25);
  EXPECT_EQ(value("same_token"), 1);
  EXPECT_EQ(value("max_difference"), run.steps[1]->uncached->agreement->logits);
}

TEST_F(Quantities, KeysAndValuesOfTheLayerAndHead) {
  const auto source = source_at(3);
  with(source);
  const core::KvBlock& block = *source.subject.cached->block;
  for (int row = 0; row < 7; ++row) {
    const std::string place = "(" + std::to_string(row) + ", 1)";
    const auto at = static_cast<std::ptrdiff_t>(row);
    EXPECT_EQ(value("key" + place),
              static_cast<double>(block.key(shown_layer, shown_kv_head)[block.capacity() + at]));
    EXPECT_EQ(value("value" + place),
              static_cast<double>(block.value(shown_layer, shown_kv_head)[at * 2 + 1]));
  }
  EXPECT_NE(error("key(7, 0)"), "none");
  EXPECT_NE(error("key(0, 2)"), "none");
  EXPECT_NE(error("value(0.5, 0)"), "none");
}

// Softmax over the visible scores gives the probabilities, in old rows as in the newest.
TEST_F(Quantities, AttentionFollowsFromScores) {
  at(3);
  for (const int row : {2, 6}) {
    const std::string r = std::to_string(row);
    double sum = 0;
    for (int column = 0; column <= row; ++column)
      sum += std::exp(value("score(" + r + ", " + std::to_string(column) + ")"));
    for (int column = 0; column <= row; ++column) {
      const std::string place = "(" + r + ", " + std::to_string(column) + ")";
      EXPECT_NEAR(value("attention" + place), std::exp(value("score" + place)) / sum, 1e-5);
    }
  }
  EXPECT_EQ(value("attention(2, 3)"), 0);
  EXPECT_NE(value("score(2, 3)"), 0);
  EXPECT_NE(error("attention(7, 0)"), "none");
}

TEST_F(Quantities, ScoresAreProductsOfQueriesAndKeys) {
  const auto source = source_at(3);
  with(source);
  const core::LayerRecord& record = *source.subject.cached->record->layer(shown_layer);
  const float* q = record.q.data() + shown_head * 2;  // one fresh row
  const double product = static_cast<double>(q[0]) * value("key(2, 0)") +
                         static_cast<double>(q[1]) * value("key(2, 1)");
  EXPECT_NEAR(value("score(6, 2)"), product / std::sqrt(2.0), 1e-5);
}

TEST_F(Quantities, ReplaysOfAnotherStepAreNotRead) {
  auto source = source_at(3);
  source.subject.uncached = nullptr;
  with(source);
  EXPECT_EQ(error("attention(6, 0)"), "none");
  EXPECT_EQ(error("attention(2, 0)"),
            "attention(2, 0): found no replay without the cache of step 3, expected one");
  source.step = 2;
  with(source);
  EXPECT_EQ(error("key(0, 0)"), "key(0, 0): found no replay of step 2, expected one");
  source = source_at(3);
  source.head = 4;
  with(source);
  EXPECT_NE(error("key(0, 0)").find("layer or head"), std::string::npos);
}

TEST_F(Quantities, Experiments) {
  app::QuantitySource source;
  with(source);
  EXPECT_EQ(error("experiment_keys"),
            "experiment_keys: found no experiment, expected one that was run");
  core::ExperimentResult result;
  result.keys = 1.5;
  result.values = 2.5;
  result.logits = 3.5;
  result.old_keys = 4.5;
  result.old_keys_first_layer = 5.5;
  result.same_token = true;
  source.experiment = std::make_shared<const core::ExperimentResult>(result);
  with(source);
  EXPECT_EQ(value("experiment_keys"), 1.5);
  EXPECT_EQ(value("experiment_values"), 2.5);
  EXPECT_EQ(value("experiment_logits"), 3.5);
  EXPECT_EQ(value("experiment_old_keys"), 4.5);
  EXPECT_EQ(value("experiment_old_keys_first_layer"), 5.5);
  EXPECT_EQ(value("experiment_same_token"), 1);
}

// A run whose uncached side is still to be computed.
TEST_F(Quantities, OneSideAlone) {
  auto source = source_at(1);
  core::Run run = *source.subject.run;
  core::Step step = *run.steps[0];
  step.uncached.reset();
  run.steps[0] = std::make_shared<const core::Step>(step);
  source.subject.run = std::make_shared<const core::Run>(run);
  with(source);
  EXPECT_EQ(error("max_difference"),
            "max_difference: found a step of one side alone, expected both sides computed");
  EXPECT_NE(error("weight_bytes('uncached')"), "none");
  EXPECT_EQ(error("weight_bytes('cached')"), "none");
}

TEST_F(Quantities, TheResolverKeepsWhatItNeeds) {
  {
    const auto source = source_at(3);
    with(source);
  }
  EXPECT_EQ(value("tokens"), 7);
  EXPECT_EQ(error("attention(6, 0)"), "none");
}

}  // namespace
}  // namespace kv::test
