#include "viz/scene/views/lab_drill.h"

#include <array>

#include "viz/scene/type_scale.h"
#include "viz/scene/views/costs_parts.h"
#include "viz/scene/views/lab.h"
#include "viz/scene/views/lesson_flow.h"
#include "viz/scene/views/roofline_plot.h"

namespace kv::scene {
namespace {

constexpr float head_height = 36, gap = 14;
// Narrower pictures would say less than none: then the words have all of the page.
constexpr float least_picture = 640;

struct WordSizes {
  Font question, rest;
};
// The largest first.
constexpr std::array sizes = {WordSizes{Font::large, Font::title},
                              WordSizes{Font::title, Font::title},
                              WordSizes{Font::title, Font::body}, WordSizes{Font::body, Font::body},
                              WordSizes{Font::small, Font::small}};

// Which question, what it is about; how it went so far.
void draw_score(Frame& f, Rect row, const DrillView& drill) {
  const std::string number = f.say(words::drill_number, {std::to_string(drill.number)});
  const std::string streak = f.say(words::drill_streak, {std::to_string(drill.streak)});
  const std::string score =
      f.say(words::drill_score, {std::to_string(drill.right), std::to_string(drill.asked)});
  const auto width = [&](Font font) {
    return f.width(number, Font::title_bold) + f.width(drill.topic, font) + f.width(score, font) +
           f.width(streak, bold_twin(font)) + 90;
  };
  const Font font = width(Font::title) <= row.w  ? Font::title
                    : width(Font::body) <= row.w ? Font::body
                                                 : Font::small;
  put_line(f, row.take_left(f.width(number, Font::title_bold) + 1, 18), number, Font::title_bold,
           f.colors.text);
  if (drill.asked > 0) {
    const Font bold = bold_twin(font);
    put_line(f, row.take_right(f.width(streak, bold) + 1, 24), streak, bold,
             drill.streak > 0 ? f.colors.good : f.colors.muted, Align::right);
    put_line(f, row.take_right(f.width(score, font) + 1, 24), score, font, f.colors.text,
             Align::right);
  }
  put_line(f, row, drill.topic, font, f.colors.muted);
}

void flow_buttons(Flow& flow, bool open) {
  Frame& f = flow.frame();
  Rect row = flow.take(38);
  flow.space(16);
  if (flow.dry()) return;
  const auto button = [&](const Phrase& phrase, PartKind kind, bool on) {
    const std::string text = f.say(phrase);
    put_button(f, row.take_left(f.width(text, Font::body) + 32, 10), text, {.kind = kind}, on,
               Font::body);
  };
  button(words::drill_next, PartKind::question_button, !open);
  if (open) button(words::ask_reveal, PartKind::reveal_button, false);
}

Rect inside_of(const Rect& words) { return words.inset(20, 18); }

// Question, options, buttons, what is said to the answer; the height without the last is `asked`.
struct FlowHeights {
  float asked = 0, all = 0;
};
FlowHeights flow_words(Frame& f, const Rect& area, const QuestionView& question, WordSizes size,
                       bool dry) {
  Flow top(f, area, size.question, dry);
  top.text(question.text, f.colors.text);
  top.space(18);
  Flow rest(f, {area.x, area.y + top.height(), area.w, 0}, size.rest, dry);
  rest.set_links(top.links());
  flow_options(rest, question, area.w > 800 ? 2 : 1);
  rest.space(4);
  // Its place stays when there is nothing more to choose, so that nothing below it moves.
  Rect hint = rest.take(24);
  if (!dry && question.open)
    put_line(f, hint, f.say(words::ask_choose), Font::small, f.colors.muted);
  flow_buttons(rest, question.open);
  const float asked = top.height() + rest.height();
  flow_answer(rest, question);
  return {asked, top.height() + rest.height()};
}

// Room for an answer is kept while there is none, so that words do not become smaller with it.
WordSizes fitting_sizes(Frame& f, const Rect& area, const QuestionView& question) {
  for (const WordSizes size : sizes) {
    const FlowHeights heights = flow_words(f, area, question, size, true);
    if (std::max(heights.all, heights.asked + 0.28F * area.h) <= area.h) return size;
  }
  return sizes.back();
}

void draw_words(Frame& f, const Rect& area, QuestionView question) {
  // What Enter would choose is of no interest any more.
  for (OptionView& option : question.options) option.focused = option.focused && question.open;
  put_panel(f, area);
  const Rect inside = inside_of(area);
  put(f, ClipBegin{area});
  flow_words(f, inside, question, fitting_sizes(f, inside, question), false);
  put(f, ClipEnd{});
}

struct DrillLayout {
  Rect score, words;
  Rect picture;  // empty: no room
};
DrillLayout drill_layout(const Rect& area) {
  DrillLayout l;
  Rect rest = area;
  l.score = rest.take_top(head_height, gap);
  const float width = std::clamp(0.38F * area.w, 440.0F, 620.0F);
  const bool beside = area.w - width - gap >= least_picture;
  l.words = beside ? rest.take_left(width, gap) : rest;
  if (beside) l.picture = rest;
  return l;
}

// Where the picture will be: axes with nothing on them yet.
void draw_waiting(Frame& f, const Rect& area) {
  put_panel(f, area);
  const Rect plot = area.inset(60, 60);
  put(f, Path{.points = {{plot.x, plot.y}, {plot.x, plot.bottom()}, {plot.right(), plot.bottom()}},
              .color = f.colors.border,
              .width = 2});
  const auto lines = wrap_text(f.metrics, f.say(words::drill_waits), Font::title, plot.w - 60);
  float y = plot.center().y - 15 * static_cast<float>(lines.size());
  for (const std::string& line : lines) {
    put_text(f, {plot.center().x, y}, line, Font::title, f.colors.muted, Align::center);
    y += 30;
  }
}

// What shows the answer: curves, or as in the lessons the bill or the roofline.
void draw_picture(Frame& f, const Rect& area, LabPage picture) {
  const auto machine = costs_machine(f);
  if (picture == LabPage::memory)
    draw_bill_panel(f, area, costs_bill(f));
  else if (picture == LabPage::roofline && machine)
    draw_roofline_panel(f, area, machine->machine, inference_of(f.view.scenario),
                        f.view.scenario.tokens, costs_model_name(f));
  else
    draw_curves_page(f, area);
}

}  // namespace

void draw_drill_page(Frame& f, const Rect& area) {
  if (!f.status.lab || !f.status.lab->drill) {
    put_line(f, area, f.say(words::drill_none), Font::title, f.colors.muted, Align::center);
    return;
  }
  const DrillView& drill = *f.status.lab->drill;
  const DrillLayout l = drill_layout(area);
  draw_score(f, l.score, drill);
  draw_words(f, l.words, drill.question);
  if (l.picture.w <= 0) return;
  if (drill.question.open)
    draw_waiting(f, l.picture);
  else
    draw_picture(f, l.picture, drill.picture);
}

float drill_overflow(const Frame& f, const Rect& area, const QuestionView& question) {
  // Measuring draws nothing, but goes the way of drawing.
  Frame& measured = const_cast<Frame&>(f);
  const Rect inside = inside_of(drill_layout(area).words);
  const WordSizes size = fitting_sizes(measured, inside, question);
  return std::max(0.0F, flow_words(measured, inside, question, size, true).all - inside.h);
}

}  // namespace kv::scene
