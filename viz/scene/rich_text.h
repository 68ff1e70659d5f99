// Text with words that lead somewhere, formulas and lists: a lesson's. A value; drawn by
// draw_rich_text().
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "viz/scene/views/frame.h"

namespace kv::scene {

struct Span {
  std::string text;     // words; the source of the formula, where it is one
  bool strong = false;  // emphasis looks the same
  bool code = false;
  bool formula = false;   // in the line
  std::string link = {};  // "part:k.rows", "lesson:with-cache"; empty: none
  bool operator==(const Span&) const = default;
};

struct Block {
  enum class Kind { paragraph, item, code, formula };
  Kind kind = Kind::paragraph;
  std::vector<Span> spans;  // code: one span, its lines parted by '\n'; formula: one span
  bool operator==(const Block&) const = default;
};
using RichText = std::vector<Block>;

struct RichTextStyle {
  Font font = Font::body;  // small, body or title; bold and smaller ones go with it
  Color color = {};
  float line_gap = 6;  // units between the lines of a paragraph
  float paragraph_gap = 12;
  // Whether what a link leads to is pointed at elsewhere; empty: nothing is.
  std::function<bool(const std::string& link)> lit = {};
};

// A link as it was drawn: the part of a scene a pointer finds it by is {PartKind::link, a = index},
// index counting links from `first_link` on in the order of links_of().
struct DrawnText {
  float height = 0;
  int links = 0;  // how many links the text has
};

// Lays the text in `area` (its height is not a limit) and draws it; links are underlined, in the
// colour link_color() says, and lit where they are hovered or `lit(link)` is true. What is too wide
// (a formula, a line of code) is drawn smaller until it fits.
DrawnText draw_rich_text(Frame& f, const Rect& area, const RichText& text,
                         const RichTextStyle& style, int first_link = 0);
// The height it would take, without drawing.
float rich_text_height(const Frame& f, float width, const RichText& text,
                       const RichTextStyle& style);

// What a link's words are coloured with: query, key, value in their hue, the sides in theirs, else
// the accent.
Color link_color(const Palette& colors, std::string_view link);

// Where the text's links lead, one for each span that has one, in the order of the text.
std::vector<std::string> links_of(const RichText& text);

// All words, without marks, a block a line: for counting and for glyphs. A formula is one word of
// its signs.
std::string plain_text(const RichText& text);

}  // namespace kv::scene
