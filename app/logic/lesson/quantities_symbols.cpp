#include "app/logic/lesson/quantities_symbols.h"

#include <charconv>
#include <cmath>

#include "core/base/error.h"

namespace kv::app {
namespace {

constexpr std::size_t longest_shown = 40;  // characters
constexpr std::string_view digits = "0123456789";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return digits.find(c) != std::string_view::npos; }

Symbol number_at(std::string_view text, std::size_t at) {
  // from_chars reads the same in every locale, unlike strtod.
  Symbol symbol{.type = Symbol::Type::number, .source = {}, .at = at};
  const char* begin = text.data() + at;
  const auto read = std::from_chars(begin, text.data() + text.size(), symbol.number);
  symbol.source = text.substr(at, static_cast<std::size_t>(read.ptr - begin));
  if (read.ec != std::errc{} || !std::isfinite(symbol.number)) symbol.type = Symbol::Type::mistake;
  return symbol;
}

Symbol text_at(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\'', at + 1);
  if (end == std::string_view::npos)
    return {.type = Symbol::Type::mistake, .source = text.substr(at), .at = at};
  return {.type = Symbol::Type::text, .source = text.substr(at + 1, end - at - 1), .at = at};
}

Symbol name_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]))) ++end;
  return {.type = Symbol::Type::name, .source = text.substr(at, end - at), .at = at};
}

Symbol sign_at(std::string_view text, std::size_t at) {
  Symbol symbol{.type = Symbol::Type::sign, .source = text.substr(at, 2), .at = at};
  for (const std::string_view two : {"!=", "<=", ">="})
    if (symbol.source == two) return symbol;
  symbol.source = text.substr(at, 1);
  if (std::string_view("+-*/^()=<>,").find(text[at]) != std::string_view::npos) return symbol;
  // All bytes of a character that is no ASCII.
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return {.type = Symbol::Type::mistake, .source = text.substr(at, end - at), .at = at};
}

Symbol symbol_at(std::string_view text, std::size_t at) {
  if (at == text.size()) return {.type = Symbol::Type::end, .source = {}, .at = at};
  if (is_digit(text[at])) return number_at(text, at);
  if (text[at] == '\'') return text_at(text, at);
  return is_letter(text[at]) ? name_at(text, at) : sign_at(text, at);
}

}  // namespace

Symbol read_symbol(std::string_view expression, std::size_t at, std::size_t& next) {
  const std::size_t begin = expression.find_first_not_of(" \t\r\n", at);
  const Symbol symbol =
      symbol_at(expression, begin == std::string_view::npos ? expression.size() : begin);
  const std::size_t quotes = symbol.type == Symbol::Type::text ? 2 : 0;
  next = symbol.at + symbol.source.size() + quotes;
  return symbol;
}

std::string describe(const Symbol& symbol) {
  if (symbol.type == Symbol::Type::end) return "the end";
  return "'" + core::one_line(symbol.source, longest_shown) + "' at character " +
         std::to_string(symbol.at + 1);
}

}  // namespace kv::app
