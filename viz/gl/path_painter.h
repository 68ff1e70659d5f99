// Lines, dashes and filled shapes as ImGui's antialiased triangles; lines along the axes as sharp
// rectangles.
#pragma once

#include "viz/scene/scene.h"

struct ImDrawList;

namespace kv::gl {

void paint_path(const scene::Path& path, float pixels_per_unit, ImDrawList& list);

}  // namespace kv::gl
