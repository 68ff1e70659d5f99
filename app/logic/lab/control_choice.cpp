// Of control_change.h: choices among options.
#include <algorithm>

#include "app/logic/lab/control_change.h"
#include "app/logic/lab/scenario_names.h"

namespace kv::app {
namespace {

using scene::CostPart;
using scene::Scenario;

int ways_of(const Scenario& s) {
  return (s.with ? 1 : 0) + (s.without ? 2 : 0) + (s.padded ? 4 : 0);
}

}  // namespace

std::vector<CostPart> parts_on(scene::LabPage page) {
  std::vector<CostPart> parts;
  for (int i = 0; i < scene::cost_part_count; ++i) {
    const auto part = static_cast<CostPart>(i);
    // One curve is drawn, never several.
    if (part != CostPart::all || page != scene::LabPage::draw) parts.push_back(part);
  }
  return parts;
}

int option_count(const Scenario& s, ControlId control) {
  switch (control) {
    case ControlId::mlp_kind:
    case ControlId::extent:
    case ControlId::axes:
    case ControlId::pairs:
      return 2;
    case ControlId::ways:
    case ControlId::asked:
    case ControlId::machine:
      return 3;
    case ControlId::part:
      return static_cast<int>(parts_on(s.page).size());
    case ControlId::dtype:
      return static_cast<int>(dtype_names.size());
    default:
      return 0;
  }
}

int chosen_of(const Scenario& s, ControlId control) {
  switch (control) {
    case ControlId::mlp_kind:
      return s.sizes.model.gated_mlp() ? 0 : 1;
    case ControlId::extent:
      return static_cast<int>(s.extent);
    case ControlId::axes:
      return s.log_log ? 0 : 1;
    case ControlId::pairs:
      return s.causal ? 1 : 0;
    case ControlId::ways:
      return ways_of(s);
    case ControlId::asked:
      return static_cast<int>(s.asked);
    case ControlId::machine:
      return static_cast<int>(std::ranges::find(machine_names, s.machine) - machine_names.begin());
    case ControlId::part: {
      const auto parts = parts_on(s.page);
      const auto found = std::ranges::find(parts, s.part);
      return found == parts.end()
                 ? 0
                 : static_cast<int>(found - parts.begin());  // `all` is of the total
    }
    case ControlId::dtype:
      return static_cast<int>(s.dtype);
    default:
      return -1;
  }
}

Scenario with_chosen(Scenario s, ControlId control, int chosen) {
  const auto index = static_cast<std::size_t>(chosen);
  switch (control) {
    case ControlId::mlp_kind:
      return with_value(std::move(s), control, chosen);
    case ControlId::extent:
      s.extent = static_cast<scene::Extent>(chosen);
      return s;
    case ControlId::axes:
      s.log_log = chosen == 0;
      return s;
    case ControlId::pairs:
      s.causal = chosen == 1;
      return s;
    case ControlId::ways:
      s.with = (chosen & 1) != 0, s.without = (chosen & 2) != 0, s.padded = (chosen & 4) != 0;
      return s;
    case ControlId::asked:
      s.asked = static_cast<core::Baseline>(chosen);
      return s;
    case ControlId::machine:
      s.machine = machine_names[index];
      return s;
    case ControlId::part:
      s.part = parts_on(s.page)[index];
      return s;
    case ControlId::dtype:
      s.dtype = static_cast<core::KvDtype>(chosen);
      return s;
    default:
      return s;
  }
}

}  // namespace kv::app
