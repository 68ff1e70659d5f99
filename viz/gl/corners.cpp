#include "viz/gl/corners.h"

#include <imgui.h>

#include "viz/gl/gl_api.h"

namespace kv::gl {
namespace {

constexpr int room_width = 256, room_height = 160, most_radius = 64;

// How much of a pixel lies inside the circle around the square's lower right corner.
float inside(float radius, float distance) {
  return std::clamp(radius - distance + 0.5F, 0.0F, 1.0F);
}

std::vector<std::uint8_t> coverage(int radius, int line) {
  std::vector<std::uint8_t> texels;
  const auto r = static_cast<float>(radius);
  for (int y = 0; y < radius; ++y)
    for (int x = 0; x < radius; ++x) {
      const float dx = r - static_cast<float>(x) - 0.5F, dy = r - static_cast<float>(y) - 0.5F;
      const float distance = std::sqrt(dx * dx + dy * dy);
      const float hole =
          line > 0 && line < radius ? inside(r - static_cast<float>(line), distance) : 0;
      texels.push_back(static_cast<std::uint8_t>(std::lround(255 * (inside(r, distance) - hole))));
    }
  return texels;
}

}  // namespace

void Corners::reserve(ImFontAtlas& atlas) {
  room_ = atlas.AddCustomRectRegular(room_width, room_height);
}

void Corners::attach(const ImFontAtlas& atlas, Name texture) {
  const ImFontAtlasCustomRect& room = atlas.CustomRects[room_];
  left_ = room.X, top_ = room.Y;
  width_ = atlas.TexWidth, height_ = atlas.TexHeight;
  texture_ = texture;
  next_x_ = next_y_ = shelf_ = 0;
  tiles_.clear();
}

std::optional<Corners::Tile> Corners::find(int radius, int line) {
  const auto [at, is_new] = tiles_.try_emplace({radius, line});
  if (is_new) at->second = draw(radius, line);
  return at->second;
}

// In rows from the top, a texel apart, so that smoothing mixes no two.
std::optional<Corners::Tile> Corners::draw(int radius, int line) {
  if (radius < 1 || radius > most_radius) return {};
  if (next_x_ + radius + 1 > room_width) next_x_ = 0, next_y_ += shelf_, shelf_ = 0;
  if (next_y_ + radius + 1 > room_height) return {};
  const int x = left_ + next_x_, y = top_ + next_y_;
  next_x_ += radius + 1;
  shelf_ = std::max(shelf_, radius + 1);
  const std::vector<std::uint8_t> texels = coverage(radius, line);
  glBindTexture(GL_TEXTURE_2D, texture_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glTexSubImage2D(GL_TEXTURE_2D, 0, x, y, radius, radius, GL_RED, GL_UNSIGNED_BYTE, texels.data());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  const auto u = [&](int at) { return static_cast<float>(at) / static_cast<float>(width_); };
  const auto v = [&](int at) { return static_cast<float>(at) / static_cast<float>(height_); };
  return Tile{u(x), v(y), u(x + radius), v(y + radius)};
}

}  // namespace kv::gl
