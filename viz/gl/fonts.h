// The type scale as an ImGui font atlas: Inter, with DejaVu for mathematics and Droid Sans Fallback
// (or Noto CJK) for Chinese and Korean. Only glyphs of text that was asked for are rasterised.
#pragma once

#include <array>
#include <bitset>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "viz/gl/font_files.h"
#include "viz/scene/font_metrics.h"

struct ImFont;
struct ImFontAtlas;

namespace kv::gl {

// How wide characters are, kept apart from the atlas they were measured in: a value for metrics()
// that stays good when the fonts are built anew.
struct Advances {
  struct Table {
    std::vector<float> of;  // by code point; less than 0 where there is no glyph
    float fallback = 0;
  };
  std::array<Table, scene::font_count> fonts;  // in units

  float width(std::string_view text, scene::Font font) const;
};

class Fonts {
 public:
  // Every phrase of every language, Latin, Cyrillic and some mathematics to begin with.
  Fonts();

  // Takes the characters of a text; true when some are new, so that the atlas must be built again.
  bool need(std::string_view text);

  // Adds to an empty atlas and builds it, for that many pixels a unit; needs neither OpenGL nor a
  // display. A machine error names the missing package.
  core::Status build(ImFontAtlas& atlas, float pixels_per_unit);

  // Of the atlas built last, null before.
  ImFont* get(scene::Font font) const { return fonts_[static_cast<std::size_t>(font)]; }
  float pixels_per_unit() const { return scale_; }
  scene::FontMetrics metrics() const;
  bool has_glyph(scene::Font font, char32_t code_point) const;

 private:
  std::shared_ptr<const FontFiles> files_;
  std::bitset<0x10000> wanted_;  // ImGui knows no code point above
  std::array<ImFont*, scene::font_count> fonts_{};
  std::shared_ptr<const Advances> advances_;
  float scale_ = 0;
};

}  // namespace kv::gl
