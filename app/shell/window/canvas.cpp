#include "app/shell/window/canvas.h"

#include <imgui.h>
#include <imgui/backends/imgui_impl_glfw.h>

#include "app/shell/panels/panel_kit.h"
#include "app/shell/resources.h"
#include "viz/gl/read_pixels.h"
#include "viz/scene/compose.h"

namespace kv::app {

using core::Result;
using core::Status;

Canvas::Canvas(Window& window, std::unique_ptr<gl::Gui> gui)
    : window_(window), gui_(std::move(gui)) {}

Canvas::~Canvas() { ImGui_ImplGlfw_Shutdown(); }

Result<std::unique_ptr<Canvas>> Canvas::create(Window& window) {
  auto gui = gl::Gui::create(shader_folder());
  if (!gui) return gui.error();
  // It calls the window's own callbacks first: both hear of every event.
  ImGui_ImplGlfw_InitForOpenGL(window.handle(), true);
  ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  return std::unique_ptr<Canvas>(new Canvas(window, *std::move(gui)));
}

Status Canvas::compose(const AppState& state, gl::Pixels size) {
  const scene::Vec2 units{static_cast<float>(size.width) / scale_,
                          static_cast<float>(size.height) / scale_};
  const auto glyphs = [&] { return gui_->font(scene::Font::body)->Glyphs.Size; };
  const auto composed = [&] {
    return scene::compose(subject_of(state), state.now.moment, state.view, status_of(state),
                          gui_->metrics(), units, grids_);
  };
  if (auto error = gui_->prepare(scale_)) return error;
  scene_ = composed();
  gui_->need(scene_);
  const int known = glyphs();
  if (auto error = gui_->prepare(scale_)) return error;
  // New characters have come into the fonts: now their widths are known.
  if (glyphs() != known) scene_ = composed();
  return {};
}

Status Canvas::render(const AppState& state, float user_scale, Panels* panels,
                      std::vector<Action>& actions, std::vector<Request>& requests) {
  const gl::Pixels size = window_.size();
  const scene::Vec2 pixels{static_cast<float>(size.width), static_cast<float>(size.height)};
  scale_ =
      scene::pixels_per_unit(pixels, static_cast<float>(state.settings.font_scale) * user_scale);
  if (panels) gui_->need(panels->text_shown());
  if (auto error = compose(state, size)) return error;
  const scene::Palette& colors = scene::palette(state.view.theme, state.view.high_contrast);
  style_panels(colors, scale_);
  ImGui_ImplGlfw_NewFrame();
  gui_->begin(std::nullopt, 0);
  gui_->draw(scene_, colors);
  if (panels && panels->open())
    panels->draw(state, colors, gui_->fonts(), pixels, actions, requests);
  gui_->end(size, scene_.ground);
  if (complaint_.empty()) complaint_ = gl::Gui::take_error();
  return {};
}

Status Canvas::draw(const AppState& state, float user_scale, Panels& panels,
                    std::vector<Action>& actions, std::vector<Request>& requests) {
  if (auto error = render(state, user_scale, &panels, actions, requests)) return error;
  window_.show_frame();
  return {};
}

Result<gl::Image> Canvas::picture(const AppState& state, float user_scale) {
  std::vector<Action> no_actions;
  std::vector<Request> no_requests;
  if (auto error = render(state, user_scale, nullptr, no_actions, no_requests)) return *error;
  return gl::read_pixels(window_.size());
}

bool Canvas::typing() const { return ImGui::GetIO().WantTextInput; }

}  // namespace kv::app
