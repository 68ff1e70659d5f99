#include "tests/pixel/sample_scenes.h"

#include <cmath>

namespace kv::test {
namespace {

using scene::Box;
using scene::Color;
using scene::Map;
using scene::Path;
using scene::Rect;
using scene::Scene;
using scene::Text;

Scene empty_scene(scene::Vec2 size, scene::Theme theme) {
  return {.size = size,
          .ground = scene::palette(theme, false).ground,
          .theme = theme,
          .items = {},
          .places = {}};
}

void put_text(Scene& s, float x, float y, std::string text, scene::Font font, Color color) {
  s.items.push_back(Text{{x, y}, std::move(text), font, color});
}

}  // namespace

Scene shapes_scene(scene::Theme theme) {
  Scene s = empty_scene({640, 400}, theme);
  const scene::Palette& p = scene::palette(theme, false);
  float x = 10;
  for (const scene::Pattern pattern : {scene::Pattern::none, scene::Pattern::hatch,
                                       scene::Pattern::diagonal, scene::Pattern::dots}) {
    s.items.push_back(Box{.rect = {x, 10, 90, 60},
                          .fill = p.panel,
                          .line = p.border,
                          .pattern = pattern,
                          .pattern_color = p.again});
    s.items.push_back(Box{.rect = {x, 80, 90, 60},
                          .fill = p.panel,
                          .line = p.accent,
                          .line_width = 2,
                          .radius = 14,
                          .pattern = pattern,
                          .pattern_color = p.masked_line});
    x += 100;
  }
  s.items.push_back(
      Box{.rect = {410, 10, 60, 60}, .fill = p.accent.with_alpha(0.4F), .radius = 30});
  s.items.push_back(Box{.rect = {480.4F, 10.4F, 60, 60}, .line = p.fresh, .line_width = 3});
  for (int i = 0; i < 5; ++i)  // neighbours: no seam, no overlap
    s.items.push_back(Box{.rect = {410 + 13.3F * static_cast<float>(i), 80, 13.3F, 60},
                          .fill = i % 2 ? p.key : p.value.with_alpha(0.7F)});

  Path wave{.points = {}, .color = p.without, .width = 2};
  for (int i = 0; i <= 60; ++i)
    wave.points.push_back(
        {10 + 5 * static_cast<float>(i), 210 + 40 * std::sin(static_cast<float>(i) / 6)});
  s.items.push_back(wave);
  wave.dash = 6, wave.color = p.with;
  for (scene::Vec2& point : wave.points) point.y += 30;
  s.items.push_back(wave);
  s.items.push_back(Path{.points = {{330, 160}, {330, 290}}, .color = p.border, .width = 1});
  s.items.push_back(Path{.points = {{320, 280}, {620, 280}}, .color = p.border, .width = 1});
  s.items.push_back(
      Path{.points = {{320, 160}, {620, 160}}, .color = p.faint, .width = 1, .dash = 4});
  // Filled, wound both ways: the same edges.
  s.items.push_back(
      Path{.points = {{350, 180}, {390, 205}, {350, 230}}, .color = p.text, .filled = true});
  s.items.push_back(
      Path{.points = {{410, 180}, {410, 230}, {450, 205}}, .color = p.text, .filled = true});
  s.items.push_back(Path{
      .points = {{470, 180}, {520, 180}, {495, 230}}, .color = p.good, .width = 3, .closed = true});
  s.items.push_back(Path{.points = {{540, 180}, {610, 180}, {610, 230}, {540, 230}},
                         .color = p.fresh,
                         .width = 1.5F,
                         .closed = true,
                         .dash = 5});

  s.items.push_back(scene::ClipBegin{{20, 310, 300, 70}});
  s.items.push_back(Box{.rect = {0, 300, 200, 200}, .fill = p.query});
  s.items.push_back(scene::ClipBegin{{100, 330, 400, 30}});
  s.items.push_back(Box{.rect = {0, 300, 640, 200}, .fill = p.value});
  s.items.push_back(scene::ClipEnd{});
  s.items.push_back(Box{.rect = {280, 300, 200, 200}, .fill = p.key});
  s.items.push_back(scene::ClipEnd{});
  s.items.push_back(Box{.rect = {340, 320, 280, 60}, .fill = p.raised, .line = p.border});
  return s;
}

Scene text_scene(scene::Theme theme) {
  Scene s = empty_scene({900, 560}, theme);
  const scene::Palette& p = scene::palette(theme, false);
  float y = 10;
  for (int i = 0; i < scene::font_count; ++i) {
    const auto font = static_cast<scene::Font>(i);
    const float line = scene::info_of(font).size;
    s.items.push_back(Box{.rect = {10, y, 880, line}, .fill = p.panel});
    put_text(s, 14, y,
             "Hamburg \u041A\u044D\u0448 \u952E\u503C \uD55C\uAE00 q \u00B7 K\u1D40/\u221A32 "
             "\u2192 1.9\u00D710\u207B\u2076",
             font, p.text);
    y += line + 8;
  }
  y += 6;
  for (const char* text :
       {"KV cache: keys and values of earlier tokens, kept.",
        "\u041A\u044D\u0448 \u043A\u043B\u044E\u0447\u0435\u0439 \u0438 "
        "\u0437\u043D\u0430\u0447\u0435\u043D\u0438\u0439 "
        "\u043F\u0440\u0435\u0436\u043D\u0438\u0445 \u0442\u043E\u043A\u0435\u043D\u043E\u0432.",
        "\u952E\u503C\u7F13\u5B58\uFF1A\u4FDD\u7559\u5148\u524D\u8BCD\u5143\u7684\u952E\u548C\u503C"
        "\u3002",
        "\uC774\uC804 \uD1A0\uD070\uC758 \uD0A4\uC640 \uAC12\uC744 "
        "\uBCF4\uAD00\uD569\uB2C8\uB2E4."}) {
    put_text(s, 14, y, text, scene::Font::body, p.text);
    put_text(s, 480, y, text, scene::Font::small_bold, p.muted);
    y += 26;
  }
  for (const char* number : {"1111111111", "8080808080", "1234567890", "47.6 MFLOP"}) {
    put_text(s, 14, y, number, scene::Font::body_bold, p.key);
    put_text(s, 214, y, number, scene::Font::small, p.value);
    y += 24;
  }
  return s;
}

Scene maps_scene(scene::Theme theme) {
  Scene s = empty_scene({700, 560}, theme);
  const scene::Palette& p = scene::palette(theme, false);
  const auto signed_grid =
      grid_of(12, 16, [](int r, int c) { return std::sin(r * 1.7 + c * 0.9); });
  const auto share_grid =
      grid_of(12, 12, [](int r, int c) { return c > r ? 0.4 : 1.0 / (1 + r - c); });
  const float column = 136;
  for (int look = 0; look < 5; ++look) {
    const float x = 10 + column * static_cast<float>(look);
    Map map{.rect = {x, 10, 128, 96},
            .grid = signed_grid,
            .row0 = 0,
            .row1 = 12,
            .column0 = 0,
            .column1 = 16,
            .scale = scene::Scale::diverging,
            .low = -1,
            .high = 1,
            .look = static_cast<scene::Look>(look)};
    s.items.push_back(map);
    map.rect = {x, 116, 128, 120}, map.gap = 1;
    map.grid = share_grid, map.column1 = 12, map.scale = scene::Scale::sequential, map.low = 0;
    s.items.push_back(map);
    map.rect.y = 246, map.diagonal = 0;
    s.items.push_back(map);
  }
  s.items.push_back(Box{.rect = {10, 380, 680, 170}, .fill = p.panel, .line = p.border});
  const auto ramp = grid_of(1, 256, [](int, int c) { return c / 255.0 * 2 - 1; });
  for (int scale = 0; scale < 3; ++scale) {
    s.items.push_back(Map{.rect = {20, 390 + 20 * static_cast<float>(scale), 512, 16},
                          .grid = ramp,
                          .row0 = 0,
                          .row1 = 1,
                          .column0 = 0,
                          .column1 = 256,
                          .scale = static_cast<scene::Scale>(scale),
                          .low = -1,
                          .high = 1});
  }
  // More cells than pixels, a part of a grid, half there.
  const auto large = grid_of(400, 400, [](int r, int c) { return r == 77 || c == 333 ? 1 : 0; });
  s.items.push_back(Map{.rect = {20, 460, 80, 80},
                        .grid = large,
                        .row0 = 0,
                        .row1 = 400,
                        .column0 = 0,
                        .column1 = 400});
  s.items.push_back(Map{.rect = {120, 460, 120, 80},
                        .grid = share_grid,
                        .row0 = 4,
                        .row1 = 8,
                        .column0 = 2,
                        .column1 = 8,
                        .gap = 2,
                        .diagonal = -2});
  s.items.push_back(Map{.rect = {260, 460, 120, 80},
                        .grid = signed_grid,
                        .row0 = 0,
                        .row1 = 12,
                        .column0 = 0,
                        .column1 = 16,
                        .scale = scene::Scale::diverging,
                        .low = -1,
                        .opacity = 0.4F});
  s.items.push_back(scene::ClipBegin{{400, 470, 100, 40}});
  s.items.push_back(Map{.rect = {390, 460, 120, 80},
                        .grid = share_grid,
                        .row0 = 0,
                        .row1 = 12,
                        .column0 = 0,
                        .column1 = 12,
                        .scale = scene::Scale::heat});
  s.items.push_back(scene::ClipEnd{});
  return s;
}

}  // namespace kv::test
