// Pictures of a state without a window.
#pragma once

#include <memory>
#include <string>

#include "app/logic/state.h"
#include "viz/gl/offscreen.h"
#include "viz/scene/grid.h"

namespace kv::app {

class Studio {
 public:
  // `user_scale` as Ctrl + and - change it. A machine error where OpenGL is missing.
  static core::Result<std::unique_ptr<Studio>> open(gl::Pixels size, float user_scale);

  core::Result<gl::Image> picture(const AppState& state);
  core::Result<std::string> svg(const AppState& state);

 private:
  Studio(std::unique_ptr<gl::Offscreen> offscreen, gl::Pixels size, float user_scale);
  scene::Scene compose(const AppState& state, const scene::FontMetrics& metrics);

  std::unique_ptr<gl::Offscreen> offscreen_;
  gl::Pixels size_;
  float scale_;
  scene::GridStore grids_;
};

}  // namespace kv::app
