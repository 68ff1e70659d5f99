// OpenGL without a display: EGL on the surfaceless platform or a device, always into a framebuffer
// of our own.
#pragma once

#include <memory>

#include "core/base/error.h"
#include "viz/gl/gui.h"
#include "viz/gl/image.h"

namespace kv::gl {

// Keeps its context for many pictures, current on the calling thread. At most one at a time.
class Offscreen {
 public:
  // A machine error, in one line, where there is no usable OpenGL.
  static core::Result<std::unique_ptr<Offscreen>> create(const std::string& shader_folder);
  ~Offscreen();

  // Metrics for composing at this scale; good for ever, of the characters known by now.
  core::Result<scene::FontMetrics> metrics(float pixels_per_unit);

  // One picture, of any size up to OpenGL's limit. Text whose characters were not known before is
  // measured anew by compose(): it is called again when the fonts had to grow.
  core::Result<Image> draw(Pixels size, float pixels_per_unit, const scene::Palette& colors,
                           const Compose& compose);

  Gui& gui();

 private:
  struct Parts;
  explicit Offscreen(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace kv::gl
