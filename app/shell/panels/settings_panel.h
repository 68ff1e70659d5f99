// Language, theme, sizes, motion: changed at once, remembered by the shell.
#pragma once

#include "app/shell/panels/panel_frame.h"

namespace kv::app {

PanelFate draw_settings_panel(const PanelFrame& f);

}  // namespace kv::app
