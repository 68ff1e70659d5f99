// All keys, by group.
#pragma once

#include "viz/scene/views/frame.h"

namespace kv::scene {

void draw_help_overlay(Frame& f, const Rect& window);

}  // namespace kv::scene
