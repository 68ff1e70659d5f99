// What the signs of lessons' expressions do to quantities and their kinds (see expression.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/logic/lesson/expression.h"

namespace kv::app {

// "'x'" or "2.5": as an error names what it found.
std::string describe(const Quantity& quantity);
// An input error of one line.
core::Error expression_error(std::string_view message);

// + - * / ^ and the comparisons. Errors: texts where numbers belong, division by zero, results that
// are not finite.
core::Result<Quantity> combine(std::string_view sign, const Quantity& left, const Quantity& right);
core::Result<Quantity> negative(Quantity quantity);

// Whether a condition holds: a number that is not 0. A text is an error.
core::Result<bool> truth_of(const Quantity& quantity);

// The kind of a sum.
Kind kind_of_sum(Kind a, Kind b);

}  // namespace kv::app
