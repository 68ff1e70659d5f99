#include "viz/gl/read_pixels.h"

#include "viz/gl/gl_api.h"

namespace kv::gl {

Image read_pixels(Pixels size) {
  Image image{size.width, size.height, {}};
  const auto line = static_cast<std::ptrdiff_t>(4) * size.width;
  image.rgba.resize(static_cast<std::size_t>(line) * static_cast<std::size_t>(size.height));
  glPixelStorei(GL_PACK_ALIGNMENT, 4);
  glPixelStorei(GL_PACK_ROW_LENGTH, 0);
  glReadPixels(0, 0, size.width, size.height, GL_RGBA, GL_UNSIGNED_BYTE, image.rgba.data());
  // OpenGL counts rows from the bottom.
  auto top = image.rgba.begin(), bottom = image.rgba.end();
  for (int y = 0; y < size.height / 2; ++y) {
    bottom -= line;
    std::swap_ranges(top, top + line, bottom);
    top += line;
  }
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba[i] = 255;
  return image;
}

}  // namespace kv::gl
