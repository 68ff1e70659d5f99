// Draws scene::Map primitives as rectangles of baked textures, with patterns over them.
#pragma once

#include "viz/gl/map_baker.h"
#include "viz/gl/pattern_tiles.h"
#include "viz/scene/scene.h"

struct ImDrawList;

namespace kv::gl {

// `map` with its rectangle and gap in whole pixels.
void paint_map(const scene::Map& map, scene::Theme theme, const scene::Palette& colors,
               MapBaker& baker, const PatternTiles& tiles, ImDrawList& list);

}  // namespace kv::gl
