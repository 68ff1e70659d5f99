// The engine against float64 values from an independent implementation, for every fixture model.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "app/shell/disk_folder.h"
#include "core/model/load_model.h"
#include "core/run/run.h"
#include "tests/support/expected_values.h"

namespace kv::test {
namespace {

constexpr double logit_tolerance = 1e-4;
constexpr double probability_tolerance = 1e-5;

class Reference : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    expected = read_expected(GetParam());
    auto loaded = core::load_model(app::disk_folder(fixture_path(GetParam())), {});
    ASSERT_TRUE(loaded) << loaded.error().message;
    model = *loaded;
  }

  Expected expected;
  std::shared_ptr<const core::Model> model;
};

// The largest |difference|, with the place and both values printed when it is too large.
void expect_close(std::span<const float> found, const std::vector<double>& expected,
                  double tolerance, const std::string& name) {
  ASSERT_EQ(found.size(), expected.size()) << name;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double difference = std::abs(static_cast<double>(found[i]) - expected[i]);
    ASSERT_LE(difference, tolerance)
        << name << "[" << i << "]: found " << found[i] << ", expected " << expected[i];
  }
}

TEST_P(Reference, EveryTensorOfOneForward) {
  std::vector<core::Token> tokens = expected.prompt;
  tokens.insert(tokens.end(), expected.tokens.begin(), expected.tokens.end() - 1);
  core::KvCache nothing;
  core::make_room(nothing, model->config, static_cast<int>(tokens.size()));
  core::Workspace work;
  core::Record record;
  const auto result = core::forward(*model, core::view_of(nothing), tokens, work,
                                    {.logits = core::LogitRows::all, .record = &record});
  const auto check = [&](const std::string& name, std::span<const float> found, double tolerance) {
    ASSERT_TRUE(expected.tensors.contains(name)) << name;
    expect_close(found, expected.tensors.at(name), tolerance, name);
  };
  check("embed", record.embedding, 1e-6);
  for (int index = 0; index < model->config.layers; ++index) {
    const core::LayerRecord& layer = *record.layer(index);
    const std::string prefix = "layers." + std::to_string(index) + ".";
    check(prefix + "input", layer.input, logit_tolerance);
    check(prefix + "q", layer.q, logit_tolerance);
    check(prefix + "k", layer.k, logit_tolerance);
    check(prefix + "v", layer.v, logit_tolerance);
    check(prefix + "scores", layer.scores, logit_tolerance);
    check(prefix + "probs", layer.probabilities, probability_tolerance);
    check(prefix + "attention_output", layer.attention_output, logit_tolerance);
    check(prefix + "mlp_output", layer.mlp_output, logit_tolerance);
  }
  check("final_norm", record.final_norm, logit_tolerance);
  check("logits", result.logits, logit_tolerance);
}

TEST_P(Reference, GreedyDecodingOfBothSides) {
  auto run = core::start_run(model, expected.prompt);
  ASSERT_TRUE(run) << run.error().message;
  core::Workspace work;
  std::vector<core::Token> tokens;
  std::vector<float> logits;
  for (std::size_t i = 0; i < expected.tokens.size(); ++i) {
    run = core::extend(*std::move(run), work, {.with_uncached = true});
    ASSERT_TRUE(run) << run.error().message;
    const core::Step& step = *run->steps.back();
    tokens.push_back(step.token);
    logits.insert(logits.end(), step.logits.begin(), step.logits.end());
    const core::Agreement& agreement = *step.uncached->agreement;
    EXPECT_LE(agreement.logits, 1e-4 * agreement.largest_logit) << "step " << i;
    EXPECT_LE(agreement.probabilities.value(), probability_tolerance) << "step " << i;
    EXPECT_TRUE(agreement.same_token) << "step " << i;
  }
  EXPECT_THAT(tokens, testing::ElementsAreArray(expected.tokens));
  expect_close(logits, expected.tensors.at("cached_logits"), logit_tolerance, "cached_logits");
}

INSTANTIATE_TEST_SUITE_P(Models, Reference, testing::ValuesIn(fixture_models()),
                         [](const auto& name) {
                           std::string plain = name.param;
                           std::ranges::replace(plain, '-', '_');
                           return plain;
                         });

}  // namespace
}  // namespace kv::test
