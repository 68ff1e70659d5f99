// A card over the dimmed window.
#pragma once

#include "viz/scene/views/frame.h"

namespace kv::scene {

// Draws it with its title and returns the room within. The whole window swallows the pointer.
Rect put_overlay(Frame& f, const Rect& window, Vec2 size, std::string_view title);

}  // namespace kv::scene
