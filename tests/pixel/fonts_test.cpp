// Every word of every language can be drawn, and is as wide as layout believes.
#include "viz/gl/fonts.h"

#include <gtest/gtest.h>
#include <imgui.h>

#include <cfloat>

#include "core/base/utf8.h"
#include "tests/pixel/pictures.h"
#include "viz/scene/language.h"

namespace kv::test {
namespace {

using scene::Font;

std::vector<Font> all_fonts() {
  std::vector<Font> fonts;
  for (int i = 0; i < scene::font_count; ++i) fonts.push_back(static_cast<Font>(i));
  return fonts;
}

class FontsTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto error = fonts_.build(atlas_, 1);
    ASSERT_FALSE(error) << error->message;
  }
  void rebuild(float pixels_per_unit) {
    atlas_.Clear();
    const auto error = fonts_.build(atlas_, pixels_per_unit);
    ASSERT_FALSE(error) << error->message;
  }
  float drawn_width(Font font, const std::string& text) const {
    ImFont* const face = fonts_.get(font);
    return face->CalcTextSizeA(face->FontSize, FLT_MAX, 0, text.c_str()).x;
  }

  ImFontAtlas atlas_;  // of no context: neither a display nor OpenGL is needed
  gl::Fonts fonts_;
};

TEST_F(FontsTest, EveryPhraseHasItsGlyphsInEveryFont) {
  std::string missing;
  for (const scene::Phrase* phrase : scene::all_phrases())
    for (const char* words : phrase->text)
      for (std::string_view rest = words; !rest.empty();) {
        const std::size_t length = core::utf8_length(rest);
        ASSERT_GT(length, 0U) << phrase->id;
        const char32_t code = core::decode_utf8(rest);
        for (const Font font : all_fonts())
          if (!fonts_.has_glyph(font, code))
            missing += std::string(phrase->id) + ": " + std::string(rest.substr(0, length)) + "\n";
        rest.remove_prefix(length);
      }
  EXPECT_EQ(missing, "");
  EXPECT_FALSE(fonts_.has_glyph(Font::body, 0xE000));  // else nothing would ever be missing
}

TEST_F(FontsTest, NewCharactersAskForAnotherAtlas) {
  EXPECT_FALSE(fonts_.need("Plain text, \u043F\u0440\u043E\u0441\u0442\u043E."));
  EXPECT_FALSE(fonts_.has_glyph(Font::body, 0x9F98));
  EXPECT_TRUE(fonts_.need("\u9F98"));
  EXPECT_FALSE(fonts_.need("\u9F98"));
  rebuild(1);
  EXPECT_TRUE(fonts_.has_glyph(Font::body, 0x9F98));
}

TEST_F(FontsTest, TextIsAsWideAsLayoutBelieves) {
  for (const float scale : {1.0F, 0.74F, 1.6F}) {
    rebuild(scale);
    const scene::FontMetrics metrics = fonts_.metrics();
    for (const Font font : all_fonts())
      for (const std::string text :
           {"KV cache, 1.9\u00D710\u207B\u2076", "\u043A\u044D\u0448", "\u952E\u503C\u7F13\u5B58",
            "\uD0A4 \uAC12", "", " ", "beyond \xF0\x9F\x98\x80", "\u9F98 unknown"})
        EXPECT_NEAR(metrics.width(text, font) * scale, drawn_width(font, text), 0.01F) << text;
  }
}

TEST_F(FontsTest, MetricsStayGoodWhenTheAtlasIsBuiltAnew) {
  const scene::FontMetrics before = fonts_.metrics();
  const float width = before.width("cache", Font::body);
  rebuild(2);
  EXPECT_EQ(before.width("cache", Font::body), width);
  EXPECT_NEAR(fonts_.metrics().width("cache", Font::body), width, width * 0.06F);
}

TEST_F(FontsTest, DigitsAreAllOfOneWidth) {
  for (const Font font : all_fonts())
    for (char digit = '1'; digit <= '9'; ++digit)
      EXPECT_EQ(drawn_width(font, "0"), drawn_width(font, std::string(1, digit))) << digit;
}

TEST_F(FontsTest, BytesThatAreNoTextHaveAWidth) {
  const scene::FontMetrics metrics = fonts_.metrics();
  EXPECT_GT(metrics.width("\xFF\xC3", Font::body), 0);
  EXPECT_FALSE(fonts_.need("\xFF\x80\xC3"));
}

// The rows of pixels that the ink of a text covers.
struct Ink {
  int top = 1000, bottom = -1;
};
Ink ink_of(const std::string& text, Font font) {
  scene::Scene s{.size = {200, 100},
                 .ground = {0, 0, 0},
                 .theme = scene::Theme::dark,
                 .items = {},
                 .places = {}};
  s.items.push_back(scene::Text{{20, 20}, text, font, {255, 255, 255}});
  const gl::Image image = draw_scene(s);
  Ink ink;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x)
      if (image.rgba[4 * static_cast<std::size_t>(y * image.width + x)] > 100)
        ink.top = std::min(ink.top, y), ink.bottom = std::max(ink.bottom, y);
  return ink;
}

TEST(FontsPicture, LanguagesStandOnOneLine) {
  for (const Font font : all_fonts()) {
    const float size = scene::info_of(font).size;
    const Ink latin = ink_of("HEH", font);
    for (const char* text : {"\u041D\u0415", "\u952E\u503C", "\uD55C\uAE00"}) {
      const Ink other = ink_of(text, font);
      EXPECT_LE(std::abs(other.bottom - latin.bottom), 0.14F * size) << text;
      EXPECT_LE(std::abs(other.top - latin.top), 0.2F * size) << text;
    }
    // In the line's middle, give or take what lies below the letters.
    EXPECT_NEAR(static_cast<float>(latin.top + latin.bottom + 1) / 2, 20 + size / 2,
                0.09F * size + 1);
  }
}

}  // namespace
}  // namespace kv::test
