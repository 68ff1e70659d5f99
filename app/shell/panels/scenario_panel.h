// The laboratory's scenario as a line of text: edited, pasted, taken away.
#pragma once

#include "app/shell/panels/panel_frame.h"

namespace kv::app {

struct ScenarioScratch {
  std::string text;
  std::string checked;  // what `mistake` is about
  std::string mistake;  // why it cannot be taken; empty where it can
};
ScenarioScratch begin_scenario(const AppState& state);
PanelFate draw_scenario_panel(const PanelFrame& f, ScenarioScratch& scratch);

}  // namespace kv::app
