// Numbers as a person reads them, three significant digits and a unit; never dependent on the
// locale. Machine-readable output keeps whole integers instead.
#pragma once

#include <string>
#include <string_view>

#include "core/base/uint128.h"

namespace kv::scene {

// "512 FLOP", "47.6 MFLOP", "1.92 GFLOP": powers of 1000.
std::string flops_text(core::Uint128 flops);

// "512 B", "13.1 GB": 1 GB = 10^9 bytes.
std::string bytes_text(core::Uint128 bytes);

// "512 B", "12.2 GiB": 1 GiB = 2^30 bytes.
std::string binary_bytes_text(core::Uint128 bytes);

// "850 ns", "3.20 ms", "12.0 s"; seconds are the largest unit.
std::string seconds_text(double seconds);

// "1,234,567".
std::string grouped_text(core::Uint128 value);

}  // namespace kv::scene
