// A picture of its own: a step's measured time against its length.
#pragma once

#include "core/bench/execute.h"
#include "viz/scene/language.h"
#include "viz/scene/palette.h"
#include "viz/scene/scene.h"

namespace kv::scene {

inline constexpr Vec2 times_sheet_size{1280, 720};
Scene times_sheet(const core::Execution& execution, Theme theme, Language language,
                  const FontMetrics& metrics);

}  // namespace kv::scene
