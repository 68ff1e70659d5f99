// Turns the cells of maps into textures of colours, once for as long as they do not change: what is
// drawn in a frame are plain textured rectangles, which cost a software renderer a tenth of a
// shader that colours every pixel anew.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "viz/gl/canvas.h"
#include "viz/gl/handles.h"
#include "viz/scene/scene.h"

namespace kv::gl {

class MapBaker {
 public:
  // Needs a current context. The shader is map.vert and map.frag of that folder.
  static core::Result<std::unique_ptr<MapBaker>> create(const std::string& shader_folder);

  // Where a map's range lies: the texture, its whole size, and the first texel of the range, whose
  // first row comes first.
  struct Picture {
    Name texture = 0;
    Pixels size;
    int column = 0, row = 0;
  };
  // `texels` is how many the range is to have: its rows and columns, or fewer where several cells
  // share one. The framebuffer that is bound stays bound; the viewport does not stay. No texture
  // for a map that has nothing to show.
  Picture bake(const scene::Map& map, Pixels texels, scene::Theme theme,
               const scene::Palette& colors);

  // Textures not asked for since a few calls of this are given back.
  void end_frame();
  std::size_t texture_count() const { return grids_.size() + baked_.size(); }
  std::uint64_t texture_bytes() const;

 private:
  // All that a picture of cells depends on.
  struct Key {
    std::shared_ptr<const scene::Grid> grid;
    int row0, row1, column0, column1;
    scene::Scale scale;
    float low, high;
    scene::Look look;
    std::optional<int> diagonal;
    Pixels texels;
    scene::Theme theme;
    std::array<scene::Color, 3> colors;  // panel, cached, masked
    bool operator==(const Key&) const = default;
  };
  struct GridTexture {
    std::shared_ptr<const scene::Grid> grid;
    Texture texture;
    int unused = 0;
  };
  struct Baked {
    Key key;
    Texture texture;
    int unused = 0;
  };
  // Where a program's uniforms are.
  struct Places {
    int texels, range, bounds, scale, look, summary, masking, diagonal, low_color, middle_color,
        high_color, panel, cached, masked;
  };
  struct Shading {
    Program program;
    Places at;
  };

  MapBaker(Program exact, Program summarised);
  static Shading set_up(Program program);
  Name texture_of(const std::shared_ptr<const scene::Grid>& grid);
  Name find_or_render(Key key);
  Texture render(const Key& key);
  static void set_uniforms(const Places& at, const Key& key);

  Shading exact_, summarised_;
  VertexArray vertices_;
  Framebuffer framebuffer_;
  int most_texels_ = 0;
  std::vector<GridTexture> grids_;
  std::vector<Baked> baked_;
};

}  // namespace kv::gl
