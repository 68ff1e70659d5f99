#include "viz/scene/map_style.h"

#include <cmath>

namespace kv::scene {

PatternStyle in_pixels(Pattern pattern, float pixels_per_unit) {
  const PatternStyle units = style_of(pattern);
  const float least = pattern == Pattern::dots ? 5 : 4;
  return {std::max(least, std::round(units.period * pixels_per_unit)),
          std::max(1.0F, pattern == Pattern::dots ? std::round(units.line * pixels_per_unit)
                                                  : units.line * pixels_per_unit)};
}

float coverage(Pattern pattern, const PatternStyle& pixels, int x, int y) {
  const int period = static_cast<int>(pixels.period);
  const auto into = [&](int along) { return ((along % period) + period) % period; };
  if (pattern == Pattern::none) return 0;
  if (pattern == Pattern::dots) {
    const int begin = period / 2, end = begin + static_cast<int>(pixels.line);
    const auto on = [&](int place) { return place >= begin && place < end; };
    return on(into(x)) && on(into(y)) ? 1 : 0;
  }
  const int across = into(pattern == Pattern::hatch ? x + y : x - y);
  const float away = static_cast<float>(std::min(across, period - across)) * 0.70711F;
  return std::clamp(pixels.line / 2 + 0.5F - away, 0.0F, 1.0F);
}

Pattern pattern_of(Look look) {
  if (look == Look::again) return Pattern::hatch;
  return look == Look::masked ? Pattern::diagonal : Pattern::none;
}

Color line_color(Look look, const Palette& colors) {
  return look == Look::again ? colors.again : colors.masked_line;
}

float line_share(Look look) {
  return look == Look::again ? look_style.again_line : look_style.masked_line;
}

float share_of(float value, const Map& map) {
  constexpr float least = 1e-30F;
  if (std::isnan(value)) return 0;
  if (map.scale == Scale::diverging)
    return std::clamp(value / std::max(map.high, least), -1.0F, 1.0F);
  return std::clamp((value - map.low) / std::max(map.high - map.low, least), 0.0F, 1.0F);
}

Color cell_color(float value, const Map& map, Look look, Theme theme, const Palette& colors) {
  const float share = share_of(value, map);
  const Color plain = scale_color(map.scale, share, theme);
  switch (look) {
    case Look::masked:
      return mix(colors.masked, plain, look_style.masked_value);
    case Look::faded:
      return mix(plain, colors.panel, look_style.faded_panel);
    case Look::cached: {
      const float least = look_style.cached_least;
      const Color grey = mix(scale_ends(map.scale, theme).middle, colors.cached,
                             least + (1 - least) * std::fabs(share));
      return mix(grey, plain, look_style.cached_value);
    }
    case Look::plain:
    case Look::again:
      break;
  }
  return plain;
}

}  // namespace kv::scene
