#include "app/shell/studio.h"

#include "app/shell/picture_svg.h"
#include "app/shell/resources.h"
#include "viz/scene/compose.h"

namespace kv::app {
namespace {

scene::Vec2 pixels_of(gl::Pixels size) {
  return {static_cast<float>(size.width), static_cast<float>(size.height)};
}

const scene::Palette& colors_of(const AppState& state) {
  return scene::palette(state.view.theme, state.view.high_contrast);
}

}  // namespace

Studio::Studio(std::unique_ptr<gl::Offscreen> offscreen, gl::Pixels size, float user_scale)
    : offscreen_(std::move(offscreen)),
      size_(size),
      scale_(scene::pixels_per_unit(pixels_of(size), user_scale)) {}

core::Result<std::unique_ptr<Studio>> Studio::open(gl::Pixels size, float user_scale) {
  auto offscreen = gl::Offscreen::create(shader_folder());
  if (!offscreen) return offscreen.error();
  return std::unique_ptr<Studio>(new Studio(*std::move(offscreen), size, user_scale));
}

scene::Scene Studio::compose(const AppState& state, const scene::FontMetrics& metrics) {
  return scene::compose(subject_of(state), state.now.moment, state.view, status_of(state), metrics,
                        pixels_of(size_) * (1 / scale_), grids_);
}

core::Result<gl::Image> Studio::picture(const AppState& state) {
  return offscreen_->draw(size_, scale_, colors_of(state), [&](const scene::FontMetrics& metrics) {
    return compose(state, metrics);
  });
}

core::Result<std::string> Studio::svg(const AppState& state) {
  // The fonts must know every character before anything is measured.
  auto metrics = offscreen_->metrics(scale_);
  if (!metrics) return metrics.error();
  offscreen_->gui().need(compose(state, *metrics));
  metrics = offscreen_->metrics(scale_);
  if (!metrics) return metrics.error();
  return to_svg(compose(state, *metrics), colors_of(state), *metrics);
}

}  // namespace kv::app
