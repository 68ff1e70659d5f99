#include "app/logic/lab/scenario_number.h"

#include <charconv>
#include <limits>

namespace kv::app {
namespace {

// Digits alone, all of them.
std::optional<std::uint64_t> parse_digits(std::string_view digits) {
  std::uint64_t number = 0;
  const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (end.ec != std::errc() || end.ptr != digits.data() + digits.size()) return {};
  return number;
}

// The power of ten that ends the number, cut off.
std::optional<std::uint64_t> take_power(std::string_view& text) {
  if (text.ends_with('k')) return text.remove_suffix(1), 3;
  if (text.ends_with('M')) return text.remove_suffix(1), 6;
  const auto e = text.find('e');
  if (e == std::string_view::npos) return 0;
  const auto power = parse_digits(text.substr(e + 1));
  text = text.substr(0, e);
  return power;
}

}  // namespace

std::optional<std::uint64_t> parse_whole_number(std::string_view text) {
  const auto power = take_power(text);
  const auto digits = parse_digits(text);
  if (!power || !digits || *power > 19) return {};
  std::uint64_t number = *digits;
  for (std::uint64_t i = 0; i < *power; ++i) {
    if (number > std::numeric_limits<std::uint64_t>::max() / 10) return {};
    number *= 10;
  }
  return number;
}

}  // namespace kv::app
