// The renderer as a machine: its objects, its limits, and what it does with senseless scenes.
#include <gtest/gtest.h>

#include "tests/pixel/pictures.h"
#include "tests/pixel/sample_scenes.h"
#include "viz/gl/handles.h"

namespace kv::test {
namespace {

using core::ErrorKind;
using scene::Theme;

gl::Image draw(gl::Pixels size, float scale, const scene::Scene& scene) {
  auto image = offscreen().draw(size, scale, scene::palette(scene.theme, false),
                                [&](const scene::FontMetrics&) { return scene; });
  EXPECT_TRUE(image) << (image ? "" : image.error().message);
  return image ? *std::move(image) : gl::Image{};
}

TEST(Renderer, ObjectsStayAsMany) {
  const auto frame = [](int i) {
    scene::Scene s = maps_scene(i % 2 ? Theme::dark : Theme::light);
    const auto fresh = grid_of(8, 8, [&](int r, int c) { return (r * 8 + c + i) % 64 / 63.0; });
    s.items.push_back(
        scene::Map{.rect = {560, 400, 80, 80}, .grid = fresh, .row1 = 8, .column1 = 8});
    const float scale = i % 50 < 25 ? 1 : 1.25F;  // which makes the fonts anew
    draw({700, 560}, scale, s);
  };
  for (int i = 0; i < 25; ++i) frame(i);
  const int objects = gl::count_objects();
  const std::size_t textures = offscreen().gui().texture_count();
  EXPECT_GT(objects, 10);
  EXPECT_GT(textures, 5U);
  for (int i = 25; i < 225; ++i) frame(i);
  EXPECT_LE(gl::count_objects(), objects);
  EXPECT_LE(offscreen().gui().texture_count(), textures);
}

TEST(Renderer, TexturesOfWhatIsNoLongerDrawnGo) {
  draw_scene(maps_scene(Theme::dark));
  EXPECT_GT(offscreen().gui().texture_bytes(), 0U);
  for (int i = 0; i < 12; ++i) draw_scene(shapes_scene(Theme::dark));
  EXPECT_EQ(offscreen().gui().texture_count(), 0U);
  EXPECT_EQ(offscreen().gui().texture_bytes(), 0U);
}

TEST(Renderer, TheSameSceneIsTheSamePicture) {
  const scene::Scene s = text_scene(Theme::light);
  const gl::Image first = draw_scene(s);
  draw_scene(maps_scene(Theme::dark), 1.5F);
  EXPECT_EQ(first, draw_scene(s));
}

TEST(Renderer, SizesFromOnePixelOn) {
  const scene::Scene s = shapes_scene(Theme::dark);
  for (const gl::Pixels size : {gl::Pixels{1, 1}, {3, 700}, {4096, 2}, {1023, 577}}) {
    const gl::Image image = draw(size, 1, s);
    EXPECT_EQ(image.width, size.width);
    EXPECT_EQ(image.height, size.height);
    EXPECT_EQ(image.rgba.size(), static_cast<std::size_t>(4 * size.width * size.height));
  }
}

TEST(Renderer, SizesThatCannotBeAreUsageErrors) {
  for (const gl::Pixels size : {gl::Pixels{0, 10}, {10, 0}, {-1, 10}, {1 << 20, 10}}) {
    const auto image = offscreen().draw(size, 1, scene::palette(Theme::dark, false),
                                        [](const scene::FontMetrics&) { return scene::Scene{}; });
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().kind, ErrorKind::usage);
    EXPECT_EQ(image.error().message.find('\n'), std::string::npos);
  }
  draw({64, 64}, 1, shapes_scene(Theme::dark));  // and it goes on
}

TEST(Renderer, MissingShadersAreAnInputError) {
  offscreen();
  const auto gui = gl::Gui::create("/nowhere");
  ASSERT_FALSE(gui);
  EXPECT_EQ(gui.error().kind, ErrorKind::input);
  EXPECT_NE(gui.error().message.find("/nowhere/map.vert"), std::string::npos);
  draw({64, 64}, 1, maps_scene(Theme::dark));
}

TEST(Renderer, ASecondGuiInTheSameContextDrawsTheSame) {
  const scene::Scene s = text_scene(Theme::dark);
  const gl::Image expected = draw({900, 560}, 1, s);
  auto second = gl::Gui::create(std::string(KVSCOPE_SOURCE_DIR) + "/shaders");
  ASSERT_TRUE(second) << second.error().message;
  const auto image = (*second)->picture({900, 560}, 1, scene::palette(Theme::dark, false),
                                        [&](const scene::FontMetrics&) { return s; });
  ASSERT_TRUE(image) << image.error().message;
  EXPECT_EQ(*image, expected);
  *second = nullptr;
  EXPECT_EQ(draw({900, 560}, 1, s), expected);
}

TEST(Renderer, SenselessPrimitivesDrawNothing) {
  scene::Scene s{
      .size = {50, 50}, .ground = {1, 2, 3}, .theme = Theme::dark, .items = {}, .places = {}};
  const gl::Image empty = draw_scene(s);
  const auto grid = grid_of(3, 3, [](int, int) { return 1; });
  auto torn = std::make_shared<scene::Grid>(*grid);
  torn->cells.pop_back();
  const scene::Color red{255, 0, 0};
  s.items = {
      scene::ClipEnd{},
      scene::Box{.rect = {10, 10, 0, 20}, .fill = red, .line = red},
      scene::Box{.rect = {10, 10, 20, -5}, .fill = red},
      scene::Path{.points = {}, .color = red},
      scene::Path{.points = {{3, 3}}, .color = red},
      scene::Text{{0, 0}, "", scene::Font::body, red},
      scene::Map{.rect = {0, 0, 20, 20}, .grid = nullptr, .row1 = 3, .column1 = 3},
      scene::Map{.rect = {0, 0, 20, 20}, .grid = grid, .row0 = 2, .row1 = 2, .column1 = 3},
      scene::Map{.rect = {0, 0, 20, 20}, .grid = grid, .row1 = 4, .column1 = 3},
      scene::Map{.rect = {0, 0, 20, 20}, .grid = grid, .row0 = -1, .row1 = 2, .column1 = 3},
      scene::Map{.rect = {0, 0, 20, 20}, .grid = torn, .row1 = 3, .column1 = 3},
      scene::Map{.rect = {0, 0, 0, 20}, .grid = grid, .row1 = 3, .column1 = 3},
      scene::Map{.rect = {0, 0, 20, 20}, .grid = grid, .row1 = 3, .column1 = 3, .opacity = 0},
      scene::ClipBegin{{60, 60, 10, 10}},  // outside, and never ended
      scene::Box{.rect = {0, 0, 50, 50}, .fill = red},
      scene::Box{.rect = {0, 0, 50, 50}, .fill = red.with_alpha(0.5F), .radius = 9},
      scene::Map{.rect = {0, 0, 20, 20}, .grid = grid, .row1 = 3, .column1 = 3},
  };
  EXPECT_EQ(draw_scene(s), empty);
}

TEST(Renderer, ManyVerticesAreNotTooMany) {
  scene::Scene s{
      .size = {400, 400}, .ground = {0, 0, 0}, .theme = Theme::dark, .items = {}, .places = {}};
  for (int i = 0; i < 40000; ++i)  // more than 16 bits can count
    s.items.push_back(
        scene::Box{.rect = {static_cast<float>(i % 200) * 2, static_cast<float>(i / 200) * 2, 1, 1},
                   .fill = {255, 255, 255}});
  const gl::Image image = draw_scene(s);
  const std::size_t last = 4 * (398U * 400U + 398U);
  EXPECT_EQ(image.rgba[last], 255);
  EXPECT_EQ(image.rgba[last + 4], 0);
}

TEST(Png, GoesThereAndBack) {
  const gl::Image image = draw_scene(shapes_scene(Theme::dark));
  const std::string bytes = gl::encode_png(image);
  EXPECT_EQ(bytes, gl::encode_png(image));
  const auto back = gl::decode_png(bytes, "picture");
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(*back, image);
}

TEST(Png, WhatIsNoneIsAnInputError) {
  for (const std::string& bytes : {std::string(), std::string("no picture"),
                                   gl::encode_png({1, 1, {1, 2, 3, 4}}).substr(0, 40)}) {
    const auto image = gl::decode_png(bytes, "it.png");
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().kind, ErrorKind::input);
    EXPECT_NE(image.error().message.find("it.png"), std::string::npos);
  }
}

}  // namespace
}  // namespace kv::test
