// A scene as SVG: the same shapes, to be enlarged without end.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "viz/scene/scene.h"

namespace kv::scene {

// Bytes of a PNG picture of that size; rows from the top, 4 bytes a pixel.
using EncodePng =
    std::function<std::string(int width, int height, std::span<const std::uint8_t> rgba)>;

// Maps of more cells become pictures within the picture, a pixel a cell.
inline constexpr int most_svg_cells = 4096;

// Texts are stretched to the widths they were composed with, whatever font the reader has.
std::string to_svg(const Scene& scene, const Palette& colors, const FontMetrics& metrics,
                   const EncodePng& encode_png);

}  // namespace kv::scene
