// Against values worked out by hand or by an independent program, in float64.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/model/model.h"
#include "tests/support/tiny_models.h"

namespace kv::core {
namespace {

ModelConfig with_rope(int head_dim, double theta, std::optional<Llama3RopeScaling> scaling = {}) {
  ModelConfig config = test::tiny_llama();
  config.head_dim = head_dim;
  config.rope_theta = theta;
  config.rope_scaling = scaling;
  return config;
}

void expect_close(double found, double expected) { EXPECT_NEAR(found, expected, 1e-14 * expected); }

TEST(RopeFrequencies, PlainOnesFallGeometrically) {
  const auto frequencies = rope_frequencies(with_rope(16, 10000));
  const double root = std::sqrt(10.0);
  ASSERT_EQ(frequencies.size(), 8u);
  for (int i = 0; i < 8; ++i)
    expect_close(frequencies[static_cast<std::size_t>(i)],
                 std::pow(10.0, -(i / 2)) / (i % 2 == 0 ? 1 : root));
}

TEST(RopeFrequencies, SmallestHead) {
  EXPECT_EQ(rope_frequencies(with_rope(2, 10000)), std::vector<double>{1});
}

TEST(RopeFrequencies, LearnedPositionsHaveNone) {
  EXPECT_TRUE(rope_frequencies(test::tiny_gpt2()).empty());
}

// Llama 3.2 1B: below index 15 unchanged, 15 to 17 blended, from 18 divided by 32.
TEST(RopeFrequencies, Llama3Point2) {
  const auto frequencies =
      rope_frequencies(with_rope(64, 500000, Llama3RopeScaling{32, 1, 4, 8192}));
  ASSERT_EQ(frequencies.size(), 32u);
  const std::vector<std::pair<std::size_t, double>> expected = {{0, 1.0},
                                                                {1, 0.6636012376960885},
                                                                {14, 0.0032114459947525913},
                                                                {15, 0.001290547928209264},
                                                                {16, 0.00042955679655936815},
                                                                {17, 9.70828780262767e-05},
                                                                {18, 1.9461638184831125e-05},
                                                                {31, 9.418306725434909e-08}};
  for (const auto& [i, value] : expected) expect_close(frequencies[i], value);
}

// Llama 3.1 8B.
TEST(RopeFrequencies, Llama3Point1) {
  const auto frequencies =
      rope_frequencies(with_rope(128, 500000, Llama3RopeScaling{8, 1, 4, 8192}));
  ASSERT_EQ(frequencies.size(), 64u);
  const std::vector<std::pair<std::size_t, double>> expected = {
      {28, 0.0032114459947525913}, {29, 0.002166570763503359}, {30, 0.0013718935677611381},
      {35, 9.556212353964683e-05}, {36, 7.78465527393245e-05}, {63, 3.068925988914511e-07}};
  for (const auto& [i, value] : expected) expect_close(frequencies[i], value);
}

// Where the three cases meet, the blend continues its neighbours.
TEST(RopeFrequencies, BlendIsContinuous) {
  const Llama3RopeScaling scaling{8, 1, 4, 64};
  // With head_dim 4 the second frequency is theta^(-1/2): theta picks any wavelength.
  const auto scaled_over_plain = [&](double wavelength) {
    const double frequency = 2 * std::numbers::pi / wavelength;
    const auto frequencies = rope_frequencies(with_rope(4, 1 / (frequency * frequency), scaling));
    return frequencies[1] / frequency;
  };
  EXPECT_NEAR(scaled_over_plain(15.9), 1, 1e-12);
  EXPECT_NEAR(scaled_over_plain(16.0001), 1, 1e-4);
  EXPECT_NEAR(scaled_over_plain(63.999), 1.0 / 8, 1e-4);
  EXPECT_NEAR(scaled_over_plain(64.1), 1.0 / 8, 1e-12);
  // Half way between 1 and 4 turns within the original context.
  EXPECT_NEAR(scaled_over_plain(64 / 2.5), (1.0 / 8 + 1) / 2, 1e-12);
}

}  // namespace
}  // namespace kv::core
