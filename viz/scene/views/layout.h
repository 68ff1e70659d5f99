// Where the views of both sides stand in the room there is for them.
#pragma once

#include "viz/scene/geometry.h"

namespace kv::scene {

struct ExploreLayout {
  Rect tokens;
  Rect pipeline;     // the operations in order
  Rect heads;        // layer chooser and thumbnails
  Rect without, with;
  // Empty where the room is low:
  Rect lens;         // the newest row, one operation at a time
  Rect chart;
  Rect summary;      // ratio, bytes, agreement
  Rect transport;
  Rect status;
};
// `bare`: without what is for whoever steps alone (transport, status).
ExploreLayout explore_layout(const Rect& area, bool bare);

}  // namespace kv::scene
