#include "app/shell/map_cells.h"

#include <cmath>

namespace kv::app {
namespace {

using scene::Color;
using scene::Look;
using scene::Pattern;
using scene::Scale;

// Where a value lies on the scale: 0 to 1, or -1 to 1 when it diverges.
float share_of(const scene::Map& map, float value) {
  if (map.scale == Scale::diverging)
    return std::clamp(value / std::max(map.high, 1e-30F), -1.0F, 1.0F);
  return std::clamp((value - map.low) / std::max(map.high - map.low, 1e-30F), 0.0F, 1.0F);
}

}  // namespace

CellLook look_of(const scene::Map& map, int row, int column, scene::Theme theme,
                 const scene::Palette& colors) {
  const float share = share_of(map, map.grid->at(row, column));
  const Color plain = scene::scale_color(map.scale, share, theme);
  const bool hidden = map.diagonal && column > row + *map.diagonal;
  if (hidden || map.look == Look::masked)
    return {mix(colors.masked, plain, 0.06F), Pattern::diagonal,
            mix(plain, colors.masked_line, 0.8F)};
  switch (map.look) {
    case Look::again:
      return {plain, Pattern::hatch, colors.again.with_alpha(0.75F)};
    case Look::cached: {
      const Color middle = scene::scale_color(map.scale, 0, theme);
      const Color grey = mix(middle, colors.cached, 0.2F + 0.8F * std::abs(share));
      return {mix(grey, plain, 0.18F), Pattern::none, {}};
    }
    case Look::faded:
      return {mix(plain, colors.panel, 0.6F), Pattern::none, {}};
    case Look::plain:
    case Look::masked:
      break;
  }
  return {plain, Pattern::none, {}};
}

}  // namespace kv::app
