// A picture as SVG: the same scene, as shapes.
#pragma once

#include <string>

#include "viz/scene/scene.h"

namespace kv::app {

// Texts are stretched to the widths they were composed with, whatever font the reader has.
std::string to_svg(const scene::Scene& scene, const scene::Palette& colors,
                   const scene::FontMetrics& metrics);

}  // namespace kv::app
