// What happened at the window since the last frame, as a plain value.
#pragma once

#include <string>
#include <vector>

#include "app/logic/keymap.h"
#include "viz/scene/geometry.h"

namespace kv::app {

// The mouse at one time.
struct Mouse {
  scene::Vec2 at;  // pixels
  bool inside = false;
  bool pressed = false;  // the left button went down just now
  bool released = false;
  bool down = false;  // it is down
  float wheel = 0;    // notches since the time before; up is positive
  bool only_moves() const { return !pressed && !released && wheel == 0; }
};

struct Input {
  std::vector<Key> keys;  // pressed or repeating, in order
  // A time for every press and release, where it happened, and for where the pointer came to rest:
  // a slow frame must not take a click for one at the place where the pointer is by now.
  std::vector<Mouse> mouse;
  // On the way from one place to another only the last one matters.
  void add(const Mouse& now) {
    anything = true;
    if (!mouse.empty() && mouse.back().only_moves() && now.only_moves()) mouse.pop_back();
    mouse.push_back(now);
  }
  std::vector<std::string> dropped;  // paths
  bool exposed = false;              // the window's content, size or state needs another drawing
  bool anything = false;             // any event at all
};

}  // namespace kv::app
