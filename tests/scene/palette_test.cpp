// Colours: readable on every surface, told apart by everybody, and scales that are what they say.
#include "viz/scene/palette.h"

#include <gtest/gtest.h>

#include <array>

namespace kv::scene {
namespace {

struct Variant {
  Theme theme;
  bool high_contrast;
};
constexpr Variant variants[] = {
    {Theme::dark, false}, {Theme::light, false}, {Theme::dark, true}, {Theme::light, true}};

std::string name_of(const Variant& v) {
  return std::string(v.theme == Theme::dark ? "dark" : "light") +
         (v.high_contrast ? ", high contrast" : "");
}

struct Role {
  const char* name;
  Color Palette::*color;
};
constexpr Role written[] = {
    {"text", &Palette::text}, {"muted", &Palette::muted},  {"query", &Palette::query},
    {"key", &Palette::key},   {"value", &Palette::value},  {"without", &Palette::without},
    {"with", &Palette::with}, {"again", &Palette::again},  {"good", &Palette::good},
    {"bad", &Palette::bad},   {"accent", &Palette::accent}};

using Linear = std::array<double, 3>;

Linear linear(Color c) {
  const auto channel = [](std::uint8_t byte) {
    const double x = byte / 255.0;
    return x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
  };
  return {channel(c.r), channel(c.g), channel(c.b)};
}

using Matrix3 = std::array<std::array<double, 3>, 3>;
Linear times(const Matrix3& m, const Linear& v) {
  Linear out{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) out[i] += m[i][j] * v[j];
  return out;
}

// Colour vision without one kind of cone (Machado, Oliveira and Fernandes, 2009, severity 1).
constexpr Matrix3 seeing[] = {{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
                              {{{0.367322, 0.860646, -0.227968},
                                {0.280085, 0.672501, 0.047413},
                                {-0.011820, 0.042940, 0.968881}}},
                              {{{0.152286, 1.052583, -0.204868},
                                {0.114503, 0.786281, 0.099216},
                                {-0.003882, -0.048116, 1.051998}}}};

// Oklab (Ottosson, 2020): distances in it are about what the eye sees.
Linear oklab(const Linear& rgb) {
  constexpr Matrix3 cones = {{{0.4122214708, 0.5363325363, 0.0514459929},
                              {0.2119034982, 0.6806995451, 0.1073969566},
                              {0.0883024619, 0.2817188376, 0.6299787005}}};
  constexpr Matrix3 lab = {{{0.2104542553, 0.7936177850, -0.0040720468},
                            {1.9779984951, -2.4285922050, 0.4505937099},
                            {0.0259040371, 0.7827717662, -0.8086757660}}};
  Linear lms = times(cones, rgb);
  for (double& x : lms) x = std::cbrt(std::max(0.0, x));
  return times(lab, lms);
}

// As the eye that tells them apart worst sees it.
double distance(Color a, Color b) {
  double least = 1e9;
  for (const Matrix3& eye : seeing) {
    Linear x = times(eye, linear(a)), y = times(eye, linear(b));
    for (std::size_t i = 0; i < 3; ++i)
      x[i] = std::clamp(x[i], 0.0, 1.0), y[i] = std::clamp(y[i], 0.0, 1.0);
    const Linear p = oklab(x), q = oklab(y);
    least = std::min(least, std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
  }
  return least;
}

TEST(Palette, ContrastIsThatOfWcag) {
  EXPECT_DOUBLE_EQ(contrast(rgb(0xFFFFFF), rgb(0x000000)), 21);
  EXPECT_DOUBLE_EQ(contrast(rgb(0x777777), rgb(0x777777)), 1);
  EXPECT_NEAR(contrast(rgb(0x777777), rgb(0xFFFFFF)), 4.478, 0.001);
  EXPECT_DOUBLE_EQ(contrast(rgb(0x123456), rgb(0xABCDEF)), contrast(rgb(0xABCDEF), rgb(0x123456)));
}

TEST(Palette, WordsAreReadableOnEverySurface) {
  for (const Variant& v : variants) {
    const Palette& p = palette(v.theme, v.high_contrast);
    const double least = v.high_contrast ? 7.0 : 4.5;
    for (const Role& role : written) {
      SCOPED_TRACE(name_of(v) + ": " + role.name);
      EXPECT_GE(contrast(p.*role.color, p.ground), least);
      EXPECT_GE(contrast(p.*role.color, p.panel), least);
      EXPECT_GE(contrast(p.*role.color, p.raised), 4.5);
    }
    EXPECT_GE(contrast(p.accent_text, p.accent), 4.5) << name_of(v);
    EXPECT_GE(contrast(p.fresh, p.panel), 7) << name_of(v);
  }
}

TEST(Palette, HuesOfMeaningAreToldApartByEverybody) {
  for (const Variant& v : variants) {
    SCOPED_TRACE(name_of(v));
    const Palette& p = palette(v.theme, v.high_contrast);
    EXPECT_GE(distance(p.query, p.key), 0.15);
    EXPECT_GE(distance(p.query, p.value), 0.08);
    EXPECT_GE(distance(p.key, p.value), 0.06);
    EXPECT_GE(distance(p.key, p.again), 0.06);
    EXPECT_GE(distance(p.value, p.again), 0.06);
    EXPECT_GE(distance(p.query, p.again), 0.15);
    EXPECT_GE(distance(p.without, p.with), 0.15);
  }
}

TEST(Palette, HighContrastHasMoreOfIt) {
  for (const Theme theme : {Theme::dark, Theme::light}) {
    const Palette &plain = palette(theme, false), &strong = palette(theme, true);
    for (const Role& role : written)
      EXPECT_GT(contrast(strong.*role.color, strong.panel),
                contrast(plain.*role.color, plain.panel))
          << role.name;
    EXPECT_GE(contrast(strong.border, strong.panel), 3);
  }
}

TEST(Palette, MixesAndFades) {
  EXPECT_EQ(mix(rgb(0x000000), rgb(0xFF8040), 0), rgb(0x000000));
  EXPECT_EQ(mix(rgb(0x000000), rgb(0xFF8040), 1), rgb(0xFF8040));
  EXPECT_EQ(mix(rgb(0x000000), rgb(0xFF8040), 0.5F), rgb(0x804020));
  EXPECT_EQ(rgb(0x102030).with_alpha(0.5F), (Color{0x10, 0x20, 0x30, 128}));
  EXPECT_EQ(rgb(0x102030).with_alpha(0.5F).with_alpha(0.5F).a, 64);
}

TEST(Scales, SequentialIsViridis) {
  // Points of the map as its authors published it.
  const struct {
    float share;
    double r, g, b;
  } points[] = {{0, 0.267004, 0.004874, 0.329415},
                {0.25F, 0.229739, 0.322361, 0.545706},
                {0.5F, 0.127568, 0.566949, 0.550556},
                {0.75F, 0.369214, 0.788888, 0.382914},
                {1, 0.993248, 0.906157, 0.143936}};
  for (const auto& point : points) {
    const Color c = scale_color(Scale::sequential, point.share, Theme::dark);
    EXPECT_NEAR(c.r / 255.0, point.r, 0.012) << point.share;
    EXPECT_NEAR(c.g / 255.0, point.g, 0.012) << point.share;
    EXPECT_NEAR(c.b / 255.0, point.b, 0.012) << point.share;
  }
}

TEST(Scales, SequentialGetsLighterThroughout) {
  double before = 0;
  for (int i = 0; i <= 64; ++i) {
    const Color c = scale_color(Scale::sequential, static_cast<float>(i) / 64, Theme::light);
    const double light = contrast(c, rgb(0x000000));
    EXPECT_GT(light, before) << i;
    before = light;
  }
}

TEST(Scales, EndsAreFarApartInBothThemes) {
  for (const Theme theme : {Theme::dark, Theme::light}) {
    const auto at = [&](Scale scale, float share) { return scale_color(scale, share, theme); };
    EXPECT_GE(contrast(at(Scale::sequential, 0), at(Scale::sequential, 1)), 7);
    EXPECT_GE(contrast(at(Scale::heat, 0), at(Scale::heat, 1)), 3);
    EXPECT_GE(contrast(at(Scale::diverging, 0), at(Scale::diverging, 1)), 3);
    EXPECT_GE(contrast(at(Scale::diverging, 0), at(Scale::diverging, -1)), 3);
    EXPECT_GE(distance(at(Scale::diverging, -1), at(Scale::diverging, 1)), 0.12);
  }
}

TEST(Scales, ClampWhatLiesOutside) {
  for (const Scale scale : {Scale::sequential, Scale::diverging, Scale::heat}) {
    EXPECT_EQ(scale_color(scale, 7, Theme::dark), scale_color(scale, 1, Theme::dark));
    const float low = scale == Scale::diverging ? -1.0F : 0.0F;
    EXPECT_EQ(scale_color(scale, -7, Theme::dark), scale_color(scale, low, Theme::dark));
  }
}

}  // namespace
}  // namespace kv::scene
