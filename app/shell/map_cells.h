// The colours of a map's cells, as the window's shader gives them, for pictures without OpenGL.
#pragma once

#include "viz/scene/scene.h"

namespace kv::app {

struct CellLook {
  scene::Color color;
  scene::Pattern pattern = scene::Pattern::none;
  scene::Color pattern_color;
};
// `row` and `column` count in the map's grid.
CellLook look_of(const scene::Map& map, int row, int column, scene::Theme theme,
                 const scene::Palette& colors);

}  // namespace kv::app
