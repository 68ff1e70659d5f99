// One frame of the window: the composed picture, and the open panel over it.
#pragma once

#include <memory>
#include <utility>

#include "app/logic/state.h"
#include "app/shell/panels/panels.h"
#include "app/shell/window/window.h"
#include "viz/gl/gui.h"
#include "viz/gl/image.h"
#include "viz/scene/grid.h"

namespace kv::app {

class Canvas {
 public:
  static core::Result<std::unique_ptr<Canvas>> create(Window& window);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  // Draws and shows; what the panel asks for is appended. `user_scale` multiplies the setting.
  core::Status draw(const AppState& state, float user_scale, Panels& panels,
                    std::vector<Action>& actions, std::vector<Request>& requests);
  // The picture drawn last, without any panel.
  core::Result<gl::Image> picture(const AppState& state, float user_scale);

  const scene::Scene& scene() const { return scene_; }
  // The scale follows the window's size in pixels, so dense screens need nothing of their own.
  float pixels_per_unit() const { return scale_; }
  // The first OpenGL error since the last call, in words; empty when there was none.
  std::string take_complaint() { return std::exchange(complaint_, {}); }
  scene::FontMetrics metrics() const { return gui_->metrics(); }
  // For pictures other than the window's; its fonts are prepared anew for the next frame.
  gl::Gui& gui() { return *gui_; }
  bool typing() const;  // a text field has the keyboard

 private:
  Canvas(Window& window, std::unique_ptr<gl::Gui> gui);
  core::Status compose(const AppState& state, gl::Pixels size);
  core::Status render(const AppState& state, float user_scale, Panels* panels,
                      std::vector<Action>& actions, std::vector<Request>& requests);

  Window& window_;
  std::unique_ptr<gl::Gui> gui_;
  scene::GridStore grids_;
  scene::Scene scene_;
  float scale_ = 1;
  std::string complaint_;
};

}  // namespace kv::app
