#include "app/logic/lesson/quantities_arithmetic.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/base/number.h"

namespace kv::app {
namespace {

// Kinds without a unit, the one that tells least first.
constexpr std::array<Kind, 4> scalars{Kind::plain, Kind::exponent, Kind::ratio, Kind::count};

bool is_scalar(Kind kind) { return std::ranges::find(scalars, kind) != scalars.end(); }

Kind kind_of_product(Kind a, Kind b) {
  if (!is_scalar(a)) return is_scalar(b) ? a : Kind::plain;
  if (!is_scalar(b)) return b;
  return *std::max(std::ranges::find(scalars, a), std::ranges::find(scalars, b));
}

Kind kind_of_quotient(Kind a, Kind b) {
  if (a == b) return Kind::ratio;
  return is_scalar(b) ? a : Kind::plain;
}

core::Result<Quantity> finite(std::string_view sign, Quantity result) {
  if (std::isfinite(result.value)) return result;
  return expression_error("'" + std::string(sign) + "': found a result of " +
                          core::to_text(result.value) + ", expected a finite number");
}

core::Result<Quantity> calculate(std::string_view sign, const Quantity& a, const Quantity& b) {
  switch (sign.front()) {
    case '+':
      return finite(sign, {a.value + b.value, kind_of_sum(a.kind, b.kind)});
    case '-':
      return finite(sign, {a.value - b.value, kind_of_sum(a.kind, b.kind)});
    case '*':
      return finite(sign, {a.value * b.value, kind_of_product(a.kind, b.kind)});
    case '/':
      if (b.value == 0) return expression_error("'/': division by zero");
      return finite(sign, {a.value / b.value, kind_of_quotient(a.kind, b.kind)});
    default:
      return finite(sign, {std::pow(a.value, b.value), Kind::plain});
  }
}

template <class Value>
bool compare(std::string_view sign, const Value& a, const Value& b) {
  if (sign == "=") return a == b;
  if (sign == "!=") return a != b;
  if (sign == "<") return a < b;
  if (sign == "<=") return a <= b;
  return sign == ">" ? a > b : a >= b;
}

Quantity condition(bool holds) { return {.value = holds ? 1.0 : 0.0}; }

}  // namespace

std::string describe(const Quantity& quantity) {
  if (quantity.kind == Kind::text) return "'" + core::one_line(quantity.text, 40) + "'";
  return core::to_text(quantity.value);
}

core::Error expression_error(std::string_view message) {
  return {core::ErrorKind::input, core::one_line(message, 600)};
}

Kind kind_of_sum(Kind a, Kind b) {
  if (a == b || b == Kind::plain) return a;
  return a == Kind::plain ? b : Kind::plain;
}

core::Result<Quantity> combine(std::string_view sign, const Quantity& left, const Quantity& right) {
  const bool compares = sign.find_first_of("=<>") != std::string_view::npos;
  const bool texts = left.kind == Kind::text && right.kind == Kind::text;
  if (texts && (sign == "=" || sign == "!="))
    return condition(compare(sign, left.text, right.text));
  for (const Quantity* side : {&left, &right}) {
    if (side->kind != Kind::text) continue;
    return expression_error("'" + std::string(sign) + "': found " + describe(*side) +
                            ", expected a number");
  }
  if (compares) return condition(compare(sign, left.value, right.value));
  return calculate(sign, left, right);
}

core::Result<Quantity> negative(Quantity quantity) {
  if (quantity.kind == Kind::text)
    return expression_error("'-': found " + describe(quantity) + ", expected a number");
  quantity.value = -quantity.value;
  return quantity;
}

core::Result<bool> truth_of(const Quantity& quantity) {
  if (quantity.kind == Kind::text)
    return expression_error("found " + describe(quantity) + ", expected a condition");
  return quantity.value != 0;
}

}  // namespace kv::app
