#include "viz/scene/views/layout.h"

namespace kv::scene {

ExploreLayout explore_layout(const Rect& area, bool bare) {
  constexpr float gap = 10;
  ExploreLayout l;
  Rect rest = area.inset(14, 0);
  rest.take_top(gap);
  if (bare) {
    rest.take_bottom(gap);
  } else {
    l.status = rest.take_bottom(28);
    l.transport = rest.take_bottom(46, gap);
  }
  // The picture of both sides gets what is left, the row below it its share within bounds; where
  // there is little, all of it.
  constexpr float least = 640;
  Rect below;
  if (area.h >= least)
    below = rest.take_bottom(std::clamp(area.h * 0.25F, 226.0F, 290.0F), gap);
  else
    rest.take_bottom(0, gap);
  l.tokens = rest.take_top(54, gap);
  l.pipeline = rest.take_top(34, gap);
  l.heads = rest.take_left(std::clamp(area.w * 0.07F, 104.0F, 136.0F), gap);
  l.without = rest.take_left((rest.w - gap) / 2, gap);
  l.with = rest;
  if (below.h <= 0) return l;
  l.summary = below.take_right(std::clamp(area.w * 0.225F, 312.0F, 430.0F), gap);
  l.lens = below.take_left((below.w - gap) * 0.52F, gap);
  l.chart = below;
  return l;
}

}  // namespace kv::scene
