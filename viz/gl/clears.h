// Opaque rectangles filled by clearing them: a third of the cost of shading their pixels where
// rendering is software, and most of a window is such rectangles.
#pragma once

#include <deque>

#include "viz/scene/geometry.h"
#include "viz/scene/palette.h"

struct ImDrawList;

namespace kv::gl {

class Clears {
 public:
  void begin_frame() { jobs_.clear(); }
  // The draw list refers to this object until it has been rendered. `rect` is in whole pixels.
  void add(const scene::Rect& rect, scene::Color color, ImDrawList& list);

  struct Job {
    scene::Rect rect;
    scene::Color color;
    float target_height;
  };

 private:
  std::deque<Job> jobs_;  // of this frame; addresses stay
};

}  // namespace kv::gl
