#include "viz/gl/canvas.h"

#include <fmt/format.h>

#include "viz/gl/gl_api.h"
#include "viz/gl/read_pixels.h"

namespace kv::gl {

using core::Error;
using core::ErrorKind;

core::Status Canvas::resize(Pixels size) {
  if (size == size_ && framebuffer_) return {};
  GLint most = 0, most_viewport[2] = {0, 0};
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
  glGetIntegerv(GL_MAX_VIEWPORT_DIMS, most_viewport);
  const int widest = std::min(most, most_viewport[0]), highest = std::min(most, most_viewport[1]);
  if (size.width < 1 || size.height < 1 || size.width > widest || size.height > highest)
    return Error{ErrorKind::usage, fmt::format("size: found {}x{}, expected 1x1 to {}x{} here",
                                               size.width, size.height, widest, highest)};
  Texture picture = make_texture();
  glBindTexture(GL_TEXTURE_2D, picture.get());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  // Bytes in the order of a window's: Mesa's software renderer has a short way for such a target, on
  // which boxes cost half, and takes an order of bytes only from a format without a size.
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, size.width, size.height, 0, GL_BGRA,
               GL_UNSIGNED_INT_8_8_8_8_REV, nullptr);
  Framebuffer framebuffer = make_framebuffer();
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer.get());
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, picture.get(), 0);
  const bool complete = glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  if (!complete || glGetError() == GL_OUT_OF_MEMORY)
    return Error{ErrorKind::machine, fmt::format("OpenGL: no memory for a picture of {}x{} pixels",
                                                 size.width, size.height)};
  picture_ = std::move(picture);
  framebuffer_ = std::move(framebuffer);
  size_ = size;
  return {};
}

void Canvas::bind() const { glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.get()); }

Image Canvas::read() const {
  bind();
  return read_pixels(size_);
}

}  // namespace kv::gl
