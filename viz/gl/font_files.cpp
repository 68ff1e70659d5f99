#include "viz/gl/font_files.h"

#include <fstream>
#include <sstream>

namespace kv::gl {
namespace {

// The first file that is there is taken.
struct Face {
  std::string FontFiles::*bytes;
  std::array<const char*, 3> paths;
  const char* package;
};
constexpr Face faces[] = {
    {&FontFiles::regular,
     {"/usr/share/fonts/opentype/inter/Inter-Regular.otf",
      "/usr/share/fonts/truetype/inter/Inter-Regular.ttf", nullptr},
     "fonts-inter"},
    {&FontFiles::bold,
     {"/usr/share/fonts/opentype/inter/Inter-SemiBold.otf",
      "/usr/share/fonts/truetype/inter/Inter-SemiBold.ttf", nullptr},
     "fonts-inter"},
    {&FontFiles::mathematics,
     {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", nullptr, nullptr},
     "fonts-dejavu-core"},
    {&FontFiles::mathematics_bold,
     {"/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf", nullptr, nullptr},
     "fonts-dejavu-core"},
    {&FontFiles::east_asian,
     {"/usr/share/fonts-droid-fallback/truetype/DroidSansFallback.ttf",
      "/usr/share/fonts/truetype/droid/DroidSansFallback.ttf",
      "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"},
     "fonts-droid-fallback"},
};

std::string read_first(const Face& face) {
  for (const char* path : face.paths) {
    if (!path) continue;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    if (file && bytes << file.rdbuf()) return bytes.str();
  }
  return {};
}

}  // namespace

core::Result<std::shared_ptr<const FontFiles>> read_font_files() {
  FontFiles files;
  for (const Face& face : faces) {
    files.*face.bytes = read_first(face);
    if ((files.*face.bytes).empty())
      return core::Error{core::ErrorKind::machine, std::string("fonts: found no file of package ") +
                                                       face.package +
                                                       ", expected it to be installed"};
  }
  return std::make_shared<const FontFiles>(std::move(files));
}

}  // namespace kv::gl
