// A framebuffer of our own to draw pictures into, and to read them back from.
#pragma once

#include "core/base/error.h"
#include "viz/gl/handles.h"
#include "viz/gl/image.h"

namespace kv::gl {

struct Pixels {
  int width = 0, height = 0;
  bool operator==(const Pixels&) const = default;
};

class Canvas {
 public:
  // A usage error for a size that OpenGL cannot have here.
  core::Status resize(Pixels size);
  void bind() const;
  // Opaque, rows from the top.
  Image read() const;
  Pixels size() const { return size_; }

 private:
  Framebuffer framebuffer_;
  Texture picture_;
  Pixels size_;
};

}  // namespace kv::gl
