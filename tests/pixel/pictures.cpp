#include "tests/pixel/pictures.h"

#include <GL/gl.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace kv::test {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void write(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

std::unique_ptr<gl::Offscreen> create_offscreen() {
  // Pictures are compared to what Mesa's software renderer draws, also where there is a GPU.
  setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
  auto made = gl::Offscreen::create(std::string(KVSCOPE_SOURCE_DIR) + "/shaders");
  if (made) return *std::move(made);
  ADD_FAILURE() << made.error().message;
  std::exit(1);
}

// What makes pictures differ that are both right: other fonts, other versions of Mesa (and of
// FreeType with it). FNV-1a over the fonts' bytes.
std::string made_with() {
  offscreen();
  const auto files = gl::read_font_files();
  if (!files) return files.error().message;
  std::uint64_t hash = 1469598103934665603ULL;
  for (const std::string* bytes : {&(*files)->regular, &(*files)->bold, &(*files)->mathematics,
                                   &(*files)->mathematics_bold, &(*files)->east_asian})
    for (const char byte : *bytes)
      hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  std::ostringstream out;
  out << "OpenGL " << reinterpret_cast<const char*>(glGetString(GL_VERSION)) << "\nfonts "
      << std::hex << hash << "\n";
  return out.str();
}

int worst_channel(const gl::Image& a, const gl::Image& b, std::size_t pixel) {
  int worst = 0;
  for (std::size_t i = 4 * pixel; i < 4 * pixel + 4; ++i)
    worst = std::max(worst, std::abs(int{a.rgba[i]} - int{b.rgba[i]}));
  return worst;
}

// What differs in red over the picture found in grey.
gl::Image marked(const gl::Image& expected, gl::Image found) {
  for (std::size_t i = 0; 4 * i < found.rgba.size(); ++i) {
    std::uint8_t* const p = &found.rgba[4 * i];
    const auto grey = static_cast<std::uint8_t>((p[0] + p[1] + p[2]) / 6);
    const bool off = worst_channel(expected, found, i) > 3;
    p[0] = off ? 255 : grey, p[1] = p[2] = off ? 0 : grey;
  }
  return found;
}

}  // namespace

gl::Offscreen& offscreen() {
  static const std::unique_ptr<gl::Offscreen> one = create_offscreen();
  return *one;
}

gl::Image draw_scene(const scene::Scene& scene, float pixels_per_unit) {
  const gl::Pixels size{static_cast<int>(scene.size.x * pixels_per_unit),
                        static_cast<int>(scene.size.y * pixels_per_unit)};
  auto image = offscreen().draw(size, pixels_per_unit, scene::palette(scene.theme, false),
                                [&](const scene::FontMetrics&) { return scene; });
  if (image) return *std::move(image);
  ADD_FAILURE() << image.error().message;
  return {};
}

std::optional<std::string> difference(const gl::Image& expected, const gl::Image& found) {
  constexpr int one_pixel = 10, neighbours = 3;
  std::ostringstream out;
  if (expected.width != found.width || expected.height != found.height) {
    out << "expected " << expected.width << "x" << expected.height << ", found " << found.width
        << "x" << found.height;
    return out.str();
  }
  const auto width = static_cast<std::size_t>(found.width);
  const auto height = static_cast<std::size_t>(found.height);
  std::vector<int> off(width * height);
  for (std::size_t i = 0; i < off.size(); ++i) off[i] = worst_channel(expected, found, i);
  for (std::size_t y = 0; y < height; ++y)
    for (std::size_t x = 0; x < width; ++x) {
      const int* const here = &off[y * width + x];
      const bool block = x + 1 < width && y + 1 < height && here[0] > neighbours &&
                         here[1] > neighbours && here[width] > neighbours &&
                         here[width + 1] > neighbours;
      if (!block && *here <= one_pixel) continue;
      out << "pixel " << x << "," << y << " differs by " << *here << " of 255";
      return out.str();
    }
  return {};
}

void expect_picture(const std::string& name, const gl::Image& found) {
  const fs::path goldens = fs::path(KVSCOPE_SOURCE_DIR) / "tests/pixel/golden";
  const fs::path at = goldens / (name + ".png"), platform = goldens / "made_with.txt";
  static const std::string here = made_with();
  const char* const approve = std::getenv("KVSCOPE_APPROVE");
  if (approve && std::string(approve) == "1") {
    if (read(platform) != here) write(platform, here);
    return write(at, gl::encode_png(found));
  }
  if (read(platform) != here)
    GTEST_SKIP() << "the pictures were approved with\n"
                 << read(platform) << "and cannot be compared with what is here:\n"
                 << here;
  ASSERT_TRUE(fs::exists(at)) << name
                              << " is missing; look at the picture and run tests/approve.sh";
  const auto expected = gl::decode_png(read(at), at.string());
  ASSERT_TRUE(expected) << expected.error().message;
  const auto differs = difference(*expected, found);
  if (!differs) return;
  const fs::path folder = fs::path(testing::TempDir()) / "kvscope_pictures" / name;
  write(folder / "found.png", gl::encode_png(found));
  if (expected->width == found.width && expected->height == found.height)
    write(folder / "difference.png", gl::encode_png(marked(*expected, found)));
  ADD_FAILURE() << name << ": " << *differs << "; see " << folder.string();
}

}  // namespace kv::test
