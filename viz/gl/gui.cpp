#include "viz/gl/gui.h"

#include <fmt/format.h>
#include <imgui.h>
#include <imgui/backends/imgui_impl_opengl3.h>

#include "viz/gl/gl_api.h"
#include "viz/gl/imgui_versions.h"
#include "viz/gl/scene_painter.h"

namespace kv::gl {

using core::Error;
using core::ErrorKind;
using core::Result;
using core::Status;

struct Gui::Parts {
  ImGuiContext* context = nullptr;
  bool backend = false;
  Fonts fonts;
  bool fonts_stale = true;
  Texture letters;
  Corners corners;
  std::unique_ptr<MapBaker> maps;
  std::optional<ScenePainter> painter;
  Canvas canvas;  // of picture()

  ~Parts() {
    ImGuiContext* const other = ImGui::GetCurrentContext();
    ImGui::SetCurrentContext(context);
    if (backend) ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext(context);
    ImGui::SetCurrentContext(other == context ? nullptr : other);
  }
  Status upload_letters(ImFontAtlas& atlas);
};

// One byte a texel, a quarter of what the backend itself would upload.
Status Gui::Parts::upload_letters(ImFontAtlas& atlas) {
  unsigned char* texels = nullptr;
  int width = 0, height = 0, most = 0;
  atlas.GetTexDataAsAlpha8(&texels, &width, &height);
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
  if (width > most || height > most)
    return Error{ErrorKind::machine,
                 fmt::format("OpenGL: found textures up to {0}x{0}, the letters need {1}x{2}", most,
                             width, height)};
  letters = make_texture();
  glBindTexture(GL_TEXTURE_2D, letters.get());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  const GLint white_with_alpha[] = {GL_ONE, GL_ONE, GL_ONE, GL_RED};
  glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, white_with_alpha);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, width, height, 0, GL_RED, GL_UNSIGNED_BYTE, texels);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  atlas.SetTexID(texture_id(letters.get()));
  atlas.ClearTexData();
  return {};
}

Gui::Gui(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Gui::~Gui() = default;

Result<std::unique_ptr<Gui>> Gui::create(const std::string& shader_folder) {
  GLint major = 0, minor = 0;
  glGetIntegerv(GL_MAJOR_VERSION, &major);
  glGetIntegerv(GL_MINOR_VERSION, &minor);
  if (major * 10 + minor < 33)
    return Error{ErrorKind::machine,
                 fmt::format("OpenGL: found {}.{}, expected 3.3 or newer", major, minor)};
  auto parts = std::make_unique<Parts>();
  IMGUI_CHECKVERSION();
  parts->context = ImGui::CreateContext();
  ImGui::SetCurrentContext(parts->context);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  parts->backend = ImGui_ImplOpenGL3_Init("#version 330 core");
  // The backend's own texture of letters is of no use to us.
  if (!parts->backend || !ImGui_ImplOpenGL3_CreateDeviceObjects())
    return Error{ErrorKind::machine, "OpenGL: ImGui's shaders could not be set up"};
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  auto maps = MapBaker::create(shader_folder);
  if (!maps) return maps.error();
  parts->maps = *std::move(maps);
  parts->painter.emplace(parts->fonts, parts->corners, *parts->maps);
  return std::unique_ptr<Gui>(new Gui(std::move(parts)));
}

Status Gui::prepare(float pixels_per_unit) {
  Parts& p = *parts_;
  ImGui::SetCurrentContext(p.context);
  if (p.fonts_stale || p.fonts.pixels_per_unit() != pixels_per_unit) {
    ImGuiIO& io = ImGui::GetIO();
    io.Fonts->Clear();
    p.corners.reserve(*io.Fonts);
    if (auto error = p.fonts.build(*io.Fonts, pixels_per_unit)) return error;
    if (auto error = p.upload_letters(*io.Fonts)) return error;
    p.corners.attach(*io.Fonts, p.letters.get());
    io.FontDefault = p.fonts.get(scene::Font::body);
    p.fonts_stale = false;
  }
  ImGui_ImplOpenGL3_NewFrame();
  return {};
}

bool Gui::need(std::string_view text) {
  const bool more = parts_->fonts.need(text);
  parts_->fonts_stale |= more;
  return more;
}

bool Gui::need(const scene::Scene& scene) {
  bool more = false;
  for (const scene::Primitive& item : scene.items)
    if (const auto* text = std::get_if<scene::Text>(&item)) more |= need(text->text);
  return more;
}

Result<scene::Scene> Gui::settle(float pixels_per_unit, const Compose& compose) {
  if (auto error = prepare(pixels_per_unit)) return *error;
  scene::Scene scene = compose(metrics());
  // Text that is cut to fit shows other letters once they have their true widths.
  for (int round = 0; round < 3 && need(scene); ++round) {
    if (auto error = prepare(pixels_per_unit)) return *error;
    scene = compose(metrics());
  }
  return scene;
}

void Gui::begin(std::optional<Pixels> size, float dt_seconds) {
  ImGui::SetCurrentContext(parts_->context);
  ImGuiIO& io = ImGui::GetIO();
  if (size) {
    io.DisplaySize = {static_cast<float>(size->width), static_cast<float>(size->height)};
    io.DeltaTime = std::max(dt_seconds, 1e-4F);
  } else {
    io.DisplaySize.x *= io.DisplayFramebufferScale.x;
    io.DisplaySize.y *= io.DisplayFramebufferScale.y;
  }
  io.DisplayFramebufferScale = {1, 1};
  parts_->painter->begin_frame();
  ImGui::NewFrame();
}

void Gui::draw(const scene::Scene& scene, const scene::Palette& colors) {
  parts_->painter->paint(scene, colors, parts_->fonts.pixels_per_unit(),
                         *ImGui::GetBackgroundDrawList());
}

void Gui::end(Pixels size, scene::Color ground) {
  ImGui::SetCurrentContext(parts_->context);
  ImGui::Render();
  glViewport(0, 0, size.width, size.height);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(static_cast<float>(ground.r) / 255, static_cast<float>(ground.g) / 255,
               static_cast<float>(ground.b) / 255, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  parts_->maps->end_frame();
}

Result<Image> Gui::picture(Pixels size, float pixels_per_unit, const scene::Palette& colors,
                           const Compose& compose) {
  Canvas& canvas = parts_->canvas;
  if (auto error = canvas.resize(size)) return *error;
  const auto scene = settle(pixels_per_unit, compose);
  if (!scene) return scene.error();
  GLint bound = 0;
  glGetIntegerv(GL_FRAMEBUFFER_BINDING, &bound);
  begin(size, 1.0F / 60);
  draw(*scene, colors);
  canvas.bind();
  end(size, scene->ground);
  Image image = canvas.read();
  glBindFramebuffer(GL_FRAMEBUFFER, static_cast<Name>(bound));
  if (const std::string error = take_error(); !error.empty())
    return Error{ErrorKind::internal, error};
  return image;
}

const Fonts& Gui::fonts() const { return parts_->fonts; }
std::size_t Gui::texture_count() const { return parts_->maps->texture_count(); }
std::uint64_t Gui::texture_bytes() const { return parts_->maps->texture_bytes(); }

std::string Gui::take_error() {
  const GLenum error = glGetError();
  if (error == GL_NO_ERROR) return {};
  // Several flags may be up; a lost context would raise them for ever.
  for (int i = 0; i < 16 && glGetError() != GL_NO_ERROR; ++i) {
  }
  return fmt::format("OpenGL error 0x{:04x}", error);
}

}  // namespace kv::gl
