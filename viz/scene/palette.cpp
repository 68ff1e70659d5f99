#include "viz/scene/palette.h"

#include <algorithm>
#include <cmath>

namespace kv::scene {
namespace {

constexpr Palette dark{.ground = rgb(0x0D1117),
                       .panel = rgb(0x161B22),
                       .raised = rgb(0x232B36),
                       .border = rgb(0x2D3642),
                       .track = rgb(0x262E39),
                       .text = rgb(0xE6EDF3),
                       .muted = rgb(0x9DA9B7),
                       .faint = rgb(0x55606E),
                       .accent = rgb(0x7590FA),
                       .accent_text = rgb(0x0B1220),
                       .query = rgb(0x56B4E9),
                       .key = rgb(0xF0C24B),
                       .value = rgb(0x36CFA3),
                       .without = rgb(0xF26A44),
                       .with = rgb(0x7590FA),
                       .again = rgb(0xF26A44),
                       .fresh = rgb(0xFFF3B0),
                       .cached = rgb(0x6B7685),
                       .masked = rgb(0x10151C),
                       .masked_line = rgb(0x3A4452),
                       .good = rgb(0x4CC38A),
                       .bad = rgb(0xFF7B7B),
                       .mlp = rgb(0x8A94A3),
                       .output = rgb(0xD9B8F5),
                       .head = rgb(0xB9A58C),
                       .other = rgb(0x5F6977),
                       .shadow = {0, 0, 0, 150}};

constexpr Palette light{.ground = rgb(0xF1F3F6),
                        .panel = rgb(0xFFFFFF),
                        .raised = rgb(0xEBF0F6),
                        .border = rgb(0xD0D7E0),
                        .track = rgb(0xE1E6ED),
                        .text = rgb(0x18202B),
                        .muted = rgb(0x515C6B),
                        .faint = rgb(0xA3ADBA),
                        .accent = rgb(0x2F55C8),
                        .accent_text = rgb(0xFFFFFF),
                        .query = rgb(0x0070B0),
                        .key = rgb(0x8C6500),
                        .value = rgb(0x007A58),
                        .without = rgb(0x9C1C00),
                        .with = rgb(0x2F55C8),
                        .again = rgb(0x9C1C00),
                        .fresh = rgb(0x111111),
                        .cached = rgb(0x8A94A2),
                        .masked = rgb(0xD7DCE3),
                        .masked_line = rgb(0xAEB7C3),
                        .good = rgb(0x0B7A43),
                        .bad = rgb(0xB3261E),
                        .mlp = rgb(0x7B8696),
                        .output = rgb(0x5B2A86),
                        .head = rgb(0x8C7A62),
                        .other = rgb(0xA8B1BD),
                        .shadow = {0, 0, 0, 60}};

constexpr Color towards(Color c, Color end, int percent) {
  const auto channel = [&](int from, int to) {
    return static_cast<std::uint8_t>(from + (to - from) * percent / 100);
  };
  return {channel(c.r, end.r), channel(c.g, end.g), channel(c.b, end.b), c.a};
}

// Black or white grounds, and all that is written upon them moved away from them.
constexpr Palette strong(Palette p, bool is_dark) {
  const Color far = is_dark ? rgb(0xFFFFFF) : rgb(0x000000);
  p.ground = is_dark ? rgb(0x000000) : rgb(0xFFFFFF);
  p.panel = is_dark ? rgb(0x05070A) : rgb(0xFFFFFF);
  p.raised = is_dark ? rgb(0x1A222C) : rgb(0xE6ECF3);
  p.text = far;
  p.muted = is_dark ? rgb(0xD5DEE8) : rgb(0x2A323C);
  p.border = is_dark ? rgb(0x7A8796) : rgb(0x5A6572);
  p.faint = is_dark ? rgb(0x8A97A6) : rgb(0x6A7480);
  p.fresh = is_dark ? rgb(0xFFFF66) : rgb(0x000000);
  for (Color* color : {&p.query, &p.key, &p.value, &p.without, &p.with, &p.again, &p.accent,
                       &p.good, &p.bad, &p.output, &p.mlp, &p.head})
    *color = towards(*color, far, is_dark ? 22 : 26);
  return p;
}

constexpr Palette dark_strong = strong(dark, true);
constexpr Palette light_strong = strong(light, false);

float poly(const float (&c)[7], float x) {
  float y = c[6];
  for (int i = 5; i >= 0; --i) y = y * x + c[i];
  return y;
}

std::uint8_t byte_of(float share) {
  return static_cast<std::uint8_t>(std::lround(255 * std::clamp(share, 0.0F, 1.0F)));
}

double linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Color c) {
  return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

}  // namespace

Color Color::with_alpha(float share) const {
  return {r, g, b, byte_of(static_cast<float>(a) / 255 * share)};
}

Color mix(Color a, Color b, float t) {
  const auto channel = [&](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(
        std::lround(static_cast<float>(x) + (static_cast<float>(y) - static_cast<float>(x)) * t));
  };
  return {channel(a.r, b.r), channel(a.g, b.g), channel(a.b, b.b), channel(a.a, b.a)};
}

const Palette& palette(Theme theme, bool high_contrast) {
  if (theme == Theme::dark) return high_contrast ? dark_strong : dark;
  return high_contrast ? light_strong : light;
}

Color scale_color(Scale scale, float share, Theme theme) {
  if (scale == Scale::sequential) {
    const float x = std::clamp(share, 0.0F, 1.0F);
    return {byte_of(poly(viridis_red, x)), byte_of(poly(viridis_green, x)),
            byte_of(poly(viridis_blue, x))};
  }
  const ScaleEnds& ends = scale_ends(scale, theme);
  const float x = std::clamp(share, -1.0F, 1.0F);
  return x < 0 ? mix(ends.middle, ends.low, -x) : mix(ends.middle, ends.high, x);
}

const ScaleEnds& scale_ends(Scale scale, Theme theme) {
  static constexpr ScaleEnds diverging_dark{rgb(0xC77DFF), rgb(0x1F2630), rgb(0x5FE3D0)};
  static constexpr ScaleEnds diverging_light{rgb(0x7B2FBE), rgb(0xEEF1F5), rgb(0x00867A)};
  static constexpr ScaleEnds heat_dark{rgb(0x1F2630), rgb(0x1F2630), rgb(0xF26A44)};
  static constexpr ScaleEnds heat_light{rgb(0xEEF1F5), rgb(0xEEF1F5), rgb(0xB83210)};
  if (scale == Scale::heat) return theme == Theme::dark ? heat_dark : heat_light;
  return theme == Theme::dark ? diverging_dark : diverging_light;
}

double contrast(Color a, Color b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

}  // namespace kv::scene
