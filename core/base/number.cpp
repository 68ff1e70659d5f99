#include "core/base/number.h"

#include <array>
#include <charconv>

namespace kv::core {

std::string to_text(double value) {
  std::array<char, 32> buffer;  // the longest is 24 characters
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), result.ptr);
}

}  // namespace kv::core
