// The small language of lessons' numbers: arithmetic, comparisons and calls over named quantities.
// Pure; what a name means is the resolver's business.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "viz/scene/language.h"

namespace kv::app {

// What a number counts, which decides how it is printed.
enum class Kind { plain, count, flops, bytes, seconds, ratio, exponent, text };

struct Quantity {
  double value = 0;  // exact up to 2^53
  Kind kind = Kind::plain;
  std::string text = {};  // of Kind::text
};

// A name with its arguments, none where it stands alone. Errors become the reader's: they should
// name what was found and what was expected.
using Resolver = std::function<core::Result<Quantity>(std::string_view name,
                                                      std::span<const Quantity> arguments)>;

// Grammar, loosest first:
//   or | and | not | = != < <= > >= (one, not a chain; 1 or 0) | + - | * / | unary - | ^ (right)
//   primary: 12 1.5 14e9 | 'text' | name | name(argument, ...) | ( )
// `and` and `or` look at their right side only where it matters. Texts know = and != alone.
// Kinds: sums keep the kind, also beside a plain number. A quotient of equal kinds is a ratio. A
// product with, or a quotient by, a plain number, count, ratio or exponent keeps the other's kind
// (of two such: count before ratio before exponent before plain). All else is plain.
// Errors: of grammar, with the place; division by zero; results that are not finite.
core::Result<Quantity> evaluate(std::string_view expression, const Resolver& resolver);

// As a lesson prints it: by its kind, or as `format` says; an unknown format is an error. Same
// output in every locale; a real minus sign.
//   by kind: count and plain 1,234 where whole, else three digits; exponent two decimals; flops,
//            bytes, seconds, ratio as the formats flop, bytes, seconds, x; a text itself
//   int      1,234 (rounded; an error from 2^53 on, where digits would be made up)
//   flop     1.81 MFLOP      bytes   13.1 GB      ibytes  12.2 GiB      seconds  3.20 ms
//   x        13.6×, and 4× or 2.5× where that is all there is
//   percent  100 times the value, one decimal at most: 12.5%
//   fix1 fix2 fix3  decimals  sci  1.9e-06  num  three digits  text  of a text alone
core::Result<std::string> format_quantity(const Quantity& quantity, std::string_view format);

// Every {{EXPR}} and {{EXPR | FORMAT}} replaced; `escape` is applied to what is put in (Markdown's
// special characters). EXPR holds no "}}"; of "{{{" the first brace is the text's. An error names
// the placeholder.
core::Result<std::string> fill_placeholders(std::string_view text, const Resolver& resolver,
                                            const std::function<std::string(std::string)>& escape);

}  // namespace kv::app
