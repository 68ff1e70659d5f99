// All 65,536 patterns of both 16-bit formats against the formats' definitions, in float64.
#include "core/files/half.h"

#include <gtest/gtest.h>

#include <cmath>

namespace kv::core {
namespace {

// (-1)^s * 2^(e - bias) * 1.f, 2^(1 - bias) * 0.f for e = 0; the largest e holds infinity and NaN.
void expect_value(std::uint16_t bits, float found, int exponent_bits, int fraction_bits) {
  const int sign = bits >> 15;
  const int exponent = (bits >> fraction_bits) & ((1 << exponent_bits) - 1);
  const int fraction = bits & ((1 << fraction_bits) - 1);
  const int bias = (1 << (exponent_bits - 1)) - 1;
  EXPECT_EQ(std::signbit(found), sign == 1) << bits;
  if (exponent == (1 << exponent_bits) - 1) {
    EXPECT_EQ(std::isnan(found), fraction != 0) << bits;
    EXPECT_EQ(std::isinf(found), fraction == 0) << bits;
    return;
  }
  const double mantissa = exponent == 0 ? fraction : fraction + (1 << fraction_bits);
  const double value = std::ldexp(mantissa, (exponent == 0 ? 1 : exponent) - bias - fraction_bits);
  EXPECT_EQ(static_cast<double>(found), sign == 1 ? -value : value) << bits;
}

TEST(Half, EveryPatternOfF16IsExact) {
  for (int bits = 0; bits < 65536; ++bits) {
    const auto pattern = static_cast<std::uint16_t>(bits);
    expect_value(pattern, from_f16(pattern), 5, 10);
  }
}

TEST(Half, EveryPatternOfBf16IsExact) {
  for (int bits = 0; bits < 65536; ++bits) {
    const auto pattern = static_cast<std::uint16_t>(bits);
    expect_value(pattern, from_bf16(pattern), 8, 7);
  }
}

TEST(Half, NamedValues) {
  EXPECT_EQ(from_f16(0x3C00), 1.0f);
  EXPECT_EQ(from_f16(0x7BFF), 65504.0f);
  EXPECT_EQ(from_f16(0x0001), 0x1p-24f);
  EXPECT_EQ(from_f16(0x03FF), 0x1.ff8p-15f);
  EXPECT_EQ(from_f16(0x0400), 0x1p-14f);
  EXPECT_EQ(from_bf16(0x3F80), 1.0f);
  EXPECT_EQ(from_bf16(0xC049), -3.140625f);
  EXPECT_EQ(from_bf16(0x0001), 0x1p-133f);
}

}  // namespace
}  // namespace kv::core
