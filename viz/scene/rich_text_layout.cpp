#include "viz/scene/rich_text_layout.h"

#include <algorithm>
#include <utility>

#include "viz/scene/type_scale.h"

namespace kv::scene {
namespace {

constexpr float panel_margin = 8;  // of code, at all sides
constexpr float code_gap = 3;      // between its lines
constexpr float formula_air = 4;   // above and below one that stands alone
constexpr std::string_view bullet = "\u2022";

// Blocks put below one another.
class Stack {
 public:
  Stack(const FontMetrics& metrics, const Palette& colors, float width, const RichTextStyle& style)
      : setting_{metrics, colors, style.font, style.color, std::max(1.0F, width)}, style_(style) {}

  void add(const Block& block) {
    if (!is_first_) {
      const bool in_list = block.kind == Block::Kind::item && before_ == Block::Kind::item;
      layout_.height += in_list ? style_.line_gap : style_.paragraph_gap;
    }
    is_first_ = false;
    before_ = block.kind;
    switch (block.kind) {
      case Block::Kind::paragraph:
        return put_lines(break_lines(block.spans, setting_, layout_.links), 0);
      case Block::Kind::item:
        return add_item(block);
      case Block::Kind::code:
        for (const Span& span : block.spans) add_code(span);
        return;
      case Block::Kind::formula:
        for (const Span& span : block.spans) add_formula(span);
        return;
    }
  }

  TextLayout layout() { return std::move(layout_); }

 private:
  void put_line(TextLine line, float x) {
    line.x = x;
    line.baseline = layout_.height + line.ascent;
    layout_.height += line.ascent + line.descent;
    layout_.lines.push_back(std::move(line));
  }

  void put_lines(std::vector<TextLine> lines, float x) {
    bool is_first = true;
    for (TextLine& line : lines) {
      if (!std::exchange(is_first, false)) layout_.height += style_.line_gap;
      put_line(std::move(line), x);
    }
  }

  void add_item(const Block& block) {
    const float indent = std::min(info_of(style_.font).size, setting_.room / 4);
    LineSetting narrower = setting_;
    narrower.room -= indent;
    std::vector<TextLine> lines = break_lines(block.spans, narrower, layout_.links);
    if (lines.empty()) return;
    // It hangs to the left of the first line, in the indent.
    lines[0].pieces.push_back(
        {.x = -indent, .text = std::string(bullet), .font = style_.font, .color = style_.color});
    lines[0].pieces.back().width = setting_.metrics.width(bullet, style_.font);
    put_lines(std::move(lines), indent);
  }

  // Letters are of unequal width, so only the indentation is kept.
  void add_code(const Span& span) {
    const std::size_t first = layout_.lines.size();
    const float top = layout_.height;
    layout_.height += panel_margin;
    for (std::size_t begin = 0; begin <= span.text.size();) {
      const std::size_t end = std::min(span.text.find('\n', begin), span.text.size());
      const bool is_last_and_empty = begin == end && end == span.text.size() && begin > 0;
      if (!is_last_and_empty) add_code_line(span.text.substr(begin, end - begin));
      begin = end + 1;
    }
    layout_.height += panel_margin - (layout_.lines.size() > first ? code_gap : 0);
    layout_.panels.push_back({0, top, setting_.room, layout_.height - top});
    if (span.link.empty()) return;
    for (std::size_t i = first; i < layout_.lines.size(); ++i)
      for (TextPiece& piece : layout_.lines[i].pieces)
        piece.link = layout_.links, piece.target = span.link;
    ++layout_.links;
  }

  void add_code_line(const std::string& text) {
    const std::size_t spaces = std::min(text.find_first_not_of(' '), text.size());
    const std::string words = text.substr(spaces);
    const float room = std::max(1.0F, setting_.room - 2 * panel_margin);
    const auto indent = [&](Font font) {
      return std::min(static_cast<float>(spaces) * 0.5F * info_of(font).size, room / 2);
    };
    const auto fits = [&](Font font) {
      return indent(font) + setting_.metrics.width(words, font) <= room;
    };
    const Font font = fits(Font::small) ? Font::small : Font::tiny;
    std::vector<std::string> rows{words};
    if (!fits(font)) rows = wrap_text(setting_.metrics, words, font, room - indent(font));
    for (const std::string& row : rows) {
      TextLine line;
      append_piece(line, {.width = setting_.metrics.width(row, font),
                          .text = row,
                          .font = font,
                          .color = style_.color});
      put_line(std::move(line), panel_margin + indent(font));
      layout_.height += code_gap;
    }
  }

  void add_formula(const Span& span) {
    const int link = span.link.empty() ? -1 : layout_.links++;
    layout_.height += formula_air;
    std::vector<TextLine> lines;
    for (TextPiece& piece : formula_pieces(span, setting_, link))
      append_piece(lines.emplace_back(), std::move(piece));
    bool is_first = true;
    for (TextLine& line : lines) {
      if (!std::exchange(is_first, false)) layout_.height += style_.line_gap;
      const float free = setting_.room - line.width;
      put_line(std::move(line), free / 2);
    }
    layout_.height += formula_air;
  }

  LineSetting setting_;
  const RichTextStyle& style_;
  TextLayout layout_;
  Block::Kind before_ = Block::Kind::paragraph;
  bool is_first_ = true;
};

}  // namespace

TextLayout lay_out_rich_text(const FontMetrics& metrics, const Palette& colors, float width,
                             const RichText& text, const RichTextStyle& style) {
  Stack stack(metrics, colors, width, style);
  for (const Block& block : text) stack.add(block);
  return stack.layout();
}

}  // namespace kv::scene
