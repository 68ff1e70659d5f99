// What happened at the window since the last frame, as a plain value.
#pragma once

#include <string>
#include <vector>

#include "app/logic/keymap.h"
#include "viz/scene/geometry.h"

namespace kv::app {

struct Input {
  std::vector<Key> keys;  // pressed or repeating, in order
  scene::Vec2 pointer;    // pixels
  bool pointer_inside = false;
  bool pressed = false;  // the left button went down
  bool down = false;     // it is down
  bool released = false;
  float wheel = 0;                   // notches; up is positive
  std::vector<std::string> dropped;  // paths
  bool exposed = false;              // the window's content, size or state needs another drawing
  bool anything = false;             // any event at all
};

}  // namespace kv::app
