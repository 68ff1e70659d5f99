// A small card that explains the part pointed at.
#pragma once

#include "viz/scene/views/frame.h"

namespace kv::scene {

// Beside view.pointer, inside the window, never on the cell it speaks of.
void draw_tooltip(Frame& f);

}  // namespace kv::scene
