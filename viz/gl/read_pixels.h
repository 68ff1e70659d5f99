// What has just been drawn, as a picture.
#pragma once

#include "viz/gl/canvas.h"
#include "viz/gl/image.h"

namespace kv::gl {

// Of the framebuffer that is bound for reading; opaque, rows from the top. To be called before a
// window shows it.
Image read_pixels(Pixels size);

}  // namespace kv::gl
