// The pinned cell, computed before one's eyes: the dot product pair by pair.
#pragma once

#include "viz/scene/views/frame.h"

namespace kv::scene {

// Fills the lens while view.pinned holds a cell of attention, K or V.
void draw_pinned(Frame& f, Rect area);

}  // namespace kv::scene
