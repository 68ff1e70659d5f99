// What the panes show of the lesson's state.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/logic/lesson/answering.h"
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

// A number in the manner of the answer's own text, for the estimate beside it.
std::string estimate_text(double value) {
  const double size = std::fabs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-3)) return fmt::format("{:.2e}", value);
  constexpr std::pair<double, const char*> steps[] = {{1e12, " T"}, {1e9, " G"}, {1e6, " M"}, {1e4, " k"}};
  for (const auto& [base, name] : steps)
    if (size >= base) {
      const double unit = base == 1e4 ? 1e3 : base;
      return fmt::format("{:.3g}{}", value / unit, name);
    }
  return size >= 100 ? fmt::format("{:.0f}", value) : fmt::format("{:.2g}", value);
}

scene::ScaleView scale_of(const AppState& state, const Question& question,
                          const FilledQuestion& filled, bool open) {
  const double value = scale_value(question, filled, state.lesson.estimate);
  scene::ScaleView scale{.share = state.lesson.estimate,
                         .estimate = estimate_text(value),
                         .low = filled.range_texts.empty() ? "" : filled.range_texts[0],
                         .high = filled.range_texts.size() < 2 ? "" : filled.range_texts[1],
                         .truth = {},
                         .truth_text = {}};
  if (open) return scale;
  scale.truth = scale_share(question, filled, filled.answer);
  scale.truth_text = filled.answer_text;
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
                               {fmt::format("{:.2f}", *exponent), filled.answer_text});
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
  if (!in_lessons(state) || !lesson.shown_beat()) return nullptr;
  auto view = std::make_shared<scene::LessonView>();
  const Lesson& shown = *lesson.shown();
  const scene::LessonEntry entry = entry_of(shown, state);
  view->number = shown.number;
  view->lessons = static_cast<int>(lesson.lessons->size());
  view->title = entry.title;
  view->beat = lesson.beat;
  view->beats = static_cast<int>(shown.beats.size());
  view->lecture = entry.lecture;
  view->seen = entry.seen;
  view->in_lecture = lesson.lecture;
  view->notes_open = lesson.notes;
  view->presenting = lesson.presenting;
  view->folded = lesson.folded;
  view->mistakes = lesson.mistakes;
  if (lesson.presenting) view->timer = timer_text(lesson.presented);
  view->drawing = lesson.drawing;
  if (state.view.overlay == scene::Overlay::lessons)
    for (const Lesson& one : *lesson.lessons) view->list.push_back(entry_of(one, state));
  if (!lesson.filled) {
    view->pending = true;
    return view;
  }
  view->pending = !lesson.filled->complete;
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
