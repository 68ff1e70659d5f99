#include "app/shell/window/pointer.h"

#include <algorithm>
#include <cmath>

namespace kv::app {
namespace {

using scene::PartKind;

const scene::Place* slider_of(const scene::Scene& scene) {
  const auto found = std::ranges::find_if(
      scene.places, [](const scene::Place& place) { return place.part.kind == PartKind::slider; });
  return found == scene.places.end() ? nullptr : &*found;
}

// Where along the slider a point is, beyond its ends as well.
float share_at(const scene::Rect& slider, float x) {
  return slider.w > 0 ? std::clamp((x - slider.x) / slider.w, 0.0F, 1.0F) : 0;
}

bool is_held(PartKind kind) {
  return kind == PartKind::answer_scale || kind == PartKind::stage_chart ||
         kind == PartKind::lab_chart || kind == PartKind::control_slider;
}

// The same control's place on its scale that is nearest to the pointer, wherever that is.
scene::PartId along(const scene::Scene& scene, scene::PartId control, scene::Vec2 at) {
  for (const scene::Place& place : scene.places)
    if (place.part.kind == control.kind && place.row0 == control.a) {
      control.b = static_cast<int>(
          std::lround(share_at(place.rect, at.x) * static_cast<float>(place.columns - 1)));
      return control;
    }
  return {};
}

}  // namespace

std::vector<Action> Pointer::follow(const Mouse& mouse, const scene::Scene& scene,
                                    float pixels_per_unit, const scene::ViewState& view) {
  std::vector<Action> actions;
  const scene::Vec2 at = mouse.at * (1 / pixels_per_unit);
  const scene::PartId part = mouse.inside ? scene::hit_test(scene, at) : scene::PartId{};
  const bool moved = at != last_;
  last_ = at;
  // A tooltip follows the pointer, and so does the spotlight; over nothing, nothing changes.
  const bool follows = moved && (part.kind != PartKind::none || view.pointing || view.drawing);
  // A pointer that lies still says nothing: keys have put its tooltip away.
  if ((part != view.hover && (moved || mouse.pressed)) || follows)
    actions.emplace_back(act::Hover{part, at});

  const scene::Place* slider = slider_of(scene);
  if (mouse.pressed && part.kind == PartKind::slider) dragging_ = true;
  if (dragging_ && slider && (mouse.pressed || moved))
    actions.emplace_back(act::Scrub{share_at(slider->rect, at.x)});
  if (!mouse.down) dragging_ = false;
  if (view.drawing) {
    // The pen takes the mouse for itself.
    if (mouse.pressed) penning_ = true;
    if (penning_ && (mouse.pressed || moved)) actions.emplace_back(act::Stroke{at, mouse.pressed});
    if (!mouse.down) penning_ = false;
    return actions;
  }
  if (mouse.pressed && part.kind != PartKind::none && part.kind != PartKind::slider)
    actions.emplace_back(act::Click{part});
  if (mouse.pressed && is_held(part.kind)) held_ = part;
  // A control keeps the pointer that leaves its row; of a chart the place itself matters.
  scene::PartId held = part;
  if (held_.kind == PartKind::control_slider) held = along(scene, held_, at);
  if (held_.kind != PartKind::none && held.kind == held_.kind && (mouse.pressed || moved))
    actions.emplace_back(act::Drag{held});
  if (!mouse.down) held_ = {};
  if (mouse.wheel != 0 && part.kind != PartKind::none)
    actions.emplace_back(act::Wheel{part, mouse.wheel});
  return actions;
}

}  // namespace kv::app
