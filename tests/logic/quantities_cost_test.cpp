// What lessons' names mean of models on paper, of machines and of numbers, held against core's own
// functions and the facts that the lessons are to reproduce; and what is wrong with names.
#include <gtest/gtest.h>

#include <cmath>

#include "core/cost/growth.h"
#include "core/cost/presets.h"
#include "core/cost/roofline.h"
#include "tests/logic/quantities_fixture.h"

namespace kv::test {
namespace {

using app::Kind;

TEST_F(Quantities, BytesOfPublishedModels) {
  EXPECT_EQ(value("kv_bytes('llama-3-8b', 1)"), 131072);
  EXPECT_EQ(printed("kv_bytes('llama-3-8b', 100000)"), "13.1 GB");
  EXPECT_EQ(printed("kv_bytes('llama-3-8b', 1) | int"), "131,072");
  EXPECT_EQ(value("kv_bytes('llama-2-7b', 1)"), 524288);
  EXPECT_EQ(value("kv_bytes('llama-2-13b', 8192)"), 6710886400);
  EXPECT_EQ(printed("kv_bytes('llama-3-70b', 1) | ibytes"), "320 KiB");
  EXPECT_EQ(printed("kv_bytes('llama-3-70b', 1, 'int8') | ibytes"), "160 KiB");
  EXPECT_EQ(value("kv_bytes('llama-3-8b', 10, 'f32', 7)"), 2.0 * 131072 * 70);
  EXPECT_EQ(value("kv_values('gpt2', 1000)"), 18432000);
  EXPECT_EQ(printed("kv_bytes('gpt2', 1000, 'f32')"), "73.7 MB");
  EXPECT_EQ(value("kv_bytes('deepseek-v3', 1)"), 70272);
  EXPECT_EQ(printed("model_weight_bytes('llama-3-8b')"), "16.1 GB");
  EXPECT_EQ(value("model_parameters('llama-2-7b')"), 6738415616);
}

TEST_F(Quantities, SizesOfNamedModels) {
  at(1);
  EXPECT_EQ(value("model_layers('llama-3-8b')"), 32);
  EXPECT_EQ(value("model_heads('llama-3-8b')"), 32);
  EXPECT_EQ(value("model_kv_heads('llama-3-8b')"), 8);
  EXPECT_EQ(value("model_head_dim('llama-3-8b')"), 128);
  EXPECT_EQ(value("model_width('llama-3-8b')"), 4096);
  EXPECT_EQ(value("model_context('llama-3-8b')"), 8192);
  EXPECT_EQ(printed("model_heads('llama-3-8b') / model_kv_heads('llama-3-8b')"), "4\u00D7");
  EXPECT_EQ(value("model_parameters('this') = parameters"), 1);
  EXPECT_EQ(value("model_width('random:width=24,heads=2')"), 24);
  // Rows of our own models are float32.
  EXPECT_EQ(value("kv_bytes('this', tokens) = cache_bytes"), 1);
  EXPECT_EQ(value("kv_bytes('random:', 1) = kv_bytes('random:', 1, 'f32')"), 1);
}

TEST_F(Quantities, FlopsFromSizes) {
  EXPECT_EQ(value("forward_flops('gpt2', 1024, 'all')"), 291648307200);
  EXPECT_EQ(printed("forward_flops('gpt2', 1024, 'all') | int"), "291,648,307,200");
  const core::ModelConfig& gpt2 = core::find_preset("gpt2")->cost.model;
  EXPECT_EQ(value("forward_flops('gpt2', 1024)"),
            core::to_double(core::forward_cost(gpt2, 0, 1024).total()));
  const double head_work = 2.0 * 1024 * 768 * 50257;
  EXPECT_EQ((value("forward_flops('gpt2', 1024, 'all')") - head_work) / 12, 17716740096);
  EXPECT_EQ(value("step_flops('gpt2', 'cached', 'total', 100)"),
            core::to_double(core::forward_cost(gpt2, 99, 1).total()));
  EXPECT_EQ(value("step_flops('gpt2', 'uncached', 'scores', 100)"),
            core::to_double(core::forward_cost(gpt2, 0, 100).scores));
  EXPECT_EQ(value("run_flops('llama-2-7b', 'cached', 'total', 1000)"), 13476560896000);
  EXPECT_EQ(value("run_flops('llama-2-7b', 'uncached', 'total', 1000)"), 6657768423424000);
  EXPECT_EQ(value("run_flops('gpt2', 'uncached', 'mlp', 50, 20)"),
            core::to_double(core::run_cost(gpt2, core::Side::uncached, 20, 50).mlp));
  at(3);
  EXPECT_EQ(value("step_flops('this', 'uncached', 'total', tokens) = flops('uncached')"), 1);
  EXPECT_EQ(value("run_flops('this', 'uncached', 'total', tokens, prompt_tokens) = "
                  "flops_so_far('uncached')"),
            1);
}

TEST_F(Quantities, Growth) {
  EXPECT_EQ(printed("exponent('gpt2', 'uncached', 'attention', 10)"), "2.85");
  EXPECT_NEAR(value("exponent('gpt2', 'uncached', 'attention', 100000)"), 3, 1e-4);
  EXPECT_NEAR(value("exponent('gpt2', 'cached', 'attention', 100000)"), 2, 1e-4);
  EXPECT_NEAR(value("exponent('gpt2', 'uncached', 'rest', 100000)"), 2, 1e-4);
  EXPECT_NEAR(value("exponent('gpt2', 'cached', 'rest', 100000)"), 1, 1e-9);
  EXPECT_NEAR(value("step_exponent('gpt2', 'uncached', 'attention', 1000)"), 2, 1e-9);
  EXPECT_NEAR(value("step_exponent('gpt2', 'cached', 'attention', 1000)"), 1, 1e-9);
  EXPECT_NEAR(value("step_exponent('gpt2', 'cached', 'mlp', 1000)"), 0, 1e-9);
  EXPECT_NE(error("exponent('gpt2', 'cached', 'total', 1)"), "none");
  EXPECT_NE(error("exponent('gpt2', 'cached', 'masked', 10)"), "none");  // always 0
  const auto crossover = core::attention_crossover(core::find_preset("llama-2-7b")->cost.model);
  EXPECT_EQ(value("crossover('llama-2-7b')"), 24704);
  EXPECT_EQ(value("crossover('llama-2-7b', 'step')"), 24704);
  EXPECT_EQ(value("crossover('llama-2-7b', 'run-cached')"), crossover.run_cached);
  EXPECT_EQ(value("crossover('llama-2-7b', 'run-uncached')"), crossover.run_uncached);
}

// The published claim of about 500 times, and what a roofline makes of it.
TEST_F(Quantities, Machines) {
  const std::string decode = "decode_seconds('llama-3-8b', 'h100', 100000, ";
  EXPECT_NEAR(value(decode + "'uncached', 'dense') / " + decode + "'cached')"), 795, 0.5);
  EXPECT_NEAR(value(decode + "'uncached', 'causal') / " + decode + "'cached')"), 491, 0.5);
  EXPECT_EQ(value(decode + "'uncached') = " + decode + "'uncached', 'dense')"), 1);
  EXPECT_EQ(printed(decode + "'cached')"), "8.71 ms");
  // gpt2's release is float32; here its weights are counted with two bytes all the same.
  EXPECT_DOUBLE_EQ(value("decode_seconds('gpt2', 'a100', 1, 'cached')"),
                   (2.0 * 124439808 + 2 * 18432) / 2.04e12);
  EXPECT_EQ(value("machine_flops('h100')"), 989e12);
  EXPECT_EQ(value("machine_bandwidth('a100')"), 2.04e12);
  EXPECT_EQ(printed("machine_flops('a100')"), "312 TFLOP");
  EXPECT_NEAR(value("machine_ridge('h100')"), 295.2, 0.1);
  EXPECT_EQ(value("intensity(1000, 1000)"), 500);
  EXPECT_NEAR(value("intensity(1, 1000000, 8)"), 8, 1e-3);
}

TEST_F(Quantities, WhatOthersPublished) {
  EXPECT_EQ(printed("published('attention-script.ratio')"), "12.1\u00D7");
  EXPECT_EQ(printed("published('attention-script.without-seconds')"), "1.91 s");
  EXPECT_EQ(printed("published('seven-b.ratio')"), "2.3\u00D7");
  EXPECT_EQ(printed("published('seven-b.flops-per-token')"), "14.0 GFLOP");
  EXPECT_EQ(printed("published('eight-b.tokens')"), "100,000");
  EXPECT_EQ(printed("published('reserved.wasted-low')"), "60");
  EXPECT_EQ(value("pages(published('pages.tokens')) = published('pages.count')"), 1);
  EXPECT_EQ(printed("pages(2000)"), "3");
  EXPECT_EQ(error("published('x')"),
            "published('x'): found 'x', expected a published figure's name");
}

TEST_F(Quantities, TheBenchOnceItHasRun) {
  EXPECT_EQ(error("bench('ratio')"),
            "bench('ratio'): found no measurement yet, expected the bench to have run");
  core::SideTimes times;
  times.without_cache = {3, 4, 5};
  times.with_cache = {2, 1, 1};
  times.without_count.mlp = 300;
  times.with_count.mlp = 20;
  app::QuantitySource source;
  source.bench = std::make_shared<const core::SideTimes>(times);
  with(source);
  EXPECT_EQ(value("bench('uncached')"), 4);
  EXPECT_EQ(value("bench('cached')"), 1);
  EXPECT_EQ(value("bench('ratio')"), 4);
  EXPECT_EQ(value("bench('flop_ratio')"), 15);
  EXPECT_EQ(kind("bench('cached')"), Kind::seconds);
  EXPECT_EQ(kind("bench('ratio')"), Kind::ratio);
  // What could not be measured is no number.
  times.with_count = {};
  source.bench = std::make_shared<const core::SideTimes>(times);
  with(source);
  EXPECT_EQ(error("bench('flop_ratio')"),
            "bench('flop_ratio'): found inf, expected a finite number");
}

TEST_F(Quantities, FunctionsOfNumbers) {
  EXPECT_EQ(value("log10(1000)"), 3);
  EXPECT_DOUBLE_EQ(value("ln(10)"), std::log(10));
  EXPECT_EQ(value("sqrt(16)"), 4);
  EXPECT_EQ(value("round(2.6)"), 3);
  EXPECT_EQ(value("abs(2 - 5)"), 3);
  EXPECT_EQ(value("min(3, 2)"), 2);
  EXPECT_EQ(value("max(3, 2)"), 3);
  EXPECT_EQ(kind("max(kv_bytes('gpt2', 1), 5)"), Kind::bytes);
  EXPECT_EQ(kind("round(kv_bytes('gpt2', 1))"), Kind::bytes);
  EXPECT_EQ(error("ln(0)"), "ln(0): found 0, expected more than 0");
  EXPECT_EQ(error("sqrt(-1)"), "sqrt(-1): found -1, expected 0 or more");
  EXPECT_EQ(error("sqrt('a')"), "sqrt('a'): found 'a', expected a number");
}

TEST_F(Quantities, WrongNamesAndArguments) {
  at(1);
  EXPECT_EQ(error("x"), "unknown name 'x'");
  EXPECT_EQ(error("flops('cachd')"),
            "flops('cachd'): found 'cachd', expected 'cached' or 'uncached'");
  EXPECT_EQ(error("flops"), "flops: found 0 arguments, expected 1 to 2 arguments");
  EXPECT_EQ(error("tokens(1)"), "tokens(1): found 1 argument, expected 0 arguments");
  EXPECT_NE(error("flops('cached', 'qq')").find("found 'qq', expected 'total', 'attention'"),
            std::string::npos);
  EXPECT_EQ(error("model_layers('gpt3')"),
            "model_layers('gpt3'): found 'gpt3', expected 'this', a preset, a built-in model or "
            "random:...");
  EXPECT_EQ(error("kv_bytes('gpt2', 1.5)"),
            "kv_bytes('gpt2', 1.5): found 1.5, expected a whole number from 0 to 10,000,000,000");
  EXPECT_NE(error("kv_bytes('gpt2', 1, 'fp16')").find("expected 'f32', 'f16'"), std::string::npos);
  EXPECT_NE(error("step_flops('deepseek-v3', 'cached', 'total', 5)").find("closed form"),
            std::string::npos);
  EXPECT_NE(error("run_flops('gpt2', 'cached', 'total', 5, 6)"), "none");
  EXPECT_NE(error("machine_flops('b200')").find("'h100' or 'a100'"), std::string::npos);
}

TEST_F(Quantities, WhatIsMissingIsNamed) {
  EXPECT_EQ(error("tokens"), "tokens: found no run, expected one that is shown");
  EXPECT_EQ(error("model_layers('this')"),
            "model_layers('this'): found 'this' where no run is shown, expected a run");
  EXPECT_NE(error("model_layers('pocket')"), "none");
  auto source = source_at(3);
  source.step = 4;
  with(source);
  EXPECT_EQ(error("tokens"), "tokens: found step 4, expected one of the run's, up to 3");
  source = source_at(1);
  source.subject.costs = nullptr;
  source.subject.text = nullptr;
  with(source);
  EXPECT_NE(error("flops('cached')"), "none");
  EXPECT_NE(error("token"), "none");
  EXPECT_NE(error("next_best"), "none");
}

}  // namespace
}  // namespace kv::test
