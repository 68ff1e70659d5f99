// Functions of numbers alone.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/logic/lesson/quantities_arithmetic.h"
#include "app/logic/lesson/quantities_table.h"

namespace kv::app {
namespace {

template <double (*function)(double), bool zero_allowed>
core::Result<Quantity> of_positive(const Call& call) {
  Arguments in(call);
  const double x = in.number(0);
  if (!in.error() && (zero_allowed ? x < 0 : x <= 0))
    in.refuse(describe(call.arguments[0]), zero_allowed ? "0 or more" : "more than 0");
  if (in.error()) return *in.error();
  return quantity(Kind::plain, function(x));
}

double decimal_logarithm(double x) { return std::log10(x); }
double natural_logarithm(double x) { return std::log(x); }
double square_root(double x) { return std::sqrt(x); }

// Keeps the kind.
template <double (*function)(double)>
core::Result<Quantity> same_kind(const Call& call) {
  Arguments in(call);
  const double x = in.number(0);
  if (in.error()) return *in.error();
  return quantity(call.arguments[0].kind, function(x));
}

double nearest(double x) { return std::round(x); }
double rounded_down(double x) { return std::floor(x); }
double size(double x) { return std::fabs(x); }

template <bool larger>
core::Result<Quantity> one_of_two(const Call& call) {
  Arguments in(call);
  const double a = in.number(0);
  const double b = in.number(1);
  if (in.error()) return *in.error();
  return quantity(kind_of_sum(call.arguments[0].kind, call.arguments[1].kind),
                  larger ? std::max(a, b) : std::min(a, b));
}

constexpr std::array<NamedQuantity, 8> table = {
    {{"log10", 1, 1, of_positive<decimal_logarithm, false>},
     {"ln", 1, 1, of_positive<natural_logarithm, false>},
     {"sqrt", 1, 1, of_positive<square_root, true>},
     {"round", 1, 1, same_kind<nearest>},
     {"floor", 1, 1, same_kind<rounded_down>},
     {"abs", 1, 1, same_kind<size>},
     {"min", 2, 2, one_of_two<false>},
     {"max", 2, 2, one_of_two<true>}}};

}  // namespace

std::span<const NamedQuantity> math_quantities() { return table; }

}  // namespace kv::app
