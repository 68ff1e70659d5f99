// How a control's value is read from a scenario and put into one, with all that follows from it.
#pragma once

#include "app/logic/lab/controls.h"

namespace kv::app {

// Whether it means anything for this scenario's model, way and kind of MLP.
bool applies(const scene::Scenario& scenario, ControlId control);

// Of a slider.
std::int64_t value_of(const scene::Scenario& scenario, ControlId control);
// The value must be one that scale_of() has, or between its ends.
scene::Scenario with_value(scene::Scenario scenario, ControlId control, std::int64_t value);

// Of a choice, by their place in options_of() of the page. `ways`: bit 0 with, 1 without, 2 padded.
int chosen_of(const scene::Scenario& scenario, ControlId control);
int option_count(const scene::Scenario& scenario, ControlId control);  // 0: no choice
scene::Scenario with_chosen(scene::Scenario scenario, ControlId control, int chosen);

// What the page lets choose among, in the order of its options.
std::vector<scene::CostPart> parts_on(scene::LabPage page);

}  // namespace kv::app
