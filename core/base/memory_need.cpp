#include "core/base/memory_need.h"

#include <array>
#include <charconv>

namespace kv::core {

std::string short_bytes(std::uint64_t bytes) {
  static constexpr const char* units[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 999.5 && unit + 1 < std::size(units); ++unit) value /= 1000;
  std::array<char, 32> text;
  const int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                 std::chars_format::fixed, decimals);
  return std::string(text.data(), end.ptr) + " " + units[unit];
}

Status check_memory(std::string_view what, std::uint64_t needed, std::uint64_t limit,
                    std::string_view advice) {
  if (needed <= limit) return {};
  return Error{ErrorKind::machine, std::string(what) + ": needs " + short_bytes(needed) +
                                       ", have " + short_bytes(limit) + ", try " +
                                       std::string(advice)};
}

}  // namespace kv::core
