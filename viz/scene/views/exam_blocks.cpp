#include "viz/scene/views/exam_blocks.h"

#include <cmath>

#include "viz/scene/rich_text_layout.h"
#include "viz/scene/type_scale.h"

namespace kv::scene {
namespace {

constexpr Color ink = rgb(0x000000), grey = rgb(0x444444), hairline = rgb(0x9A9A9A),
                tint = rgb(0xEEEEEE), white = rgb(0xFFFFFF);
constexpr float number_width = 56;  // questions' numbers hang to the left of their words
constexpr float tick_size = 20;
constexpr float letter_width = 26;

RichTextStyle style_of(Font font) {
  const bool large = font == Font::title;
  return {.font = font,
          .color = ink,
          .line_gap = large ? 8.0F : 6.0F,
          .paragraph_gap = large ? 14.0F : 10.0F};
}

// Nothing leads anywhere from paper.
RichText without_links(RichText text) {
  for (Block& block : text)
    for (Span& span : block.spans) span.link.clear();
  return text;
}

RichText strong(RichText text) {
  for (Block& block : text)
    for (Span& span : block.spans) span.strong = !span.code;
  return text;
}

// Words, and a label on the baseline of their first line, to the left of them.
class Labelled {
 public:
  Labelled(Frame& f, const RichText& text, Font font, float width)
      : f_(f), text_(without_links(text)), style_(style_of(font)), width_(width) {
    layout_ = lay_out_rich_text(f.metrics, f.colors, width, text_, style_);
  }
  float height() const { return std::max(layout_.height, info_of(style_.font).size); }
  // From the top to where a line of that font begins, so that it stands on the first baseline.
  float label_top(Font font) const {
    const float baseline =
        layout_.lines.empty() ? ascent_of(style_.font) : layout_.lines[0].baseline;
    return baseline - ascent_of(font);
  }
  void draw(Vec2 at) const { draw_rich_text(f_, {at.x, at.y, width_, 0}, text_, style_); }

 private:
  Frame& f_;
  RichText text_;
  RichTextStyle style_;
  float width_;
  TextLayout layout_;
};

void put_number(Frame& f, Vec2 at, int number, Font font) {
  put_text(f, at, std::to_string(number) + ".", bold_twin(font), ink);
}

// The room in which a text stands in one line without becoming smaller; a formula wants some for
// what may follow it. Beyond all bounds for a text of several lines.
float natural_width(const Frame& f, const RichText& text, Font font) {
  constexpr float unbounded = 1e6F;
  const TextLayout layout = lay_out_rich_text(f.metrics, f.colors, unbounded, text, style_of(font));
  const bool whole = layout.lines.size() <= 1 && layout.panels.empty();
  if (!whole || text.empty() || text[0].kind != Block::Kind::paragraph) return unbounded;
  const float width = layout.lines.empty() ? 0 : layout.lines[0].width;
  return std::ceil(width) + info_of(font).size;
}

// Where options stand: beside each other in two columns where all of them are short.
struct OptionGrid {
  std::size_t columns = 1;
  float width = 0;  // of one
};
constexpr float option_indent = tick_size + 10 + letter_width;
constexpr float column_gap = 24;

OptionGrid grid_of(const Frame& f, const ExamQuestion& question, Font font, float width) {
  const float half = (width - column_gap) / 2;
  for (const RichText& option : question.options)
    if (natural_width(f, option, font) > half - option_indent) return {1, width};
  return {2, half};
}

void put_option(Frame& f, Vec2 at, float baseline, std::size_t index, const Labelled& words,
                Font font) {
  const float top = at.y + baseline;
  const float size = info_of(font).size;
  put_outline(f, {at.x, top + (size - tick_size) / 2, tick_size, tick_size}, ink, 1.6F, 2);
  put_text(f, {at.x + tick_size + 10, top}, letter_of_option(index), bold_twin(font), ink);
  words.draw({at.x + option_indent, top - words.label_top(font)});
}

// Options beside each other, on one baseline; the height of their row.
float put_row(Frame& f, Vec2 at, const OptionGrid& grid, const ExamQuestion& question,
              std::size_t first, Font font, bool dry) {
  std::vector<Labelled> words;
  float baseline = 0, height = 0;
  const std::size_t end = std::min(first + grid.columns, question.options.size());
  for (std::size_t i = first; i < end; ++i) {
    words.emplace_back(f, question.options[i], font, grid.width - option_indent);
    baseline = std::max(baseline, words.back().label_top(font));
  }
  for (const Labelled& option : words)
    height = std::max(height, baseline - option.label_top(font) + option.height());
  for (std::size_t i = first; i < end && !dry; ++i) {
    put_option(f, at, baseline, i, words[i - first], font);
    at.x += grid.width + column_gap;
  }
  return height;
}

float put_options(Frame& f, const Rect& area, const ExamQuestion& question, Font font, bool dry) {
  const OptionGrid grid = grid_of(f, question, font, area.w);
  const float gap = info_of(font).size * 0.6F;
  float y = area.y;
  for (std::size_t i = 0; i < question.options.size(); i += grid.columns)
    y += put_row(f, {area.x, y}, grid, question, i, font, dry) + gap;
  return y - gap - area.y;
}

// The letter in a box of its own, as it would be ticked.
void put_boxed_letter(Frame& f, Vec2 at, std::size_t index, Font font) {
  const float size = info_of(font).size + 8;
  put_outline(f, {at.x, at.y - 4, size, size}, ink, 2, 3);
  put_line(f, {at.x, at.y, size, info_of(font).size}, letter_of_option(index), bold_twin(font), ink,
           Align::center);
}

// A wrong option: letter, what it says, and the mistake it stands for, on one baseline.
struct MistakeColumns {
  float value = 0, why = 0;  // widths
};
constexpr float most_value = 300, why_gap = 20;

float put_mistake(Frame& f, Vec2 at, const MistakeColumns& columns, const ExamQuestion& question,
                  std::size_t index, Font font, bool dry) {
  const Labelled value(f, question.options[index], font, columns.value);
  const Labelled why(f, question.whys[index], font, columns.why);
  const float baseline = std::max(value.label_top(font), why.label_top(font));
  const float value_top = baseline - value.label_top(font);
  const float why_top = baseline - why.label_top(font);
  if (!dry) {
    put_text(f, {at.x, at.y + baseline}, letter_of_option(index), bold_twin(font), grey);
    value.draw({at.x + letter_width, at.y + value_top});
    why.draw({at.x + letter_width + columns.value + why_gap, at.y + why_top});
  }
  return std::max(value_top + value.height(), why_top + why.height());
}

// All of them; what they say in a column as wide as they want, up to a limit.
float put_mistakes(Frame& f, const Rect& area, const ExamQuestion& question, Font font, bool dry) {
  const auto right = static_cast<std::size_t>(question.right);
  float widest = 0;
  for (std::size_t i = 0; i < question.options.size(); ++i)
    if (i != right) widest = std::max(widest, natural_width(f, question.options[i], font));
  MistakeColumns columns{.value = std::min(widest, most_value)};
  columns.why = area.w - letter_width - columns.value - why_gap;
  float y = area.y;
  for (std::size_t i = 0; i < std::min(question.options.size(), question.whys.size()); ++i)
    if (i != right) y += put_mistake(f, {area.x, y}, columns, question, i, font, dry) + 6;
  return y - area.y;
}

}  // namespace

const Palette& print_palette() {
  static constexpr Palette print{.ground = white,
                                 .panel = white,
                                 .raised = tint,
                                 .border = hairline,
                                 .track = tint,
                                 .text = ink,
                                 .muted = grey,
                                 .faint = hairline,
                                 .accent = ink,
                                 .accent_text = white,
                                 .query = ink,
                                 .key = ink,
                                 .value = ink,
                                 .without = ink,
                                 .with = ink,
                                 .again = ink,
                                 .fresh = ink,
                                 .cached = grey,
                                 .masked = tint,
                                 .masked_line = grey,
                                 .good = ink,
                                 .bad = ink,
                                 .mlp = grey,
                                 .output = grey,
                                 .head = grey,
                                 .other = grey,
                                 .shadow = {0, 0, 0, 0}};
  return print;
}

std::string letter_of_option(std::size_t index) {
  return std::string(1, static_cast<char>('A' + index));
}

float put_exam_question(Frame& f, const Rect& area, int number, const ExamQuestion& question,
                        Font font, bool dry) {
  Rect inside = area;
  inside.take_left(number_width);
  const Labelled words(f, question.text, font, inside.w);
  if (!dry) {
    put_number(f, {area.x, area.y + words.label_top(bold_twin(font))}, number, font);
    words.draw({inside.x, inside.y});
  }
  const float gap = info_of(font).size * 0.9F;
  inside.y += words.height() + gap;
  return words.height() + gap + put_options(f, inside, question, font, dry);
}

float put_exam_answer(Frame& f, const Rect& area, int number, const ExamQuestion& question,
                      Font font, bool dry) {
  Rect inside = area;
  inside.take_left(number_width);
  const float boxed = info_of(font).size + 22;
  const auto right = static_cast<std::size_t>(question.right);
  const Labelled answer(f, strong(question.options[right]), font, inside.w - boxed);
  const Labelled reveal(f, question.reveal, font, inside.w);
  if (!dry) {
    const float top = inside.y + answer.label_top(bold_twin(font));
    put_number(f, {area.x, top}, number, font);
    put_boxed_letter(f, {inside.x, top}, right, font);
    answer.draw({inside.x + boxed, inside.y});
    reveal.draw({inside.x, inside.y + answer.height() + 12});
  }
  const float above = answer.height() + 12 + reveal.height() + 12;
  inside.y += above;
  return above + put_mistakes(f, inside, question, font, dry);
}

}  // namespace kv::scene
