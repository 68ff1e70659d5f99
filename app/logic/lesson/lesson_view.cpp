// What the panes show of the lesson's state.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/logic/lesson/answering.h"
#include "app/logic/lesson/drawing.h"
#include "app/logic/lesson/filling.h"
#include "app/logic/lesson/teaching.h"

namespace kv::app {
namespace {

namespace words = scene::words;

bool seen(const Progress& progress, const std::string& lesson, const std::string& beat) {
  return std::ranges::find(progress.seen, std::pair{lesson, beat}) != progress.seen.end();
}

scene::LessonEntry entry_of(const Lesson& lesson, const AppState& state) {
  scene::LessonEntry entry{.number = lesson.number,
                           .title = lesson.in(state.view.language).title,
                           .beats = {},
                           .lecture = {},
                           .seen = {}};
  for (const Beat& beat : lesson.beats) {
    entry.beats.push_back(beat.id);
    entry.lecture.push_back(beat.lecture);
    entry.seen.push_back(seen(state.lesson.progress, lesson.id, beat.id));
  }
  return entry;
}

// An estimate is no more exact than three digits say.
std::string estimate_text(double value, Kind kind) {
  const double size = std::fabs(value);
  const double unit = size > 0 ? std::pow(10.0, std::floor(std::log10(size)) - 2) : 1;
  const double rounded = kind == Kind::exponent ? value : std::round(value / unit) * unit;
  const auto text = format_quantity({.value = rounded, .kind = kind, .text = {}}, "");
  return text ? *text : fmt::format("{:.3g}", value);
}

scene::ScaleView scale_of(const AppState& state, const Question& question,
                          const FilledQuestion& filled, bool open) {
  const float share = std::max(0.0F, state.lesson.estimate);
  const double value = scale_value(question, filled, share);
  scene::ScaleView scale{.share = share,
                         .estimate = estimate_text(value, filled.kind),
                         .low = estimate_text(filled.low, filled.kind),
                         .high = estimate_text(filled.high, filled.kind),
                         .truth = {},
                         .truth_text = {}};
  if (open) return scale;
  scale.truth = scale_share(question, filled, filled.answer);
  const auto truth = format_quantity({.value = filled.answer, .kind = filled.kind, .text = {}}, "");
  scale.truth_text = truth ? *truth : "";
  return scale;
}

void add_options(const AppState& state, const Question& question, const FilledQuestion& filled,
                 const Answer* record, scene::QuestionView& view) {
  for (std::size_t i = 0; i < question.options.size() && i < filled.options.size(); ++i) {
    scene::OptionView option{.text = filled.options[i]};
    const std::string& id = question.options[i].id;
    const bool right = static_cast<int>(i) == filled.right;
    const bool tried = record && std::ranges::find(record->tried, id) != record->tried.end();
    option.right = right && !view.open;
    option.wrong = tried && !right;
    option.focused = view.open && state.lesson.focused == static_cast<int>(i);
    if (record && i < record->votes.size()) option.votes = record->votes[i];
    view.voted |= option.votes > 0;
    view.options.push_back(std::move(option));
  }
}

scene::RichText feedback_of(const AppState& state, const FilledQuestion& filled) {
  const std::string& id = state.lesson.feedback;
  if (id.empty()) return {};
  if (id == "yes")
    return {{.kind = scene::Block::Kind::paragraph,
             .spans = {{.text = words::ask_right.in(state.view.language), .strong = true}}}};
  const auto found = filled.whys.find(id);
  return found == filled.whys.end() ? scene::RichText{} : found->second;
}

scene::QuestionView question_view(const AppState& state, const Question& question,
                                  const FilledQuestion& filled) {
  const LessonState& lesson = state.lesson;
  const Answer* record =
      answer_to(lesson.progress, lesson.shown()->id, lesson.shown_beat()->id);
  scene::QuestionView view;
  view.text = filled.text;
  view.reveal = filled.reveal;
  view.open = asks(state);
  view.voting = lesson.voting;
  add_options(state, question, filled, record, view);
  view.wants_click = question.kind == QuestionKind::click;
  view.wants_drawing = question.kind == QuestionKind::draw;
  const auto exponent = drawn_exponent(lesson.drawing);
  view.drawn = exponent.has_value();
  if (question.kind == QuestionKind::number) view.scale = scale_of(state, question, filled, view.open);
  if (question.kind == QuestionKind::draw && exponent && !view.open)
    view.distance = scene::say(words::ask_distance, state.view.language,
                               {fmt::format("{:.2f}", *exponent),
                                fmt::format("{:.2f}", filled.answer)});
  view.feedback = feedback_of(state, filled);
  view.feedback_good = lesson.feedback == "yes";
  return view;
}

std::string timer_text(double seconds) {
  const auto whole = static_cast<int>(seconds);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

std::shared_ptr<const scene::LessonView> lesson_view(const AppState& state) {
  const LessonState& lesson = state.lesson;
  if (!in_lessons(state)) return nullptr;
  auto view = std::make_shared<scene::LessonView>();
  view->mistakes = lesson.mistakes;
  if (!lesson.shown_beat()) return view;
  const Lesson& shown = *lesson.shown();
  const scene::LessonEntry entry = entry_of(shown, state);
  view->number = shown.number;
  // Of some lessons alone the numbers are those they have among all.
  view->lessons = std::max(static_cast<int>(lesson.lessons->size()), lesson.lessons->back().number);
  view->title = entry.title;
  view->beat = lesson.beat;
  view->beats = static_cast<int>(shown.beats.size());
  view->lecture = entry.lecture;
  view->seen = entry.seen;
  view->in_lecture = lesson.lecture;
  view->notes_open = lesson.notes;
  view->presenting = lesson.presenting;
  view->folded = lesson.folded;
  if (lesson.presenting) view->timer = timer_text(lesson.presented);
  view->drawing = lesson.drawing;
  if (state.view.overlay == scene::Overlay::lessons)
    for (const Lesson& one : *lesson.lessons) view->list.push_back(entry_of(one, state));
  if (!lesson.filled) {
    view->pending = true;
    return view;
  }
  view->pending = !lesson.filled->complete;
  if (view->pending && cue_is_ready(state))
    for (const std::string& mistake : lesson.filled->mistakes)
      view->mistakes.push_back(fmt::format("{}/{}.md:{}", shown.folder,
                                           scene::code_of(state.view.language), mistake));
  view->body = lesson.filled->body;
  view->notes = lesson.filled->notes;
  const auto& question = lesson.shown_beat()->question;
  if (question && lesson.filled->question) {
    view->question = question_view(state, *question, *lesson.filled->question);
    view->curve_hidden = question->kind == QuestionKind::draw && view->question->open;
  }
  return view;
}

}  // namespace kv::app
