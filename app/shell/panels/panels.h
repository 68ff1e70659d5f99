// The panel that is open, one at most, with what is being typed in it.
#pragma once

#include <variant>

#include "app/logic/keymap.h"
#include "app/shell/panels/model_panel.h"
#include "app/shell/panels/picture_panel.h"
#include "app/shell/panels/prompt_panel.h"
#include "app/shell/panels/sampling_panel.h"
#include "app/shell/panels/scenario_panel.h"
#include "app/shell/panels/sessions_panel.h"

namespace kv::app {

class Panels {
 public:
  bool open() const { return !std::holds_alternative<std::monostate>(panel_); }
  // Opens what the command asks for; false when it asks for no panel.
  bool show(ShellCommand command, const AppState& state);
  void close() { panel_ = std::monostate{}; }
  // Enter was pressed: the next frame's panel is told.
  void press_enter() { enter_ = true; }
  // Within an ImGui frame; actions and requests are appended to.
  void draw(const AppState& state, const scene::Palette& colors, const gl::Fonts& fonts,
            scene::Vec2 window, std::vector<Action>& actions, std::vector<Request>& requests);
  // Text whose characters the fonts will need.
  std::string text_shown() const;

 private:
  struct SettingsOpen {};
  std::variant<std::monostate, PromptScratch, ModelScratch, SamplingScratch, SettingsOpen,
               SessionsScratch, PictureScratch, ScenarioScratch>
      panel_;
  bool first_ = false, enter_ = false;
};

}  // namespace kv::app
