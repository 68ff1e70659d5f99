#include <gtest/gtest.h>

#include "tests/pixel/pictures.h"
#include "tests/pixel/sample_scenes.h"

namespace kv::test {
namespace {

using scene::Theme;

TEST(PictureGolden, ShapesDark) {
  expect_picture("shapes_dark", draw_scene(shapes_scene(Theme::dark)));
}
TEST(PictureGolden, ShapesLight) {
  expect_picture("shapes_light", draw_scene(shapes_scene(Theme::light)));
}
TEST(PictureGolden, ShapesLarger) {
  expect_picture("shapes_150", draw_scene(shapes_scene(Theme::dark), 1.5F));
}
TEST(PictureGolden, ShapesSmaller) {
  expect_picture("shapes_074", draw_scene(shapes_scene(Theme::dark), 0.74F));
}
TEST(PictureGolden, TextDark) { expect_picture("text_dark", draw_scene(text_scene(Theme::dark))); }
TEST(PictureGolden, TextLight) {
  expect_picture("text_light", draw_scene(text_scene(Theme::light)));
}
TEST(PictureGolden, TextTwice) {
  expect_picture("text_200", draw_scene(text_scene(Theme::dark), 2));
}
TEST(PictureGolden, MapsDark) { expect_picture("maps_dark", draw_scene(maps_scene(Theme::dark))); }
TEST(PictureGolden, MapsLight) {
  expect_picture("maps_light", draw_scene(maps_scene(Theme::light)));
}
TEST(PictureGolden, MapsSmaller) {
  expect_picture("maps_074", draw_scene(maps_scene(Theme::dark), 0.74F));
}

}  // namespace
}  // namespace kv::test
