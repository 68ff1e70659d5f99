// A whole text laid out: what draw_rich_text() draws and rich_text_height() measures.
#pragma once

#include <vector>

#include "viz/scene/rich_text_lines.h"

namespace kv::scene {

struct TextLayout {
  std::vector<Rect> panels;     // below lines of code
  std::vector<TextLine> lines;  // from the top
  float height = 0;
  int links = 0;
};

// Places are from the upper left corner of the text.
TextLayout lay_out_rich_text(const FontMetrics& metrics, const Palette& colors, float width,
                             const RichText& text, const RichTextStyle& style);

}  // namespace kv::scene
