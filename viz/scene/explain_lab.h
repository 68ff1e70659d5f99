// What explain() is made of in the laboratory: one function a domain. Each needs the laboratory's
// view (f.status.lab) and no run; for parts that are not of its domain the title stays empty.
#pragma once

#include "viz/scene/explain.h"

namespace kv::scene {

// Curves: the plot, a curve's name, a crossover, a point that was executed.
Explanation explain_growth(const Frame& f, const PartId& part);

// Costs: an index of the cache's shape, bytes, accelerators' memories, points of the roofline, what
// bounds a component, speeds, claims, measured bars.
Explanation explain_costs_place(const Frame& f, const PartId& part);

// Tabs, sliders, options and buttons of the pane, the scenario's text, the drill's buttons.
Explanation explain_lab_control(const Frame& f, const PartId& part);

// Controls by PartId::a, in the order in which app/logic/lab/controls.h numbers them.
inline constexpr int control_count = 29;
const Phrase& name_of_control(int id);
const Phrase& name_of_page(LabPage page);

}  // namespace kv::scene
