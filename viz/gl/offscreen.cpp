#include "viz/gl/offscreen.h"

#include "viz/gl/egl_context.h"

namespace kv::gl {

using core::Error;
using core::ErrorKind;
using core::Result;

struct Offscreen::Parts {
  std::unique_ptr<EglContext> context;
  std::unique_ptr<Gui> gui;  // goes first
  ~Parts() {
    if (context) context->make_current();
  }
};

Offscreen::Offscreen(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Offscreen::~Offscreen() = default;

Result<std::unique_ptr<Offscreen>> Offscreen::create(const std::string& shader_folder) {
  auto parts = std::make_unique<Parts>();
  parts->context = EglContext::open();
  if (!parts->context)
    return Error{ErrorKind::machine,
                 "OpenGL: EGL offers no context of version 3.3 without a display; is "
                 "libgl1-mesa-dri installed?"};
  auto gui = Gui::create(shader_folder);
  if (!gui) return gui.error();
  parts->gui = *std::move(gui);
  return std::unique_ptr<Offscreen>(new Offscreen(std::move(parts)));
}

Gui& Offscreen::gui() { return *parts_->gui; }

Result<scene::FontMetrics> Offscreen::metrics(float pixels_per_unit) {
  parts_->context->make_current();
  if (auto error = parts_->gui->prepare(pixels_per_unit)) return *error;
  return parts_->gui->metrics();
}

Result<Image> Offscreen::draw(Pixels size, float pixels_per_unit, const scene::Palette& colors,
                              const Compose& compose) {
  if (!parts_->context->make_current())
    return Error{ErrorKind::machine, "OpenGL: the context without a display is lost"};
  return parts_->gui->picture(size, pixels_per_unit, colors, compose);
}

}  // namespace kv::gl
