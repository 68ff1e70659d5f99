// Pieces of SVG: numbers, colours, escaped text, embedded bytes.
#pragma once

#include <string>
#include <string_view>

#include "viz/scene/geometry.h"
#include "viz/scene/palette.h"

namespace kv::scene::svg {

// At most two decimals, none that are 0.
std::string number(float value);
// ` x="1" y="2" width="3" height="4"`
std::string place(const Rect& rect);
// ` fill="#rrggbb"`, with ` fill-opacity` where it is not opaque; "none" where it cannot be seen.
std::string paint(std::string_view property, Color color);
// Fit for between tags and within quotes: what XML cannot hold becomes U+FFFD.
std::string escaped(std::string_view text);
std::string base64(std::string_view bytes);

}  // namespace kv::scene::svg
