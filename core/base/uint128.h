// Unsigned 128-bit totals: the FLOPs of a long run without a cache pass 2^64.
#pragma once

#include <string>

namespace kv::core {

__extension__ typedef unsigned __int128 Uint128;

// All decimal digits, no separators, independent of the locale.
std::string to_string(Uint128 value);

// For ratios and charts only; exact up to 2^53.
inline double to_double(Uint128 value) { return static_cast<double>(value); }

}  // namespace kv::core
