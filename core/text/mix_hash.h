// Hashes for tables whose keys come from a file: mixed well enough that neither a regular pattern
// of ids nor the modulus of the standard table makes buckets long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "core/base/random.h"

namespace kv::core {

struct MixHash {
  std::size_t operator()(std::uint64_t key) const { return random_bits(key, 0); }
};

// Lets a table with string keys be asked with a string_view.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};

}  // namespace kv::core
