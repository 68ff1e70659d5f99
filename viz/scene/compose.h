// The whole window's picture, from what it is of, where it stands and how it is looked at.
#pragma once

#include "viz/scene/scene.h"
#include "viz/scene/subject.h"
#include "viz/scene/timeline.h"
#include "viz/scene/view.h"

namespace kv::scene {

// Pure but for `grids`, which only remembers. Any size at least smallest_size is laid out without
// overlap or cut-off; smaller ones are laid out as smallest_size and cropped.
Scene compose(const Subject& subject, const Moment& moment, const ViewState& view,
              const StatusView& status, const FontMetrics& metrics, Vec2 size, GridStore& grids);

inline constexpr Vec2 smallest_size{1300, 900};

// Pixels per unit for a window of that many pixels: 1 at 1920x1080, and never so large that less
// than smallest_size fits, whatever the user's scale (1: as designed) asks for.
float pixels_per_unit(Vec2 pixels, float user_scale);

}  // namespace kv::scene
