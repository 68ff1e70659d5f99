#include "viz/scene/rich_text_lines.h"

#include <algorithm>
#include <utility>

#include "viz/scene/type_scale.h"
#include "viz/scene/utf8_text.h"

namespace kv::scene {
namespace {

bool is_blank(std::string_view character) {
  return character == " " || character == "\n" || character == "\t" || character == "\r";
}

// Whether no line may begin with it: a closing mark behind an ideograph.
bool is_closing(std::string_view character) { return !may_break("\u5B57", character); }

TextPiece piece_of(const Span& span, const LineSetting& setting, int link) {
  const bool leads = !span.link.empty();
  return {.text = {},
          .font = span.strong ? bold_twin(setting.font) : setting.font,
          .color = leads ? link_color(setting.colors, span.link) : setting.color,
          .code = span.code,
          .link = leads ? link : -1,
          .target = span.link};
}

// Gathers characters into words that are not broken, and words into lines.
class Breaker {
 public:
  explicit Breaker(const LineSetting& setting) : setting_(setting) {}

  void add(const Span& span, int link) {
    ++span_;
    if (span.formula) return add_formula(span, link);
    TextPiece style = piece_of(span, setting_, link);
    style.span = span_;
    for (std::string_view rest = span.text; !rest.empty();) {
      const std::string_view character = take_character(rest);
      if (is_blank(character)) {
        end_word();
        if (!space_) space_ = style;
        continue;
      }
      if (!word_.empty() && may_break(last_, character)) end_word();
      add_character(word_, style, character);
      last_ = character;
    }
  }

  std::vector<TextLine> lines() {
    end_word();
    push_line();
    return std::move(lines_);
  }

 private:
  using Word = std::vector<TextPiece>;

  void measure(TextPiece& piece) const {
    piece.width = setting_.metrics.width(piece.text, piece.font) + (piece.code ? 2 * code_air : 0);
  }

  void add_character(Word& word, const TextPiece& style, std::string_view character) const {
    if (word.empty() || word.back().span != style.span || word.back().formula)
      word.push_back(style);
    word.back().text += character;
    measure(word.back());
  }

  void add_formula(const Span& span, int link) {
    LineSetting narrower = setting_;  // a mark behind it must not begin a line
    narrower.room -= info_of(setting_.font).size;
    // For breaking it is a letter.
    if (!word_.empty() && may_break(last_, "x")) end_word();
    last_ = "x";
    bool is_first = true;
    for (TextPiece& piece : formula_pieces(span, narrower, link)) {
      if (!std::exchange(is_first, false)) end_word();
      piece.span = span_;
      word_.push_back(std::move(piece));
    }
  }

  // A line with a word behind it; pieces of one span become one.
  TextLine joined(TextLine line, const Word& word) const {
    for (const TextPiece& piece : word) {
      const bool continues = !line.pieces.empty() && line.pieces.back().span == piece.span &&
                             !piece.formula && !line.pieces.back().formula;
      if (!continues) {
        append_piece(line, piece);
        continue;
      }
      TextPiece& last = line.pieces.back();
      last.text += piece.text;
      measure(last);
      line.width = last.x + last.width;
    }
    return line;
  }

  // The line with the space before the word: a letter within a span, else room left free, so that
  // no piece begins or ends with one.
  TextLine spaced() const {
    TextLine line = line_;
    if (!space_ || line.pieces.empty()) return line;
    TextPiece space = *space_;
    space.text = " ";
    const bool is_within = line.pieces.back().span == space.span &&
                           word_.front().span == space.span && !word_.front().formula;
    if (is_within) return joined(std::move(line), {space});
    line.width += setting_.metrics.width(space.text, space.font);
    return line;
  }

  void end_word() {
    if (word_.empty()) return;
    TextLine longer = spaced();
    longer = joined(std::move(longer), word_);
    if (longer.width > setting_.room && !line_.pieces.empty()) {
      push_line();
      longer = joined({}, word_);
    }
    if (longer.width > setting_.room)
      break_word();
    else
      line_ = std::move(longer);
    word_.clear();
    space_.reset();
  }

  // Of a word longer than a line, as much in each line as fits.
  void break_word() {
    for (const TextPiece& piece : std::exchange(word_, {})) {
      if (piece.formula) {
        break_before(joined(line_, {piece}), {piece});
        continue;
      }
      for (std::string_view rest = piece.text; !rest.empty();) {
        TextPiece character = piece;
        character.text = take_character(rest);
        measure(character);
        break_before(joined(line_, {character}), {character});
      }
    }
  }

  void break_before(TextLine longer, Word piece) {
    if (longer.width <= setting_.room || line_.pieces.empty()) {
      line_ = std::move(longer);
      return;
    }
    if (!piece[0].formula && is_closing(piece[0].text)) take_back_character(piece);
    push_line();
    line_ = joined({}, piece);
  }

  // The line's last character goes along with the mark that may not begin a line.
  void take_back_character(Word& word) {
    TextPiece& last = line_.pieces.back();
    if (last.formula) return;
    std::string_view character, rest = last.text;
    while (!rest.empty()) character = take_character(rest);
    if (character.size() == last.text.size()) return;
    TextPiece taken = last;
    taken.text = character;
    measure(taken);
    last.text.resize(last.text.size() - character.size());
    measure(last);
    line_.width = last.x + last.width;
    word.insert(word.begin(), std::move(taken));
  }

  void push_line() {
    if (line_.pieces.empty()) return;
    line_.ascent = std::max(line_.ascent, ascent_of(setting_.font));
    line_.descent = std::max(line_.descent, descent_of(setting_.font));
    lines_.push_back(std::exchange(line_, {}));
  }

  const LineSetting& setting_;
  std::vector<TextLine> lines_;
  TextLine line_;
  Word word_;
  std::optional<TextPiece> space_;  // before the word, of the span it belongs to
  std::string last_;                // character of the word
  std::size_t span_ = 0;
};

}  // namespace

std::vector<TextPiece> formula_pieces(const Span& span, const LineSetting& setting, int link) {
  TextPiece style = piece_of(span, setting, link);
  std::vector<TextPiece> pieces;
  for (FormulaLayout& layout : lay_out_formula_within(
           span.text, style.font, style.color, setting.colors, setting.metrics, setting.room)) {
    TextPiece piece = style;
    piece.width = std::min(layout.width, setting.room);
    piece.formula = std::make_shared<const FormulaLayout>(std::move(layout));
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

void append_piece(TextLine& line, TextPiece piece) {
  piece.x = line.width;
  line.width += piece.width;
  line.ascent =
      std::max(line.ascent, piece.formula ? piece.formula->ascent : ascent_of(piece.font));
  line.descent =
      std::max(line.descent, piece.formula ? piece.formula->descent : descent_of(piece.font));
  line.pieces.push_back(std::move(piece));
}

std::vector<TextLine> break_lines(std::span<const Span> spans, const LineSetting& setting,
                                  int& link) {
  Breaker breaker(setting);
  for (const Span& span : spans) breaker.add(span, span.link.empty() ? -1 : link++);
  return breaker.lines();
}

}  // namespace kv::scene
