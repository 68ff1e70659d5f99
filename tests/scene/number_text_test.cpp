#include "viz/scene/number_text.h"

#include <gtest/gtest.h>

#include <limits>

namespace kv::scene {
namespace {

TEST(NumberText, ScalesFlops) {
  EXPECT_EQ(flops_text(0), "0 FLOP");
  EXPECT_EQ(flops_text(999), "999 FLOP");
  EXPECT_EQ(flops_text(1000), "1.00 kFLOP");
  EXPECT_EQ(flops_text(47'600'000), "47.6 MFLOP");
  EXPECT_EQ(flops_text(1'920'000'000), "1.92 GFLOP");
  EXPECT_EQ(flops_text(684'000'000), "684 MFLOP");
  EXPECT_EQ(flops_text(core::Uint128{1'000'000'000'000} * 1'000'000'000'000), "1.00 YFLOP");
  EXPECT_EQ(flops_text(~core::Uint128{0}), "340282367 QFLOP");
}

TEST(NumberText, RollsOverToTheNextUnit) {
  EXPECT_EQ(flops_text(9'994), "9.99 kFLOP");
  EXPECT_EQ(flops_text(9'996), "10.0 kFLOP");
  EXPECT_EQ(flops_text(99'960), "100 kFLOP");
  EXPECT_EQ(flops_text(999'499), "999 kFLOP");
  EXPECT_EQ(flops_text(999'500), "1.00 MFLOP");
}

TEST(NumberText, TellsGigaFromGibi) {
  EXPECT_EQ(bytes_text(512), "512 B");
  EXPECT_EQ(bytes_text(13'107'200'000), "13.1 GB");
  EXPECT_EQ(binary_bytes_text(13'107'200'000), "12.2 GiB");
  EXPECT_EQ(bytes_text(core::Uint128{1} << 30), "1.07 GB");
  EXPECT_EQ(binary_bytes_text(core::Uint128{1} << 30), "1.00 GiB");
  EXPECT_EQ(binary_bytes_text(1023), "1023 B");
  EXPECT_EQ(binary_bytes_text(1000 * 1024), "1000 KiB");
  EXPECT_EQ(binary_bytes_text((core::Uint128{1} << 20) - 1), "1.00 MiB");
}

TEST(NumberText, ScalesSeconds) {
  EXPECT_EQ(seconds_text(0), "0 s");
  EXPECT_EQ(seconds_text(0.0032), "3.20 ms");
  EXPECT_EQ(seconds_text(850e-9), "850 ns");
  EXPECT_EQ(seconds_text(1e-6), "1.00 \u00B5s");
  EXPECT_EQ(seconds_text(12), "12.0 s");
  EXPECT_EQ(seconds_text(86'400), "86400 s");
  EXPECT_EQ(seconds_text(-0.5), "-500 ms");
  EXPECT_EQ(seconds_text(std::numeric_limits<double>::infinity()), "inf s");
}

TEST(NumberText, GroupsDigits) {
  EXPECT_EQ(grouped_text(0), "0");
  EXPECT_EQ(grouped_text(999), "999");
  EXPECT_EQ(grouped_text(1'000), "1,000");
  EXPECT_EQ(grouped_text(1'234'567), "1,234,567");
}

}  // namespace
}  // namespace kv::scene
