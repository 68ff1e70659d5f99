// What a forward computes and moves: the estimate and the exact count, both of published facts, and
// the parts against the whole.
#include "core/cost/inference.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/cost/presets.h"

namespace kv::core {
namespace {

InferenceSetting setting_of(const char* preset, bool causal, bool estimated) {
  return {.cost = find_preset(preset)->cost,
          .dtype = KvDtype::bf16,
          .batch = 1,
          .causal = causal,
          .estimated = estimated};
}

double ratio(const Machine& machine, const InferenceSetting& setting, std::int64_t tokens) {
  return seconds_of(machine, decode_work(setting, Side::uncached, tokens)) /
         seconds_of(machine, decode_work(setting, Side::cached, tokens));
}

// The claim of about 500 times.
TEST(Inference, EightBillionParametersAtAHundredThousandTokens) {
  EXPECT_NEAR(ratio(h100_sxm, setting_of("llama-3-8b", false, true), 100'000), 795, 0.5);
  EXPECT_NEAR(ratio(h100_sxm, setting_of("llama-3-8b", true, true), 100'000), 491, 0.5);
  EXPECT_NEAR(ratio(h100_sxm, setting_of("llama-3-8b", false, false), 100'000), 800, 0.5);
  EXPECT_NEAR(ratio(h100_sxm, setting_of("llama-3-8b", true, false), 100'000), 484, 0.5);
}

TEST(Inference, TheEstimateInFull) {
  InferenceSetting setting = setting_of("llama-3-8b", false, true);
  setting.batch = 3;
  setting.dtype = KvDtype::int8;
  const double parameters = 8'030'261'248, attention = 4.0 * 32 * 4096, rows = 1000;
  const Work prefill = prefill_work(setting, 1000);
  EXPECT_EQ(prefill.flops, 3 * (2 * parameters * rows + attention * rows * rows));
  EXPECT_EQ(prefill.bytes, 2 * parameters);
  const Work with = decode_work(setting, Side::cached, 1000);
  EXPECT_EQ(with.flops, 3 * (2 * parameters + attention * rows));
  EXPECT_EQ(with.bytes, 2 * parameters + 3 * 65536.0 * rows);
  setting.causal = true;
  EXPECT_EQ(prefill_work(setting, 1000).flops,
            3 * (2 * parameters * rows + attention * rows * rows / 2));
  EXPECT_EQ(decode_work(setting, Side::cached, 1000).flops, with.flops);
}

TEST(Inference, TheExactCountInFull) {
  InferenceSetting setting = setting_of("gpt2", false, false);
  setting.batch = 2;
  const ModelConfig& gpt2 = setting.cost.model;
  const OpCount all = forward_cost(gpt2, 0, 500), one = forward_cost(gpt2, 499, 1);
  EXPECT_EQ(decode_work(setting, Side::uncached, 500).flops, 2 * to_double(all.total()));
  EXPECT_EQ(decode_work(setting, Side::cached, 500).flops, 2 * to_double(one.total()));
  // All but the positions, of which one row is looked up.
  const double weights = 124439808.0 - 1024 * 768;
  EXPECT_EQ(decode_work(setting, Side::uncached, 500).bytes, 2 * weights);
  EXPECT_EQ(decode_work(setting, Side::cached, 500).bytes, 2 * (weights + 2 * 500 * 18432));
  setting.causal = true;  // pairs on and below the diagonal: 500 x 501 / 2
  EXPECT_EQ(decode_work(setting, Side::uncached, 500).flops,
            2 * (to_double(all.total()) - 4.0 * 12 * 768 * (500.0 * 500 - 500 * 501 / 2)));
  EXPECT_EQ(decode_work(setting, Side::cached, 500).flops, 2 * to_double(one.total()));
  EXPECT_EQ(prefill_work(setting, 500).flops, decode_work(setting, Side::uncached, 500).flops);
}

Work sum_of(const std::vector<ComponentWork>& works) {
  Work sum;
  for (const ComponentWork& one : works) sum = sum + one.work;
  return sum;
}

// Bytes of 16-bit weights that belong to no product: norms, and tables of which rows are looked up.
double beside_the_products(const ModelConfig& c) {
  const double norms = (2.0 * c.layers + 1) * c.d_model * (c.family == Family::gpt2 ? 2 : 1);
  return 2 * norms;
}

TEST(Inference, ComponentsMakeUpTheStep) {
  for (const char* name : {"gpt2", "llama-3-8b", "qwen2.5-0.5b"}) {
    for (const Side side : {Side::cached, Side::uncached}) {
      for (const bool causal : {false, true}) {
        SCOPED_TRACE(name);
        InferenceSetting setting = setting_of(name, causal, false);
        setting.batch = 4;
        const auto works = component_works(setting, side, 700);
        ASSERT_EQ(works.size(), op_count_parts.size());
        for (std::size_t i = 0; i < works.size(); ++i)
          EXPECT_EQ(works[i].component, static_cast<int>(i));
        const Work whole = decode_work(setting, side, 700), sum = sum_of(works);
        EXPECT_NEAR(sum.flops / whole.flops, 1, 1e-12);
        EXPECT_EQ(sum.bytes + beside_the_products(setting.cost.model), whole.bytes);
      }
    }
  }
}

TEST(Inference, EachComponentHasItsOwnBytes) {
  InferenceSetting setting = setting_of("llama-3-8b", false, false);
  setting.batch = 2;
  const auto with = component_works(setting, Side::cached, 1000);
  const double cache = 131072.0 * 1000 * 2;
  const double bytes[] = {
      2.0 * 32 * 4096 * 4096, 2.0 * 32 * 4096 * 1024,  2.0 * 32 * 4096 * 1024, cache / 2, cache / 2,
      2.0 * 32 * 4096 * 4096, 6.0 * 32 * 4096 * 14336, 2.0 * 4096 * 128256};
  for (std::size_t i = 0; i < with.size(); ++i)
    EXPECT_EQ(with[i].work.bytes, bytes[i]) << op_count_parts[i].name;
  // Grouped queries: four heads read the same row, so 4 FLOPs a value of 2 bytes, times 4 / 2.
  EXPECT_DOUBLE_EQ(with[3].work.intensity(), 4);
  const auto without = component_works(setting, Side::uncached, 1000);
  for (const std::size_t i : {3U, 4U}) EXPECT_TRUE(std::isinf(without[i].work.intensity()));
  EXPECT_EQ(without[6].work.bytes, with[6].work.bytes);
  EXPECT_EQ(without[6].work.flops, 1000 * with[6].work.flops);
}

TEST(Inference, SecondsAreTheLonger) {
  const Machine machine{"m", 100, 10};
  EXPECT_DOUBLE_EQ(seconds_of(machine, {.flops = 1000, .bytes = 10}), 10);
  EXPECT_DOUBLE_EQ(seconds_of(machine, {.flops = 10, .bytes = 1000}), 100);
  EXPECT_DOUBLE_EQ((Work{.flops = 6, .bytes = 2} + Work{.flops = 4, .bytes = 3}).intensity(), 2);
}

TEST(Inference, TokensPerSecondOfAllSequences) {
  InferenceSetting setting = setting_of("llama-2-7b", false, false);
  setting.batch = 8;
  // Memory is the limit: weights once, rows of every sequence.
  const double seconds = (2 * (6738415616.0 - 32000 * 4096) + 8 * 524288.0 * 100) / 2.04e12;
  EXPECT_NEAR(tokens_per_second(a100_80gb, setting, Side::cached, 100), 8 / seconds, 1e-9);
  const double computing = 8 * to_double(forward_cost(setting.cost.model, 0, 100).total()) / 312e12;
  EXPECT_NEAR(tokens_per_second(a100_80gb, setting, Side::uncached, 100), 8 / computing, 1e-9);
}

}  // namespace
}  // namespace kv::core
