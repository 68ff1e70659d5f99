#include "viz/scene/views/lesson_flow.h"

#include "viz/scene/lesson_view.h"

namespace kv::scene {
namespace {

// A word of the text is lit while the part it names is pointed at.
std::function<bool(const std::string&)> lit_by_pointer(const Frame& f) {
  const PartId hover = f.view.hover;
  if (hover.kind == PartKind::none || hover.kind == PartKind::link || !f.subject.run) return {};
  const int rows = f.subject.prompt_tokens() + std::max(0, f.moment.step - 1);
  return [hover, rows](const std::string& link) {
    if (!link.starts_with("part:")) return false;
    const auto pattern = parse_part_pattern(std::string_view(link).substr(5));
    return pattern && matches(*pattern, hover, rows);
  };
}

int link_count(const RichText& text) {
  int count = 0;
  for (const Block& block : text)
    for (const Span& span : block.spans) count += span.link.empty() ? 0 : 1;
  return count;
}

const LessonView& lesson_of(const Flow& flow) { return *flow.frame().status.lesson; }

void put_dots(Flow& flow, const LessonView& lesson) {
  const Frame& f = flow.frame();
  Rect row = flow.take(22);
  if (flow.dry()) return;
  const float step = std::min(34.0F, row.w / static_cast<float>(std::max(1, lesson.beats)));
  for (int i = 0; i < lesson.beats; ++i) {
    const auto index = static_cast<std::size_t>(i);
    const PartId part{.kind = PartKind::beat_button, .a = i};
    const bool on = i == lesson.beat;
    const Rect place{row.x + step * static_cast<float>(i), row.y, step, row.h};
    const Rect dot{place.x, place.center().y - (on ? 5.0F : 3.0F), step - 6, on ? 10.0F : 6.0F};
    const bool off_path = lesson.in_lecture && !lesson.lecture[index];
    put(flow.frame(), Box{.rect = dot,
                          .fill = on                   ? f.colors.accent
                                  : hovered(f, part)   ? f.colors.text
                                  : off_path           ? f.colors.panel
                                  : lesson.seen[index] ? f.colors.muted
                                                       : f.colors.track,
                          .line = off_path ? f.colors.border : Color{0, 0, 0, 0},
                          .radius = dot.h / 2});
    put_place(flow.frame(), place, part);
  }
}

std::string letter_of(std::size_t index) { return std::string(1, static_cast<char>('A' + index)); }

// A choice's option: its letter, its words, and the votes it got.
void flow_option(Flow& flow, const QuestionView& question, std::size_t index) {
  Frame& f = flow.frame();
  const OptionView& option = question.options[index];
  const PartId part{.kind = PartKind::option, .a = static_cast<int>(index)};
  const Color ink = option.right ? f.colors.good : option.wrong ? f.colors.bad : f.colors.text;
  const RichTextStyle style{
      .font = flow.font(), .color = option.wrong ? f.colors.muted : f.colors.text, .line_gap = 4};
  Rect row = flow.take(0);
  const float votes_width = question.voting ? 84.0F : question.voted ? 40.0F : 0.0F;
  const auto words_in = [&](Rect rect) {
    Rect inside = rect.inset(12, 0);
    if (votes_width > 0) inside.take_right(votes_width, 6);
    inside.take_left(18, 10);
    return inside;
  };
  const float height =
      std::max(30.0F, rich_text_height(f, words_in(row).w, option.text, style) + 14);
  row = flow.take(height);
  flow.space(6);
  if (flow.dry()) return;
  put(f, Box{.rect = row,
             .fill = hovered(f, part) ? f.colors.raised : f.colors.panel,
             .line = option.right     ? f.colors.good
                     : option.focused ? f.colors.accent
                                      : f.colors.border,
             .line_width = option.right || option.focused ? 2.0F : 1.0F,
             .radius = 6});
  put_place(f, row, part);
  Rect inside = row.inset(12, 0);
  Rect votes = votes_width > 0 ? inside.take_right(votes_width, 6) : Rect{};
  const std::string mark = option.right ? "\u2713" : option.wrong ? "\u2717" : letter_of(index);
  put_line(f, inside.take_left(18, 10), mark, Font::small_bold,
           option.right || option.wrong ? ink : f.colors.muted);
  const Rect words = words_in(row);
  draw_rich_text(f, {words.x, row.y + 7, words.w, row.h}, option.text, style, flow.links());
  if (votes_width <= 0) return;
  const std::string count = std::to_string(option.votes);
  if (question.voting) {
    const int a = static_cast<int>(index);
    put_button(f, votes.take_right(24, 4).inset(0, (row.h - 24) / 2), "+",
               {.kind = PartKind::vote_more, .a = a});
    put_button(f, votes.take_right(24, 4).inset(0, (row.h - 24) / 2), "\u2212",
               {.kind = PartKind::vote_less, .a = a});
  }
  put_line(f, votes, count, Font::body_bold, f.colors.text, Align::right);
}

void put_mark(Frame& f, const Rect& track, float share, Color color, float half_width) {
  const float x = track.x + track.w * std::clamp(share, 0.0F, 1.0F);
  put_box(f, {x - half_width, track.y - 9, 2 * half_width, track.h + 18}, color, half_width);
}

void flow_scale(Flow& flow, const ScaleView& scale) {
  Frame& f = flow.frame();
  flow.lines(f.say(words::ask_yours, {scale.estimate}), Font::body_bold, f.colors.text);
  Rect row = flow.take(34);
  const Rect ends = flow.take(18);
  if (scale.truth)
    flow.lines(f.say(words::ask_truth, {scale.truth_text}), Font::body_bold, f.colors.good);
  flow.space(6);
  if (flow.dry()) return;
  const Rect track{row.x + 8, row.center().y - 3, row.w - 16, 6};
  put_box(f, track, f.colors.track, 3);
  if (scale.truth) put_mark(f, track, *scale.truth, f.colors.good, 3);
  put_mark(f, track, scale.share, f.colors.accent, 4);
  f.scene.places.push_back({.rect = {track.x, row.y, track.w, row.h},
                            .part = {.kind = PartKind::answer_scale},
                            .columns = 1001});
  put_line(f, ends, scale.low, Font::tiny, f.colors.muted);
  put_line(f, ends, scale.high, Font::tiny, f.colors.muted, Align::right);
}

const Phrase* hint_of(const QuestionView& question) {
  if (!question.open) return nullptr;
  if (question.wants_click) return &words::ask_click;
  if (question.wants_drawing) return &words::ask_draw;
  return question.options.empty() ? nullptr : &words::ask_choose;
}

void flow_buttons(Flow& flow, const QuestionView& question) {
  Frame& f = flow.frame();
  const bool answers = question.open && (question.scale || question.drawn);
  if (!question.open && question.options.empty()) return;
  Rect row = flow.take(30);
  flow.space(4);
  if (flow.dry()) return;
  const auto button = [&](const Phrase& phrase, PartKind kind, bool on) {
    const std::string text = f.say(phrase);
    const float width = std::min(f.width(text, Font::small) + 22, row.w);
    put_button(f, row.take_left(width, 8), text, {.kind = kind}, on);
  };
  if (answers) button(words::ask_answer, PartKind::answer_button, true);
  if (question.open) button(words::ask_reveal, PartKind::reveal_button, false);
  if (!question.options.empty()) button(words::ask_votes, PartKind::vote_button, question.voting);
}

}  // namespace

void Flow::text(const RichText& text, Color color, float indent) {
  RichTextStyle style{.font = font_,
                      .color = color,
                      .line_gap = font_ == Font::title || font_ == Font::large ? 8.0F : 6.0F};
  const Rect rect{area_.x + indent, y_, area_.w - indent, 0};
  if (dry_) {
    y_ += rich_text_height(f_, rect.w, text, style);
  } else {
    style.lit = lit_by_pointer(f_);
    y_ += draw_rich_text(f_, rect, text, style, links_).height;
  }
  links_ += link_count(text);
}

void Flow::lines(const std::string& words, Font font, Color color) {
  for (const std::string& line : wrap_text(f_.metrics, words, font, area_.w)) {
    const Rect rect = take(info_of(font).size + 4);
    if (!dry_) put_text(f_, {rect.x, rect.y + 2}, line, font, color);
  }
}

void flow_heading(Flow& flow) {
  Frame& f = flow.frame();
  const LessonView& lesson = lesson_of(flow);
  if (lesson.number > 0)
    flow.lines(
        f.say(words::lesson_of, {std::to_string(lesson.number), std::to_string(lesson.lessons)}) +
            "   " +
            f.say(words::beat_of, {std::to_string(lesson.beat + 1), std::to_string(lesson.beats)}),
        Font::small, f.colors.muted);
  flow.lines(lesson.title, Font::title_bold, f.colors.text);
  put_dots(flow, lesson);
  flow.space(8);
}

void flow_body(Flow& flow) {
  const Frame& f = flow.frame();
  const LessonView& lesson = lesson_of(flow);
  flow.text(lesson.body, f.colors.text);
  if (lesson.pending) flow.lines(f.say(words::lesson_pending), Font::tiny, f.colors.muted);
}

void flow_options(Flow& flow, const QuestionView& question, int columns) {
  const auto step = static_cast<std::size_t>(std::max(1, columns));
  for (std::size_t i = 0; i < question.options.size(); i += step) {
    const float width =
        (flow.width() - 8 * static_cast<float>(step - 1)) / static_cast<float>(step);
    float height = 0;
    for (std::size_t j = i; j < std::min(i + step, question.options.size()); ++j) {
      Flow cell = flow.beside((width + 8) * static_cast<float>(j - i), width);
      flow_option(cell, question, j);
      height = std::max(height, cell.height());
    }
    flow.space(height);
  }
}

void flow_question(Flow& flow, const QuestionView& question, int columns) {
  Frame& f = flow.frame();
  if (question.open) {
    flow.lines(f.say(words::ask_predict), Font::small_bold, f.colors.accent);
    flow.space(4);
  }
  flow.text(question.text, f.colors.text);
  flow.space(8);
  flow_options(flow, question, columns);
  if (question.scale) {
    flow.space(4);
    flow_scale(flow, *question.scale);
  }
  if (const Phrase* hint = hint_of(question)) flow.lines(f.say(*hint), Font::tiny, f.colors.muted);
  flow_buttons(flow, question);
}

void flow_answer(Flow& flow, const QuestionView& question) {
  Frame& f = flow.frame();
  const auto barred = [&](const RichText& text, Color bar) {
    const Rect top = flow.take(0);
    flow.text(text, f.colors.text, 14);
    if (!flow.dry()) put_box(f, {top.x, top.y, 4, flow.take(0).y - top.y}, bar, 2);
    flow.space(8);
  };
  if (!question.feedback.empty())
    barred(question.feedback, question.feedback_good ? f.colors.good : f.colors.bad);
  if (!question.open) {
    if (!question.distance.empty()) flow.lines(question.distance, Font::small, f.colors.muted);
    barred(question.reveal, f.colors.good);
  }
}

}  // namespace kv::scene
