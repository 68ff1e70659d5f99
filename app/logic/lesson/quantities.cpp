#include "app/logic/lesson/quantities.h"

#include <array>
#include <cmath>

#include "app/logic/lesson/quantities_arithmetic.h"
#include "app/logic/lesson/quantities_table.h"
#include "core/base/number.h"

namespace kv::app {
namespace {

const NamedQuantity* find_quantity(std::string_view name) {
  for (const auto& table :
       {run_quantities(), token_quantities(), attention_quantities(), experiment_quantities(),
        cost_quantities(), machine_quantities(), lab_quantities(), math_quantities()})
    for (const NamedQuantity& known : table)
      if (name == known.name) return &known;
  return nullptr;
}

std::string plural(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

std::string expected_arguments(const NamedQuantity& known) {
  if (known.least == known.most) return plural(known.most);
  return std::to_string(known.least) + " to " + plural(known.most);
}

core::Result<Quantity> compute(const Call& call) {
  const NamedQuantity* known = find_quantity(call.name);
  if (!known) return expression_error("unknown name '" + core::one_line(call.name, 40) + "'");
  const std::size_t given = call.arguments.size();
  if (given < known->least || given > known->most)
    return mistake(call, plural(given), expected_arguments(*known));
  auto result = known->compute(call);
  if (result && !std::isfinite(result->value))
    return mistake(call, core::to_text(result->value), "a finite number");
  return result;
}

}  // namespace

Resolver resolver_of(const QuantitySource& source) {
  return [kept = std::make_shared<const QuantitySource>(source)](
             std::string_view name, std::span<const Quantity> arguments) {
    return compute({*kept, name, arguments});
  };
}

}  // namespace kv::app
