// Pictures of pages that come out of a printer in their true size: A4.
#pragma once

#include <string>

namespace kv::app {

// A PNG that says how large a pixel is; what is no PNG stays as it is.
std::string with_resolution(std::string png, int pixels_per_inch);

// An SVG of to_svg()'s whose width and height are those of A4 in millimetres.
std::string with_a4_size(std::string svg);

}  // namespace kv::app
