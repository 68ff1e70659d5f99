#include "viz/gl/pattern_tiles.h"

#include "viz/gl/gl_api.h"
#include "viz/scene/map_style.h"

namespace kv::gl {
namespace {

PatternTiles::Tile make_tile(scene::Pattern pattern, float pixels_per_unit) {
  const scene::PatternStyle style = scene::in_pixels(pattern, pixels_per_unit);
  PatternTiles::Tile tile{make_texture(), static_cast<int>(style.period)};
  std::vector<std::uint8_t> texels;
  for (int y = 0; y < tile.period; ++y)
    for (int x = 0; x < tile.period; ++x) {
      const float alpha = scene::coverage(pattern, style, x, y);
      texels.insert(texels.end(),
                    {255, 255, 255, static_cast<std::uint8_t>(std::lround(255 * alpha))});
    }
  glBindTexture(GL_TEXTURE_2D, tile.texture.get());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_REPEAT);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_REPEAT);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, tile.period, tile.period, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               texels.data());
  return tile;
}

}  // namespace

void PatternTiles::prepare(float pixels_per_unit) {
  if (pixels_per_unit == scale_) return;
  scale_ = pixels_per_unit;
  for (std::size_t i = 0; i < tiles_.size(); ++i)
    tiles_[i] = make_tile(static_cast<scene::Pattern>(i + 1), pixels_per_unit);
}

}  // namespace kv::gl
