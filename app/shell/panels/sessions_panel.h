// Sessions: those kept, one by its path, and keeping this one.
#pragma once

#include "app/shell/panels/panel_frame.h"

namespace kv::app {

struct SessionsScratch {
  std::vector<std::string> kept;
  std::string open_path, save_path;
};
SessionsScratch begin_sessions();
PanelFate draw_sessions_panel(const PanelFrame& f, SessionsScratch& scratch);

}  // namespace kv::app
