// Boxes as a few rectangles each, edges on whole pixels.
#pragma once

#include "viz/gl/clears.h"
#include "viz/gl/corners.h"
#include "viz/gl/pattern_tiles.h"
#include "viz/scene/scene.h"

struct ImDrawList;

namespace kv::gl {

struct BoxTools {
  Corners& corners;
  Clears& clears;
  const PatternTiles& tiles;
};

// `box` with its rectangle, radius and line in whole pixels.
void paint_box(const scene::Box& box, const BoxTools& tools, ImDrawList& list);

}  // namespace kv::gl
