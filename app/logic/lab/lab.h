// The laboratory's places: what keys and the pointer do there. A scenario changes as a value and
// can be undone; everything shown follows from it.
#pragma once

#include "app/logic/action.h"
#include "app/logic/lab/scenario_text.h"
#include "viz/scene/lab_view.h"

namespace kv::app {

bool in_lab(const AppState& state);
// The place shown, which must be one of the laboratory's.
const LabPlace& lab_place(const AppState& state);
// Sizes of a model by name: presets, and those that come with the program.
SizesByName sizes_by_name(const AppState& state);

// Both places as they begin.
LabState initial_lab();

// Takes what the laboratory understands; false where it is somebody else's.
bool lab_command(AppState& state, Command command);
bool lab_click(AppState& state, const scene::PartId& part);
void lab_drag(AppState& state, const scene::PartId& part);

// A scenario typed or pasted: taken whole, or one line says what is wrong with it. Goes to the
// place its page belongs to.
void set_scenario(AppState& state, const std::string& text);
// The scenario of the place shown, as text.
std::string scenario_text(const AppState& state);

// What is derived from the scenario: the view, the question. After every action.
void refresh_lab(AppState& state);
// What the pages show; null elsewhere.
std::shared_ptr<const scene::LabView> lab_view(const AppState& state);

bool is_lab_work(const Work& work);
// What is to be executed or measured next, and what came of it.
std::optional<Work> next_lab_work(const AppState& state);
void finish_lab_work(AppState& state, const WorkResult& result);
// Nothing that is under way or waiting is wanted any more.
void cancel_lab_work(AppState& state);

}  // namespace kv::app
