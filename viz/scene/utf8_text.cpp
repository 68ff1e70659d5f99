#include "viz/scene/utf8_text.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"

namespace kv::scene {
namespace {

struct Range {
  char32_t first, last;
};

// Blocks whose characters are wide (Unicode's East Asian Width W and F, by block).
constexpr std::array<Range, 12> wide_ranges = {{{0x1100, 0x115F},
                                                {0x2E80, 0x303E},
                                                {0x3041, 0x33FF},
                                                {0x3400, 0x4DBF},
                                                {0x4E00, 0xA4CF},
                                                {0xA960, 0xA97F},
                                                {0xAC00, 0xD7A3},
                                                {0xF900, 0xFAFF},
                                                {0xFE30, 0xFE6F},
                                                {0xFF01, 0xFF60},
                                                {0xFFE0, 0xFFE6},
                                                {0x1F300, 0x3FFFD}}};
constexpr std::array<Range, 2> hangul_ranges = {{{0x1100, 0x11FF}, {0xAC00, 0xD7A3}}};

template <std::size_t size>
bool within(const std::array<Range, size>& ranges, char32_t code) {
  return std::ranges::any_of(ranges, [&](Range r) { return code >= r.first && code <= r.last; });
}

char32_t code_of(std::string_view character) {
  return core::utf8_length(character) > 0 ? core::decode_utf8(character) : U'\uFFFD';
}

bool is_ideographic(char32_t code) {
  return within(wide_ranges, code) && !within(hangul_ranges, code);
}

bool contains(std::u32string_view set, char32_t code) {
  return set.find(code) != std::u32string_view::npos;
}

}  // namespace

std::string_view take_character(std::string_view& text) {
  const std::size_t length = std::max<std::size_t>(1, core::utf8_length(text));
  const std::string_view character = text.substr(0, length);
  text.remove_prefix(length);
  return character;
}

bool is_wide(std::string_view character) {
  return character.size() >= 3 && within(wide_ranges, code_of(character));
}

bool may_break(std::string_view before, std::string_view next) {
  const char32_t a = code_of(before), b = code_of(next);
  if (!is_ideographic(a) && !is_ideographic(b)) return false;
  constexpr std::u32string_view opening = U"“‘（《「『【([{",
                                closing = U"”’）》」』】，。、：；？！…)]},.:;?!%";
  return !contains(opening, a) && !contains(closing, b);
}

}  // namespace kv::scene
