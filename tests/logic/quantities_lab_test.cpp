// Names of other sizes, shapes and batches, held against core's own functions.
#include "core/cost/baseline.h"
#include "core/cost/growth.h"
#include "core/cost/inference.h"
#include "core/cost/presets.h"
#include "tests/logic/quantities_fixture.h"

namespace kv::test {
namespace {

using app::Kind;

const core::CostConfig& preset(const char* name) { return core::find_preset(name)->cost; }

TEST_F(Quantities, ModelsOfAnySizes) {
  at(1);
  EXPECT_EQ(text("sizes(64, 2, 4)"), "random:width=64,layers=2,heads=4,kv_heads=4");
  EXPECT_EQ(text("sizes(64, 2, 4, 2)"), "random:width=64,layers=2,heads=4,kv_heads=2");
  EXPECT_EQ(kind("sizes(64, 2, 4)"), Kind::text);
  EXPECT_EQ(value("crossover(sizes(64, 2, 4))"), 512);
  EXPECT_EQ(value("model_layers(sizes(64, 3, 4))"), 3);
  EXPECT_EQ(value("model_kv_heads(sizes(64, 3, 4, 1))"), 1);
  EXPECT_EQ(error("sizes(64, 2.5, 4)"),
            "sizes(64, 2.5, 4): found 2.5, expected a whole number from 1 to 1,048,576");
  EXPECT_NE(error("model_layers(sizes(64, 3, 5))"), "none");  // heads do not divide
  EXPECT_NE(error("sizes(64, 2)"), "none");
}

TEST_F(Quantities, PaddedShapes) {
  const core::ModelConfig& gpt2 = preset("gpt2").model;
  const core::OpCount forward = core::forward_cost(gpt2, 0, 512);
  EXPECT_EQ(value("padded_step('gpt2', 'total', 512)"), core::to_double(forward.total()));
  EXPECT_EQ(value("padded_step('gpt2', 'scores', 512)"), core::to_double(forward.scores));
  EXPECT_EQ(value("padded_run('gpt2', 'mlp', 100, 512)"), 100 * core::to_double(forward.mlp));
  EXPECT_EQ(value("padded_run('gpt2', 'mlp', 100, 512, 91)"), 10 * core::to_double(forward.mlp));
  EXPECT_EQ(kind("padded_run('gpt2', 'mlp', 100, 512)"), Kind::flops);
  EXPECT_NE(error("padded_run('gpt2', 'mlp', 513, 512)"), "none");
  EXPECT_NE(error("padded_run('gpt2', 'mlp', 100, 512, 101)"), "none");
  EXPECT_NE(error("padded_step('gpt2', 'all', 512)"), "none");
  EXPECT_NE(error("padded_step('deepseek-v3', 'total', 512)"), "none");
}

// By hand, over small runs.
TEST_F(Quantities, RowsComputedAgain) {
  for (int prompt = 1; prompt <= 5; ++prompt)
    for (int n = prompt; n <= 8; ++n) {
      const std::string run = std::to_string(n) + ", " + std::to_string(prompt) + ")";
      double all = 0;
      for (int position = 0; position < n; ++position) {
        int times = 0;
        for (int rows = prompt; rows <= n; ++rows) times += position < rows ? 1 : 0;
        EXPECT_EQ(value("row_times(" + std::to_string(position) + ", " + run), times) << run;
        all += times;
      }
      EXPECT_EQ(value("run_rows('uncached', " + run), all) << run;
      EXPECT_EQ(value("run_rows('cached', " + run), n) << run;
    }
  EXPECT_EQ(value("run_rows('uncached', 100)"), 5050);
  EXPECT_EQ(value("row_times(0, 100)"), 100);
  EXPECT_EQ(kind("row_times(0, 100)"), Kind::count);
  EXPECT_NE(error("row_times(100, 100)"), "none");
  EXPECT_NE(error("row_times(0, 100, 101)"), "none");
  EXPECT_NE(error("run_rows('both', 100)"), "none");
}

TEST_F(Quantities, WhatAStepReads) {
  const core::InferenceSetting setting{
      .cost = preset("llama-3-8b"), .batch = 4, .estimated = true};
  const core::Work work = core::decode_work(setting, core::Side::cached, 1000);
  EXPECT_EQ(value("step_bytes('llama-3-8b', 'cached', 1000, 4)"), work.bytes);
  EXPECT_EQ(value("step_intensity('llama-3-8b', 'cached', 1000, 4)"), work.intensity());
  EXPECT_EQ(value("step_bytes('llama-3-8b', 'cached', 1000)"), 2.0 * 8030261248 + 1000.0 * 131072);
  EXPECT_EQ(value("step_bytes('llama-3-8b', 'uncached', 1000)"), 2.0 * 8030261248);
  // Whatever the release's format: gpt2's is float32.
  EXPECT_EQ(value("step_bytes('gpt2', 'uncached', 10)"), 2.0 * 124439808);
  EXPECT_EQ(kind("step_bytes('gpt2', 'cached', 10)"), Kind::bytes);
  EXPECT_NE(error("step_bytes('gpt2', 'cached', 10, 0)"), "none");
}

TEST_F(Quantities, RoundingDown) {
  EXPECT_EQ(value("floor(2.9)"), 2);
  EXPECT_EQ(value("floor(-2.1)"), -3);
  EXPECT_EQ(kind("floor(kv_bytes('gpt2', 1) / 7)"), Kind::bytes);
}

}  // namespace
}  // namespace kv::test
