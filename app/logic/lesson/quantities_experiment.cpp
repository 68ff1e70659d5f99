// What would go wrong, measured: of the experiment shown.
#include <array>

#include "app/logic/lesson/quantities_table.h"

namespace kv::app {
namespace {

core::Result<const core::ExperimentResult*> experiment_of(const Call& call) {
  if (call.source.experiment) return call.source.experiment.get();
  return mistake(call, "no experiment", "one that was run");
}

template <double core::ExperimentResult::*largest>
core::Result<Quantity> difference(const Call& call) {
  const auto experiment = experiment_of(call);
  if (!experiment) return experiment.error();
  return quantity(Kind::plain, (*experiment)->*largest);
}

core::Result<Quantity> same_token(const Call& call) {
  const auto experiment = experiment_of(call);
  if (!experiment) return experiment.error();
  return quantity(Kind::plain, (*experiment)->same_token ? 1.0 : 0.0);
}

using core::ExperimentResult;

constexpr std::array<NamedQuantity, 6> table = {
    {{"experiment_keys", 0, 0, difference<&ExperimentResult::keys>},
     {"experiment_values", 0, 0, difference<&ExperimentResult::values>},
     {"experiment_logits", 0, 0, difference<&ExperimentResult::logits>},
     {"experiment_same_token", 0, 0, same_token},
     {"experiment_old_keys", 0, 0, difference<&ExperimentResult::old_keys>},
     {"experiment_old_keys_first_layer", 0, 0,
      difference<&ExperimentResult::old_keys_first_layer>}}};

}  // namespace

std::span<const NamedQuantity> experiment_quantities() { return table; }

}  // namespace kv::app
