// How lessons print quantities, and where they stand in their texts.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "app/logic/lesson/expression.h"
#include "app/logic/lesson/quantities_arithmetic.h"
#include "core/base/number.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

using Printed = core::Result<std::string>;

// All sizes below are not negative: the sign is put in front at the end.

constexpr double exact_up_to = 9007199254740992;  // 2^53

bool is_whole(double size) { return size == std::floor(size) && size < exact_up_to; }

core::Uint128 rounded(double size) { return static_cast<core::Uint128>(std::round(size)); }

// Commas between thousands of the whole part.
std::string fixed(double size, int decimals) {
  std::string digits = fmt::format("{:.{}f}", size, decimals);
  std::size_t end = decimals > 0 ? digits.find('.') : digits.size();
  while (end > 3) digits.insert(end -= 3, 1, ',');
  return digits;
}

// Three significant digits, all digits of what is larger: "0.0123", "12.3", "1,234", "1.90e-06".
std::string three_digits(double size) {
  if (size == 0) return "0";
  const std::string scientific = fmt::format("{:.2e}", size);
  int exponent = 0;  // after rounding: 9.996 has that of 10
  const char* digits = scientific.data() + scientific.find('e') + 1;
  if (*digits == '+') ++digits;
  std::from_chars(digits, scientific.data() + scientific.size(), exponent);
  if (exponent < -3 || exponent > 14) return scientific;
  return fixed(size, exponent < 3 ? 2 - exponent : 0);
}

std::string whole_or_three_digits(double size) {
  return is_whole(size) ? scene::grouped_text(rounded(size)) : three_digits(size);
}

// As flops_text() and its like do, but for parts of one ("12.5 B") and what passes 128 bits.
template <std::string (*text)(core::Uint128)>
std::string in_units(double size, const char* unit) {
  const bool small = size < 1000 && !is_whole(size);
  if (small || size > 1e38) return three_digits(size) + " " + unit;
  return text(rounded(size));
}
std::string flops(double size) { return in_units<scene::flops_text>(size, "FLOP"); }
std::string bytes(double size) { return in_units<scene::bytes_text>(size, "B"); }
std::string binary_bytes(double size) { return in_units<scene::binary_bytes_text>(size, "B"); }
std::string seconds(double size) { return scene::seconds_text(size); }

// What has at most three digits anyway is printed with those: a published "2.3" gains none.
std::string times(double size) {
  const std::string shortest = core::to_text(size);
  const bool plain = shortest.find('e') == std::string::npos;
  const auto digits = shortest.size() - (shortest.find('.') != std::string::npos ? 1 : 0) -
                      (shortest.starts_with("0.") ? 1 : 0);
  return (plain && digits <= 3 ? shortest : three_digits(size)) + "\u00D7";
}

std::string times_in_three(double size) { return three_digits(size) + "\u00D7"; }

std::string percent(double size) {
  std::string text = fixed(100 * size, 1);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text + "%";
}

std::string scientific(double size) { return fmt::format("{:.1e}", size); }
std::string whole(double size) { return scene::grouped_text(rounded(size)); }
std::string fixed_1(double size) { return fixed(size, 1); }
std::string fixed_2(double size) { return fixed(size, 2); }
std::string fixed_3(double size) { return fixed(size, 3); }

using Print = std::string (*)(double size);
struct Format {
  std::string_view name;
  Print print;
};
constexpr std::array<Format, 13> formats = {{{"int", whole},
                                             {"flop", flops},
                                             {"bytes", bytes},
                                             {"ibytes", binary_bytes},
                                             {"seconds", seconds},
                                             {"x", times},
                                             {"x3", times_in_three},
                                             {"percent", percent},
                                             {"fix1", fixed_1},
                                             {"fix2", fixed_2},
                                             {"fix3", fixed_3},
                                             {"sci", scientific},
                                             {"num", three_digits}}};

Print print_of(Kind kind) {
  switch (kind) {
    case Kind::flops:
      return flops;
    case Kind::bytes:
      return bytes;
    case Kind::seconds:
      return seconds;
    case Kind::ratio:
      return times;
    case Kind::exponent:
      return fixed_2;
    default:
      return whole_or_three_digits;
  }
}

std::string with_sign(double value, Print print) {
  const std::string size = print(std::fabs(value));
  const bool negative = value < 0 && size.find_first_of("123456789") != std::string::npos;
  return negative ? "\u2212" + size : size;
}

Printed format_text(const Quantity& quantity, std::string_view format) {
  if (format.empty() || format == "text") return quantity.text;
  return expression_error("format '" + core::one_line(format, 40) + "': found " +
                          describe(quantity) + ", expected a number");
}

Printed format_number(const Quantity& quantity, std::string_view format) {
  const auto refused = [&](const char* expected) {
    return expression_error("format '" + core::one_line(format, 40) + "': found " +
                            describe(quantity) + ", expected " + expected);
  };
  if (!std::isfinite(quantity.value)) return refused("a finite number");
  if (format.empty()) return with_sign(quantity.value, print_of(quantity.kind));
  if (format == "text") return refused("a text");
  if (format == "percent" && !std::isfinite(100 * quantity.value))
    return refused("a number whose hundredfold is finite");
  if (format == "int" && std::fabs(quantity.value) >= exact_up_to)
    return refused("a number below 2^53, or another format");
  for (const Format& known : formats)
    if (known.name == format) return with_sign(quantity.value, known.print);
  return expression_error("unknown format '" + core::one_line(format, 40) + "'");
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

// Of a bar outside 'texts', or npos.
std::size_t bar_in(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    if (text[i] == '|' && !quoted) return i;
  }
  return std::string_view::npos;
}

Printed fill(std::string_view inner, const Resolver& resolver) {
  const std::size_t bar = bar_in(inner);
  const auto quantity = evaluate(inner.substr(0, bar), resolver);
  if (!quantity) return quantity.error();
  if (bar == std::string_view::npos) return format_quantity(*quantity, "");
  const std::string_view format = trimmed(inner.substr(bar + 1));
  if (format.empty()) return expression_error("found no format behind '|', expected one");
  return format_quantity(*quantity, format);
}

}  // namespace

core::Result<std::string> format_quantity(const Quantity& quantity, std::string_view format) {
  return quantity.kind == Kind::text ? format_text(quantity, format)
                                     : format_number(quantity, format);
}

core::Result<std::string> fill_placeholders(std::string_view text, const Resolver& resolver,
                                            const std::function<std::string(std::string)>& escape) {
  std::string filled;
  for (;;) {
    std::size_t open = text.find("{{");
    filled += text.substr(0, open);
    if (open == std::string_view::npos) return filled;
    for (; text.substr(open + 2).starts_with('{'); ++open) filled += '{';
    text.remove_prefix(open + 2);
    const std::size_t close = text.find("}}");
    const std::string_view inner = text.substr(0, close);
    if (close == std::string_view::npos || inner.find("{{") != std::string_view::npos)
      return expression_error("found " + core::quoted("{{" + std::string(inner), 40) +
                              ", expected '}}' behind it");
    auto words = fill(inner, resolver);
    if (!words)
      return expression_error("{{" + core::one_line(trimmed(inner), 80) +
                              "}}: " + words.error().message);
    filled += escape ? escape(*std::move(words)) : *std::move(words);
    text.remove_prefix(close + 2);
  }
}

}  // namespace kv::app
