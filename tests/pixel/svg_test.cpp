// A scene as SVG: well-formed whatever the texts hold, complete, and the same for the same scene.
#include "viz/scene/svg.h"

#include <gtest/gtest.h>

#include <regex>

#include "tests/pixel/pictures.h"
#include "tests/pixel/sample_scenes.h"
#include "tests/support/golden.h"
#include "viz/scene/svg_text.h"

namespace kv::test {
namespace {

using scene::Theme;

std::string png(int width, int height, std::span<const std::uint8_t> rgba) {
  return gl::encode_png({width, height, {rgba.begin(), rgba.end()}});
}

std::string svg_of(const scene::Scene& s) {
  return scene::to_svg(s, scene::palette(s.theme, false), scene::plain_metrics(), png);
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

// Why it is no well-formed XML of the kind we write; empty when it is.
std::string complaint(const std::string& xml) {
  static const std::regex tag(
      R"re(<(/?)([a-zA-Z]+)((?: [a-zA-Z:-]+="[^"<&]*(?:&[a-z]+;[^"<&]*)*")*)(/?)>)re");
  static const std::regex words(R"((?:[^<>&]|&(?:amp|lt|gt|quot);)*)");
  std::vector<std::string> open;
  const std::string body = std::regex_replace(xml, std::regex(R"(^<\?xml [^?]*\?>\n)"), "");
  auto at = body.cbegin();
  for (std::smatch m; std::regex_search(at, body.cend(), m, tag); at = m[0].second) {
    if (!std::regex_match(at, m[0].first, words)) return "stray text before " + m[0].str();
    if (m[1].length() > 0) {
      if (open.empty() || open.back() != m[2]) return "unexpected " + m[0].str();
      open.pop_back();
    } else if (m[4].length() == 0) {
      open.push_back(m[2]);
    }
  }
  if (!open.empty()) return "never closed: " + open.back();
  return std::regex_match(at, body.cend(), std::regex("\\s*")) ? "" : "stray end";
}

scene::Scene scene_of(scene::Primitive item) {
  return {.size = {100, 50},
          .ground = {1, 2, 3},
          .theme = Theme::dark,
          .items = {std::move(item)},
          .places = {}};
}

TEST(Svg, IsWellFormed) {
  EXPECT_EQ(complaint("<a><b c=\"1\"/></a>"), "");
  for (const char* bad : {"<a><b></a></b>", "<a>", "<a b=\"<\"/>", "<a>&</a>", "<a></a>x"})
    EXPECT_NE(complaint(bad), "") << bad;
  for (const Theme theme : {Theme::dark, Theme::light})
    for (const scene::Scene& s : {shapes_scene(theme), text_scene(theme), maps_scene(theme)})
      EXPECT_EQ(complaint(svg_of(s)), "");
}

TEST(Svg, HoldsAnyText) {
  const std::string text = "a<b> & \"c\" \x01\xFF \uFFFF \u952E ]]> </text>";
  const std::string svg =
      svg_of(scene_of(scene::Text{{1, 2}, text, scene::Font::body, {255, 255, 255}}));
  EXPECT_EQ(complaint(svg), "");
  EXPECT_NE(svg.find("a&lt;b&gt; &amp; &quot;c&quot; \uFFFD\uFFFD \uFFFD \u952E ]]&gt; "
                     "&lt;/text&gt;</text>"),
            std::string::npos)
      << svg;
}

TEST(Svg, DrawsEveryPrimitive) {
  const std::string svg = svg_of(shapes_scene(Theme::dark));
  const scene::Scene s = shapes_scene(Theme::dark);
  const auto paths = std::ranges::count_if(
      s.items, [](const auto& item) { return std::holds_alternative<scene::Path>(item); });
  EXPECT_EQ(count(svg, "<polyline") + count(svg, "<polygon"), static_cast<std::size_t>(paths));
  EXPECT_EQ(count(svg, "<clipPath"), 2U);
  EXPECT_EQ(count(svg, "<pattern"), 6U);  // three, in two colours
  const std::string words = svg_of(text_scene(Theme::dark));
  EXPECT_EQ(count(words, "<text "), std::size_t{scene::font_count} + 8 + 8);
}

TEST(Svg, EveryReferenceIsDefined) {
  const std::string svg = svg_of(maps_scene(Theme::light)) + svg_of(shapes_scene(Theme::light));
  const std::regex reference(R"(url\(#([a-z0-9]+)\))");
  int references = 0;
  for (std::sregex_iterator m(svg.begin(), svg.end(), reference), end; m != end; ++m, ++references)
    EXPECT_NE(svg.find("id=\"" + (*m)[1].str() + "\""), std::string::npos) << (*m)[1];
  EXPECT_GT(references, 10);
}

TEST(Svg, ClipsThatAreNeverEndedAre) {
  scene::Scene s = scene_of(scene::ClipBegin{{1, 2, 3, 4}});
  s.items.insert(s.items.begin(), scene::ClipEnd{});
  EXPECT_EQ(complaint(svg_of(s)), "");
}

TEST(Svg, SmallMapsAreShapesLargeOnesPictures) {
  const auto map = [](int rows, int columns) {
    const auto grid = grid_of(rows, columns, [](int r, int c) { return (r + c) % 2; });
    return svg_of(scene_of(
        scene::Map{.rect = {0, 0, 90, 40}, .grid = grid, .row1 = rows, .column1 = columns}));
  };
  EXPECT_EQ(count(map(64, 64), "<rect"), 64U * 64 + 1);
  EXPECT_EQ(count(map(64, 64), "<image"), 0U);
  EXPECT_EQ(count(map(64, 65), "<rect"), 1U);
  EXPECT_EQ(count(map(64, 65), "<image"), 1U);
}

TEST(Svg, AnEmbeddedPictureHasAPixelForACell) {
  const auto grid = grid_of(70, 80, [](int r, int c) { return r == 3 && c == 5; });
  std::vector<std::uint8_t> seen;
  scene::to_svg(
      scene_of(scene::Map{.rect = {0, 0, 90, 40}, .grid = grid, .row1 = 70, .column1 = 80}),
      scene::palette(Theme::dark, false), scene::plain_metrics(),
      [&](int width, int height, std::span<const std::uint8_t> rgba) {
        EXPECT_EQ(width, 80);
        EXPECT_EQ(height, 70);
        seen.assign(rgba.begin(), rgba.end());
        return std::string("bytes");
      });
  const scene::Color bright = scene::scale_color(scene::Scale::sequential, 1, Theme::dark);
  const scene::Color dark = scene::scale_color(scene::Scale::sequential, 0, Theme::dark);
  const auto pixel = [&](std::size_t at) {
    return scene::Color{seen[4 * at], seen[4 * at + 1], seen[4 * at + 2], seen[4 * at + 3]};
  };
  EXPECT_EQ(pixel(3 * 80 + 5), bright);
  EXPECT_EQ(pixel(3 * 80 + 6), dark);
}

TEST(SvgText, Base64) {
  EXPECT_EQ(scene::svg::base64(""), "");
  EXPECT_EQ(scene::svg::base64("f"), "Zg==");
  EXPECT_EQ(scene::svg::base64("fo"), "Zm8=");
  EXPECT_EQ(scene::svg::base64("foo"), "Zm9v");
  EXPECT_EQ(scene::svg::base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(scene::svg::base64("\xFF\xFE\xFD"), "//79");
}

TEST(SvgText, NumbersAreShort) {
  EXPECT_EQ(scene::svg::number(0), "0");
  EXPECT_EQ(scene::svg::number(-0.001F), "0");
  EXPECT_EQ(scene::svg::number(1920), "1920");
  EXPECT_EQ(scene::svg::number(12.50F), "12.5");
  EXPECT_EQ(scene::svg::number(-3.333F), "-3.33");
  EXPECT_EQ(scene::svg::number(std::nanf("")), "0");
}

TEST(SvgGolden, Shapes) {
  expect_golden("pixel/golden/shapes.svg", svg_of(shapes_scene(Theme::dark)));
}

}  // namespace
}  // namespace kv::test
