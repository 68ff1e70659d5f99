// The two 16-bit formats that weights are stored in, made float32. Exact: every value of either is
// a float32 value, infinities, subnormals and the payloads of NaNs included.
#pragma once

#include <bit>
#include <cstdint>

namespace kv::core {

// bfloat16 is the upper half of a float32.
inline float from_bf16(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

// IEEE 754 binary16: sign, 5 bits of exponent (bias 15), 10 bits of fraction. Free of branches, so
// that a loop of it becomes vector instructions.
inline float from_f16(std::uint16_t bits) {
  const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000u) << 16;
  const std::uint32_t magnitude = bits & 0x7FFFu;
  const std::uint32_t normal = (magnitude << 13) + ((127u - 15u) << 23);
  const std::uint32_t not_finite = normal + ((127u - 15u) << 23);
  // Below the smallest normal number the value is fraction * 2^-24.
  const std::uint32_t subnormal = std::bit_cast<std::uint32_t>(
      static_cast<float>(static_cast<std::int32_t>(magnitude)) * 0x1p-24f);
  const std::uint32_t result = magnitude < 0x0400u    ? subnormal
                               : magnitude >= 0x7C00u ? not_finite
                                                      : normal;
  return std::bit_cast<float>(sign | result);
}

}  // namespace kv::core
