// Where the views of place Explore stand in a window of a given size.
#pragma once

#include "viz/scene/geometry.h"

namespace kv::scene {

struct ExploreLayout {
  Rect header;
  Rect tokens;
  Rect pipeline;     // the operations in order
  Rect heads;        // layer chooser and thumbnails
  Rect without, with;
  Rect lens;         // the newest row, one operation at a time
  Rect chart;
  Rect summary;      // ratio, bytes, agreement
  Rect transport;
  Rect status;
};
ExploreLayout explore_layout(Vec2 size);

}  // namespace kv::scene
