// An expression cut into its symbols.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kv::app {

struct Symbol {
  enum class Type { number, text, name, sign, end, mistake };
  Type type = Type::end;
  std::string_view source;  // as written; of a text, without its quotes
  double number = 0;
  std::size_t at = 0;  // byte of the expression, from 0

  bool is(std::string_view word) const {
    return (type == Type::sign || type == Type::name) && source == word;
  }
};

// The symbol at or after byte `at`; `next` becomes the byte behind it. What cannot begin a symbol,
// a text without its end and a number out of range are a `mistake`.
Symbol read_symbol(std::string_view expression, std::size_t at, std::size_t& next);

// "'x' at character 5", "the end": as an error names what it found.
std::string describe(const Symbol& symbol);

}  // namespace kv::app
