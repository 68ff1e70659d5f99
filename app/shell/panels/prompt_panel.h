// What the model begins with, typed as text or as token ids; its tokens stand below as one types.
#pragma once

#include "app/shell/panels/panel_frame.h"

namespace kv::app {

struct PromptScratch {
  std::string text;
  bool as_ids = false;
  bool select = true;                 // all of it, once the field has the keyboard
  std::vector<std::string> examples;  // that come with the model, in the language shown
  // Of `text`, kept until it changes.
  std::string tokens_of_text;
  bool tokens_as_ids = false;
  std::vector<core::Token> tokens;
  std::string mistake;  // why it cannot be applied; empty when it can
};
PromptScratch begin_prompt(const AppState& state);
PanelFate draw_prompt_panel(const PanelFrame& f, PromptScratch& scratch);

// Numbers between commas or white space; a usage error names the first that is none.
core::Result<std::vector<core::Token>> parse_token_ids(std::string_view text, int vocabulary);
// How many rows of the run's cache this prompt could go on with.
int rows_to_reuse(const core::Run& run, const std::vector<core::Token>& prompt);

}  // namespace kv::app
