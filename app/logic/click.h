// What pointing at the picture does.
#pragma once

#include "app/logic/action.h"

namespace kv::app {

void run_command(AppState& state, Command command);  // in update.cpp

void click(AppState& state, const scene::PartId& part);
// The pointer has come to that part, or moved over it with its button down.
void hover(AppState& state, const scene::PartId& part, scene::Vec2 pointer);
void drag(AppState& state, const scene::PartId& part);
void wheel(AppState& state, const scene::PartId& part, float notches);

}  // namespace kv::app
