// How a scenario changes: one value after the other, each undone by Ctrl+Z. Inside of lab*.cpp.
#pragma once

#include "app/logic/lab/controls.h"
#include "app/logic/lab/lab.h"

namespace kv::app {

LabPlace& place_of(AppState& state);
bool of_costs(scene::LabPage page);

// Changes of one control in a row are undone together; `control` -1 stands for itself.
void change_scenario(AppState& state, scene::Scenario scenario, int control);
inline constexpr int cursor_control = 1000;  // the chart's cursor, among the controls
void undo_scenario(AppState& state);
void redo_scenario(AppState& state);

void go_to_page(AppState& state, scene::LabPage page);
void forget_drawing(LabState& lab);

// The control that has the arrow keys, by one step; the first one gets them where none has.
void step_control(AppState& state, int by);
void focus_control(AppState& state, int by);
// The exponent of the drawing, as its slider says it.
void set_exponent(AppState& state, double share);
// A button of the pane.
void press_control(AppState& state, int control);

}  // namespace kv::app
