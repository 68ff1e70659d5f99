// How wide text is, as a value, so that layout needs no window and no font file.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace kv::scene {

// The type scale. Sizes in units; two weights, digits all of one width.
enum class Font {
  tiny,
  small,
  body,
  title,
  small_bold,
  body_bold,
  title_bold,
  large_bold,
  huge_bold,
  large  // words that are presented
};
inline constexpr int font_count = 10;
struct FontInfo {
  float size;  // line height in units
  bool bold;
};
constexpr FontInfo info_of(Font font) {
  constexpr FontInfo table[font_count] = {{14, false}, {16, false}, {18, false},
                                          {22, false}, {16, true},  {18, true},
                                          {22, true},  {30, true},  {46, true}, {28, false}};
  return table[static_cast<int>(font)];
}

struct FontMetrics {
  // Width in units of one line of UTF-8 text.
  std::function<float(std::string_view, Font)> width;
};

// Metrics that depend on nothing: 0.55 of the size a character, the whole size a wide (East Asian)
// one. For goldens of layout and for tests.
FontMetrics plain_metrics();

// `text` cut to at most `room` units, with an ellipsis where something was cut.
std::string fit_text(const FontMetrics& metrics, std::string_view text, Font font, float room);

}  // namespace kv::scene
