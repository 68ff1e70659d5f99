#include "viz/scene/number_text.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <span>

namespace kv::scene {
namespace {

constexpr std::array<std::string_view, 11> decimal_prefixes{"",  "k", "M", "G", "T", "P",
                                                            "E", "Z", "Y", "R", "Q"};
constexpr std::array<std::string_view, 9> binary_prefixes{"",   "Ki", "Mi", "Gi", "Ti",
                                                          "Pi", "Ei", "Zi", "Yi"};
constexpr std::array<std::string_view, 5> small_prefixes{"p", "n", "\u00B5", "m", ""};

// Three significant digits: as many decimals as that leaves. Four digits where 1024 is the base
// and the value lies between 1000 and 1023.
std::string three_digits(double value) {
  // The bounds are where rounding to two, one and no decimals gains a digit.
  const double size = std::fabs(value);
  return fmt::format("{:.{}f}", value, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

// `value` in units of the first prefix.
std::string engineering(double value, double base, std::span<const std::string_view> prefixes,
                        std::string_view unit) {
  std::size_t i = 0;
  // Half a unit of the last digit: 999.6 k reads 1.00 M, not 1000 k.
  while (i + 1 < prefixes.size() && std::fabs(value) >= base - 0.5) {
    value /= base;
    ++i;
  }
  return fmt::format("{} {}{}", three_digits(value), prefixes[i], unit);
}

std::string scaled(core::Uint128 value, unsigned base, std::span<const std::string_view> prefixes,
                   std::string_view unit) {
  if (value < base) return fmt::format("{} {}", core::to_string(value), unit);
  return engineering(core::to_double(value), base, prefixes, unit);
}

}  // namespace

std::string flops_text(core::Uint128 flops) {
  return scaled(flops, 1000, decimal_prefixes, "FLOP");
}

std::string bytes_text(core::Uint128 bytes) { return scaled(bytes, 1000, decimal_prefixes, "B"); }

std::string binary_bytes_text(core::Uint128 bytes) {
  return scaled(bytes, 1024, binary_prefixes, "B");
}

std::string seconds_text(double seconds) {
  if (seconds == 0 || !std::isfinite(seconds)) return fmt::format("{} s", seconds);
  return engineering(seconds * 1e12, 1000, small_prefixes, "s");
}

std::string grouped_text(core::Uint128 value) {
  std::string digits = core::to_string(value);
  for (std::size_t end = digits.size(); end > 3;) digits.insert(end -= 3, 1, ',');
  return digits;
}

}  // namespace kv::scene
