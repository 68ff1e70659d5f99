// The sizes the program takes. Every loop and every allocation by a config stays within them.
#pragma once

#include <string>

namespace kv::core {

struct IntRange {
  int low;
  int high;
};

inline constexpr IntRange layers_range{1, 256};
inline constexpr IntRange d_model_range{1, 16384};
inline constexpr IntRange heads_range{1, 256};  // query heads, and key and value heads
inline constexpr IntRange head_dim_range{1, 512};
inline constexpr IntRange ffn_range{1, 65536};
inline constexpr IntRange vocabulary_range{1, 1 << 20};
inline constexpr IntRange context_range{1, 1 << 20};

inline constexpr double largest_norm_epsilon = 0.01;  // above 0
inline constexpr double smallest_rope_theta = 1;
inline constexpr double largest_rope_theta = 1e9;
inline constexpr double largest_rope_factor = 1e6;  // from 1

inline std::string to_string(IntRange range) {
  return std::to_string(range.low) + " to " + std::to_string(range.high);
}

}  // namespace kv::core
