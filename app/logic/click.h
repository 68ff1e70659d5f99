// What pointing at the picture does.
#pragma once

#include "app/logic/action.h"

namespace kv::app {

void run_command(AppState& state, Command command);  // in update.cpp

void click(AppState& state, const scene::PartId& part);
void wheel(AppState& state, const scene::PartId& part, float notches);

}  // namespace kv::app
