#include <algorithm>
#include <iterator>

#include "viz/scene/views/control_rows.h"
#include "viz/scene/views/lab.h"

namespace kv::scene {
namespace {

constexpr float side = 12, edge = 8;  // between the pane's border and its rows

float total_height(const Frame& f, const std::vector<ControlView>& controls,
                   const ControlStyle& style, float width) {
  float height = -style.gap;
  for (const ControlView& control : controls)
    height += control_height(f, control, style, width) + style.gap;
  return height;
}

// The roomiest style in which everything fits; the last one takes what it gets.
const ControlStyle& style_for(const Frame& f, const std::vector<ControlView>& controls, Vec2 room) {
  for (const ControlStyle& style : control_styles) {
    const bool words = std::ranges::all_of(controls, [&](const ControlView& control) {
      return control_width(f, control, style) <= room.x;
    });
    if (words && total_height(f, controls, style, room.x) <= room.y) return style;
  }
  return *(std::end(control_styles) - 1);
}

}  // namespace

void draw_controls(Frame& f, const Rect& area) {
  put_panel(f, area);
  if (!f.status.lab || f.status.lab->controls.empty()) return;
  const auto& controls = f.status.lab->controls;
  Rect rest = area.inset(side, edge);
  const ControlStyle& style = style_for(f, controls, {rest.w, rest.h});
  // Where there is room to spare, the rows breathe.
  const float spare = rest.h - total_height(f, controls, style, rest.w);
  const float more = std::clamp(spare / static_cast<float>(controls.size()), 0.0F, 6.0F);
  for (const ControlView& control : controls)
    draw_control(f, control, style,
                 rest.take_top(control_height(f, control, style, rest.w), style.gap + more));
}

}  // namespace kv::scene
