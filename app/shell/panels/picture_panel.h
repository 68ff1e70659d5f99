// Where the picture is to be saved.
#pragma once

#include "app/shell/panels/panel_frame.h"

namespace kv::app {

struct PictureScratch {
  std::string path;
};
PictureScratch begin_picture();
PanelFate draw_picture_panel(const PanelFrame& f, PictureScratch& scratch);

bool is_picture_path(std::string_view path);  // .png or .svg

}  // namespace kv::app
