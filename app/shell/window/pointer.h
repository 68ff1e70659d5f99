// The mouse over a picture, as actions.
#pragma once

#include <vector>

#include "app/logic/action.h"
#include "app/shell/window/input.h"
#include "viz/scene/scene.h"

namespace kv::app {

class Pointer {
 public:
  // `scene` is what was drawn last, `pixels_per_unit` its scale.
  std::vector<Action> follow(const Mouse& mouse, const scene::Scene& scene, float pixels_per_unit,
                             const scene::ViewState& view);
  bool dragging() const { return dragging_ || penning_ || held_.kind != scene::PartKind::none; }
  // What lies over the picture took the mouse.
  void let_go() { dragging_ = penning_ = false, held_ = {}; }

 private:
  bool dragging_ = false;  // the slider
  scene::PartId held_;     // a scale, a chart or a control under the button
  bool penning_ = false;
  scene::Vec2 last_{-1, -1};
};

}  // namespace kv::app
