// "1920x1080".
#pragma once

#include <string_view>

#include "core/base/error.h"
#include "viz/gl/gui.h"

namespace kv::app {

// A usage error unless both sides are 64 to 16384.
core::Result<gl::Pixels> parse_picture_size(std::string_view text);

}  // namespace kv::app
