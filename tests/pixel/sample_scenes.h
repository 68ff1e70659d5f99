// Scenes made by hand that between them show everything a renderer must know.
#pragma once

#include "viz/scene/scene.h"

namespace kv::test {

// A grid of values by rule: cell (r, c) is value(r, c).
std::shared_ptr<const scene::Grid> grid_of(int rows, int columns, const auto& value) {
  auto grid = std::make_shared<scene::Grid>();
  grid->rows = rows, grid->columns = columns;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) grid->cells.push_back(static_cast<float>(value(r, c)));
  return grid;
}

// Boxes with every pattern, paths of every kind, clips within clips.
scene::Scene shapes_scene(scene::Theme theme);
// The whole type scale, the four languages, mathematics, digits under each other.
scene::Scene text_scene(scene::Theme theme);
// One matrix in every look and on every scale, with and without gaps, masked above its diagonal.
scene::Scene maps_scene(scene::Theme theme);

}  // namespace kv::test
