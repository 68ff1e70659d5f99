// What colours, patterns and looks mean.
#pragma once

#include "viz/scene/views/frame.h"

namespace kv::scene {

void draw_legend_overlay(Frame& f, const Rect& window);

}  // namespace kv::scene
