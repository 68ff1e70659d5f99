// Puts a scene into an ImGui draw list, as rectangles and triangles with textures.
#pragma once

#include "viz/gl/clears.h"
#include "viz/gl/corners.h"
#include "viz/gl/fonts.h"
#include "viz/gl/map_baker.h"
#include "viz/gl/pattern_tiles.h"
#include "viz/scene/scene.h"

struct ImDrawList;

namespace kv::gl {

class ScenePainter {
 public:
  ScenePainter(const Fonts& fonts, Corners& corners, MapBaker& maps)
      : fonts_(fonts), corners_(corners), maps_(maps) {}

  // To be called before every frame.
  void begin_frame() { clears_.begin_frame(); }
  // The draw list refers to this painter and its parts until it has been rendered.
  void paint(const scene::Scene& scene, const scene::Palette& colors, float pixels_per_unit,
             ImDrawList& list);

 private:
  const Fonts& fonts_;
  Corners& corners_;
  MapBaker& maps_;
  PatternTiles tiles_;
  Clears clears_;
};

}  // namespace kv::gl
