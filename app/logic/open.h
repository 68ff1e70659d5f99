// Opening models and sessions. What is open stays until the new one has proved good.
#pragma once

#include "app/logic/state.h"

namespace kv::app {

void load_model(AppState& state, const std::string& name);
void open_session(AppState& state, const std::string& text, const std::string& label);

// The model that was being loaded is there, and with it the session that asked for it, if one did.
void finish_opening(AppState& state, OpenModel model);

}  // namespace kv::app
