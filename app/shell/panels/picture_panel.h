// Where the picture is to be saved.
#pragma once

#include "app/shell/panels/panel_frame.h"

namespace kv::app {

struct PictureScratch {
  std::string path;
  bool table = false;  // what is shown can be saved as a table too
};
PictureScratch begin_picture(bool table);
PanelFate draw_picture_panel(const PanelFrame& f, PictureScratch& scratch);

// .png or .svg; .csv as well where there is a table.
bool is_picture_path(std::string_view path, bool table);

}  // namespace kv::app
