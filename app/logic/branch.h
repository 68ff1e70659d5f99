// Changes of the run that keep what can be kept of it.
#pragma once

#include "app/logic/state.h"

namespace kv::app {

// Another prompt: rows of the common beginning are kept, and a message says how many.
void set_prompt(AppState& state, const std::string& text);
void set_prompt_tokens(AppState& state, std::vector<core::Token> tokens);
// Steps up to the one shown stay as they are; later ones are chosen the new way.
void set_sampling(AppState& state, const core::Sampling& sampling);
// That token instead of the one that step (from 0) chose; the steps behind it go.
void force_token(AppState& state, int step, core::Token token);
// The same prompt, from its beginning.
void reset(AppState& state);

}  // namespace kv::app
