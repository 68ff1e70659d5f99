// One question after the other, and the score.
#pragma once

#include "app/logic/state.h"
#include "viz/scene/lab_view.h"

namespace kv::app {

// Asks the question that is due where there is none, or where language or seed are others.
void refresh_drill(AppState& state);
void next_question(AppState& state);
void choose_answer(AppState& state, int option);
void focus_answer(AppState& state, int by);
void reveal_answer(AppState& state);

std::optional<scene::DrillView> drill_view(const AppState& state);

}  // namespace kv::app
