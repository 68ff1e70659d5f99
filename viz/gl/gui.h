// ImGui, its OpenGL backend, the fonts and the scene's painter, set up together: for a window and
// for pictures without one.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "viz/gl/canvas.h"
#include "viz/gl/fonts.h"
#include "viz/scene/scene.h"

namespace kv::gl {

using Compose = std::function<scene::Scene(const scene::FontMetrics&)>;

class Gui {
 public:
  // Needs an OpenGL 3.3 context that is current whenever the Gui is used or destroyed. Each Gui has
  // an ImGui context of its own and makes it the current one.
  static core::Result<std::unique_ptr<Gui>> create(const std::string& shader_folder);
  ~Gui();

  // A frame: prepare(), compose with metrics(), need(scene) and once more from the beginning where
  // it says so, [the window's own backend], begin(), draw(scene), [panels], end(). settle() is all
  // up to the scene in one.
  // prepare() builds the fonts anew when the scale changed or new characters came up.
  core::Status prepare(float pixels_per_unit);
  // Takes the characters of texts that will be drawn or typed; true when there are new ones, so
  // that prepare() must be called before they are measured or drawn.
  bool need(std::string_view text);
  bool need(const scene::Scene& scene);
  core::Result<scene::Scene> settle(float pixels_per_unit, const Compose& compose);

  // Everything is in pixels of the framebuffer. Without a size, the one that the window's backend
  // has set, with its time; `dt_seconds` is for ImGui's own blinking cursor.
  void begin(std::optional<Pixels> size, float dt_seconds);
  void draw(const scene::Scene& scene, const scene::Palette& colors);
  // Renders to the framebuffer that is bound now, over a ground of that colour.
  void end(Pixels size, scene::Color ground);

  // A whole frame of a scene alone as a picture, between two frames of a window or without one.
  core::Result<Image> picture(Pixels size, float pixels_per_unit, const scene::Palette& colors,
                              const Compose& compose);

  const Fonts& fonts() const;
  scene::FontMetrics metrics() const { return fonts().metrics(); }
  ImFont* font(scene::Font font) const { return fonts().get(font); }
  // Textures of matrices that are kept at the moment.
  std::size_t texture_count() const;
  std::uint64_t texture_bytes() const;

  // The first OpenGL error since the last call, in words; empty when there was none.
  static std::string take_error();

 private:
  struct Parts;
  explicit Gui(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace kv::gl
