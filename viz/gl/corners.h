// Quarters of discs and of rings in the letters' texture, so that a rounded box is a few
// rectangles: a software renderer pays for triangles, and ImGui makes hundreds of one box.
#pragma once

#include <map>
#include <optional>

#include "viz/gl/handles.h"

struct ImFontAtlas;

namespace kv::gl {

class Corners {
 public:
  // Asks the atlas for room; to be called between its Clear() and its Build().
  void reserve(ImFontAtlas& atlas);
  // After Build(): the texture that has the atlas's letters. Forgets all corners.
  void attach(const ImFontAtlas& atlas, Name texture);

  // Of an upper left corner: the texture's coordinates of the square of `radius` pixels, u0 and v0
  // at the box's corner. Others are its mirror images.
  struct Tile {
    float u0, v0, u1, v1;
  };
  // `line` is the ring's width in pixels; 0: the whole disc. None where there is no room left.
  std::optional<Tile> find(int radius, int line);

 private:
  std::optional<Tile> draw(int radius, int line);

  int room_ = -1;  // the atlas's name for it
  Name texture_ = 0;
  int left_ = 0, top_ = 0, width_ = 0, height_ = 0;  // of the whole texture: width_, height_
  int next_x_ = 0, next_y_ = 0, shelf_ = 0;
  std::map<std::pair<int, int>, std::optional<Tile>> tiles_;
};

}  // namespace kv::gl
