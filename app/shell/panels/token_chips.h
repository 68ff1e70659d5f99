// Tokens as chips in lines: those whose rows are there already look kept.
#pragma once

#include "app/shell/panels/panel_frame.h"

namespace kv::app {

// Scrolls beyond `most_units` of height.
void put_token_chips(const PanelFrame& f, const std::vector<core::Token>& tokens,
                     const core::Tokenizer* tokenizer, int reused, float most_units);

}  // namespace kv::app
