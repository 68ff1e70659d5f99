// A lesson's words: in a pane beside the picture, or in a strip below it.
#include <array>

#include "viz/scene/views/lesson_flow.h"
#include "viz/scene/views/lesson_layout.h"

namespace kv::scene {
namespace {

// The largest first; what is presented may be larger still.
constexpr std::array fonts = {Font::large, Font::title, Font::body, Font::small};
constexpr float foot = 30;  // hints and buttons at the lower end of the pane

// All of the pane; links are counted through.
float flow_pane(Frame& f, const Rect& area, Font font, bool dry) {
  const LessonView& lesson = *f.status.lesson;
  Flow flow(f, area, font, dry);
  flow_heading(flow);
  flow_body(flow);
  if (lesson.question) {
    flow.space(16);
    const Rect top = flow.take(0);
    if (!dry) put_box(f, {area.x, top.y - 8, area.w, 1}, f.colors.border);
    flow_question(flow, *lesson.question);
    flow_answer(flow, *lesson.question);
  }
  return flow.height();
}

// Words alone, in two columns of nearly one height.
float flow_two_columns(Frame& f, Rect area, Font font, bool dry) {
  const RichText& body = f.status.lesson->body;
  const Rect columns[] = {area.take_left((area.w - 40) / 2, 40), area};
  const auto part = [&](std::size_t begin, std::size_t end, const Rect& column, bool measured) {
    Flow flow(f, column, font, measured);
    flow.set_links(static_cast<int>(
        links_of({body.begin(), body.begin() + static_cast<std::ptrdiff_t>(begin)}).size()));
    flow.text({body.begin() + static_cast<std::ptrdiff_t>(begin),
               body.begin() + static_cast<std::ptrdiff_t>(end)},
              f.colors.text);
    return flow.height();
  };
  std::size_t split = body.size();
  float least = part(0, body.size(), columns[0], true);
  for (std::size_t i = 1; i < body.size(); ++i) {
    const float height =
        std::max(part(0, i, columns[0], true), part(i, body.size(), columns[1], true));
    if (height < least) least = height, split = i;
  }
  if (!dry) part(0, split, columns[0], false), part(split, body.size(), columns[1], false);
  return least;
}

// The strip's columns: words, question, answer.
std::vector<Rect> columns_of(const LessonView& lesson, Rect area) {
  const bool answered = !lesson.question->open || !lesson.question->feedback.empty();
  const float width = (area.w - (answered ? 56 : 28)) / (answered ? 3 : 2);
  std::vector<Rect> columns = {area.take_left(width, 28), area.take_left(width, 28)};
  if (answered) columns.push_back(area);
  return columns;
}

float flow_strip(Frame& f, const Rect& area, Font font, bool dry) {
  const LessonView& lesson = *f.status.lesson;
  if (!lesson.question) return flow_two_columns(f, area, font, dry);
  const auto columns = columns_of(lesson, area);
  Flow words(f, columns[0], font, dry);
  flow_body(words);
  float height = words.height();
  Flow question(f, columns[1], font, dry);
  question.set_links(words.links());
  flow_question(question, *lesson.question, lesson.question->voting ? 1 : 2);
  height = std::max(height, question.height());
  if (columns.size() < 3) return height;
  Flow answer(f, columns[2], font, dry);
  answer.set_links(question.links());
  flow_answer(answer, *lesson.question);
  return std::max(height, answer.height());
}

Rect inside_of(const LessonLayout& l) {
  Rect inside = l.words.inset(l.strip ? 18.0F : 16.0F, l.strip ? 10.0F : 14.0F);
  if (!l.strip) inside.h -= foot;
  return inside;
}

void draw_foot(Frame& f, Rect row) {
  const std::string path = f.say(words::lesson_lecture);
  put_button(f, row.take_right(f.width(path, Font::tiny) + 20, 10), path,
             {.kind = PartKind::lecture_button}, f.status.lesson->in_lecture, Font::tiny);
  put_line(f, row, f.say(words::lesson_hint), Font::tiny, f.colors.muted);
}

void draw_notes(Frame& f, const Rect& area) {
  put(f, Box{.rect = area, .fill = f.colors.raised, .line = f.colors.border, .radius = 8});
  Rect rest = area.inset(14, 10);
  put_line(f, rest.take_top(22, 6), f.say(words::lesson_notes), Font::small_bold, f.colors.muted);
  for (const Font font : {Font::body, Font::small}) {
    const RichTextStyle style{.font = font, .color = f.colors.text};
    if (font == Font::body && rich_text_height(f, rest.w, f.status.lesson->notes, style) > rest.h)
      continue;
    put(f, ClipBegin{rest});
    draw_rich_text(f, rest, f.status.lesson->notes, style, 1000);
    put(f, ClipEnd{});
    return;
  }
}

// What the presenter wants to know beside the words: how far, how long.
void draw_corner(Frame& f, const Rect& area) {
  const LessonView& lesson = *f.status.lesson;
  const std::string where = std::to_string(lesson.number) + "." + std::to_string(lesson.beat + 1);
  const std::string text = lesson.timer.empty() ? where : where + "   " + lesson.timer;
  put_text(f, {area.right() - 12, area.bottom() - 20}, text, Font::tiny, f.colors.muted,
           Align::right);
}

void draw_mistakes(Frame& f, Rect area) {
  put_line(f, area.take_top(30), f.say(words::lesson_mistakes), Font::body_bold, f.colors.bad);
  for (const std::string& mistake : f.status.lesson->mistakes)
    for (const std::string& line : wrap_text(f.metrics, mistake, Font::small, area.w)) {
      if (area.h < 22) return;
      put_line(f, area.take_top(22), line, Font::small, f.colors.text);
    }
}

}  // namespace

LessonFit fit_lesson(const Frame& f, const LessonLayout& layout) {
  // Measuring draws nothing, but goes the way of drawing.
  Frame& measured = const_cast<Frame&>(f);
  const Rect inside = inside_of(layout);
  LessonFit fit;
  for (const Font font : fonts) {
    if (font == Font::large && !f.status.lesson->presenting) continue;
    const float height = layout.strip ? flow_strip(measured, inside, font, true)
                                      : flow_pane(measured, inside, font, true);
    fit = {font, std::max(0.0F, height - inside.h)};
    if (fit.overflow <= 0) break;
  }
  return fit;
}

void draw_lesson(Frame& f, const LessonLayout& layout) {
  put_panel(f, layout.words);
  const Rect inside = inside_of(layout);
  put(f, ClipBegin{layout.words});
  if (!f.status.lesson->mistakes.empty()) {
    draw_mistakes(f, inside);
  } else {
    const Font font = fit_lesson(f, layout).font;
    layout.strip ? flow_strip(f, inside, font, false) : flow_pane(f, inside, font, false);
  }
  put(f, ClipEnd{});
  if (layout.strip)
    draw_corner(f, layout.words);
  else
    draw_foot(f, {inside.x, layout.words.bottom() - foot - 8, inside.w, foot - 2});
  if (layout.notes.w > 0) draw_notes(f, layout.notes);
}

}  // namespace kv::scene
