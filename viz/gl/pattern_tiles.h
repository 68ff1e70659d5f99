// The patterns of boxes as small textures that repeat: as cheap as a fill, whatever the box's
// shape.
#pragma once

#include <array>

#include "viz/gl/handles.h"
#include "viz/scene/scene.h"

namespace kv::gl {

class PatternTiles {
 public:
  // A white tile with the pattern as alpha, to be repeated every `period` pixels.
  struct Tile {
    Texture texture;
    int period = 1;
  };
  // Makes them anew when the scale has changed. Needs a current context.
  void prepare(float pixels_per_unit);
  const Tile& of(scene::Pattern pattern) const {
    return tiles_[static_cast<std::size_t>(pattern) - 1];
  }

 private:
  std::array<Tile, 3> tiles_;  // hatch, diagonal, dots
  float scale_ = 0;
};

}  // namespace kv::gl
