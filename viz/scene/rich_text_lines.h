// Spans broken into lines: words of several fonts, formulas and code on common baselines.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "viz/scene/formula.h"
#include "viz/scene/rich_text.h"

namespace kv::scene {

// A piece of one span within one line.
struct TextPiece {
  float x = 0, width = 0;  // from the line's left end; code has some air at both ends
  std::string text;
  Font font = Font::body;
  Color color;
  bool code = false;
  int link = -1;                                           // its index in the text, -1: none
  std::string target = {};                                 // where the link leads
  std::shared_ptr<const FormulaLayout> formula = nullptr;  // instead of text
  std::size_t span = 0;
};
inline constexpr float code_air = 4;  // units at each end of inline code

struct TextLine {
  std::vector<TextPiece> pieces;
  float x = 0, baseline = 0;  // from the text's upper left corner
  float width = 0, ascent = 0, descent = 0;
};

struct LineSetting {
  const FontMetrics& metrics;
  const Palette& colors;
  Font font = Font::body;
  Color color;
  float room = 0;
};

// No line is wider than the room, but for a formula wider than it that cannot be broken: its piece
// is as wide as the room, less than its layout. Lines are placed at x = 0, baseline = 0. `link`
// counts on from its value.
std::vector<TextLine> break_lines(std::span<const Span> spans, const LineSetting& setting,
                                  int& link);

// The piece a span's formula becomes where it stands alone in its line, or each of its lines.
std::vector<TextPiece> formula_pieces(const Span& span, const LineSetting& setting, int link);

// Appends a piece, and lets the line grow around it.
void append_piece(TextLine& line, TextPiece piece);

}  // namespace kv::scene
