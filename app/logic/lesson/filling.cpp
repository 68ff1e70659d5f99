#include "app/logic/lesson/filling.h"

#include <fmt/format.h>

#include <cmath>

#include "app/logic/lesson/answering.h"
#include "app/logic/lesson/drawing.h"
#include "app/logic/lesson/markdown.h"
#include "app/logic/lesson/model_sizes.h"
#include "app/logic/lesson/teaching.h"
#include "core/cost/presets.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

// Both replays of the cue's step, wherever the learner has stepped to since.
scene::Subject subject_of_cue(const AppState& state, const Cue& cue) {
  scene::Subject subject = subject_of(state);
  subject.cached = subject.uncached = nullptr;
  for (const auto& replay : state.replays) {
    if (replay->step != cue.step - 1 || !replay->record->layer(cue.layer)) continue;
    (replay->side == core::Side::cached ? subject.cached : subject.uncached) = replay;
  }
  return subject;
}

QuantitySource source_of(const AppState& state, const Cue& cue) {
  QuantitySource source;
  source.subject = subject_of_cue(state, cue);
  source.step = cue.step;
  source.layer = cue.layer;
  source.head = cue.head;
  const ExperimentDone& done = state.experiment;
  if (done.run_id == state.run_id && done.step == cue.step - 1) source.experiment = done.result;
  if (state.bench.model == cue.model) source.bench = state.bench.times;
  source.model_sizes = [lesson = state.lesson](const std::string& name) {
    return sizes_of(lesson, name);
  };
  return source;
}

class Filler {
 public:
  Filler(const AppState& state, FilledBeat& filled)
      : state_(state),
        filled_(filled),
        resolver_(resolver_of(source_of(state, state.lesson.shown_beat()->show))) {}

  scene::RichText text(const Section& section) {
    if (section.text.empty()) return {};
    auto words = fill_placeholders(section.text, resolver_, escape_markdown);
    if (words) return parse_markdown(*words);
    miss(words.error().message, section.line);
    // Where a number is still missing, its place is kept.
    const Resolver nothing = [](std::string_view, std::span<const Quantity>) {
      return core::Result<Quantity>(Quantity{.kind = Kind::text, .text = "\u2026"});
    };
    std::string shown;
    for (std::size_t at = 0; at < section.text.size();) {
      const std::size_t begin = std::min(section.text.find("{{", at), section.text.size());
      shown += section.text.substr(at, begin - at);
      if (begin == section.text.size()) break;
      const std::size_t end = section.text.find("}}", begin);
      if (end == std::string::npos) break;
      auto one = fill_placeholders(section.text.substr(begin, end + 2 - begin), resolver_,
                                   escape_markdown);
      shown += one ? *one : "\u2026";
      at = end + 2;
    }
    return parse_markdown(shown);
  }

  std::optional<double> number(const std::string& expression, int line) {
    const auto value = evaluate(expression, resolver_);
    if (value && value->kind != Kind::text) return value->value;
    miss(value ? core::quoted(expression) + ": found text, expected a number"
               : value.error().message,
         line);
    return {};
  }
  // A click's condition, which is judged when somebody clicks, can be evaluated at all.
  void check_condition(const std::string& expression, int line) {
    if (expression.empty()) return;
    const auto value = evaluate_at(expression, {.a = 0, .b = 0}, resolver_);
    if (!value) miss(value.error().message, line);
  }
  Kind kind(const std::string& expression) const {
    const auto value = evaluate(expression, resolver_);
    return value ? value->kind : Kind::plain;
  }

 private:
  void miss(const std::string& what, int line) {
    filled_.complete = false;
    filled_.mistakes.push_back(std::to_string(line) + ": " + what);
  }

  const AppState& state_;
  FilledBeat& filled_;
  Resolver resolver_;
};

// The one option that is right; a mistake where there is none or more than one.
int right_option(const Question& question, Filler& filler, int line,
                 std::vector<std::string>& mistakes) {
  std::optional<double> answer;
  if (!question.answer.empty()) answer = filler.number(question.answer, line);
  int right = -1, count = 0;
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    const Option& option = question.options[i];
    const auto value = filler.number(option.value.empty() ? option.holds : option.value, line);
    if (!value) return -1;
    const bool is = option.value.empty()
                        ? *value != 0
                        : answer && std::fabs(*value - *answer) <=
                                        1e-6 * std::max(std::fabs(*value), std::fabs(*answer));
    if (is) right = static_cast<int>(i), ++count;
  }
  if (count == 1) return right;
  mistakes.push_back(std::to_string(line) + ": found " + std::to_string(count) +
                     " right options, expected one");
  return -1;
}

// Cumulative FLOPs from a one-token prompt, of the model that the chart is of.
core::Uint128 curve_at(const AppState& state, const Question& question, std::int64_t n) {
  const core::Preset* preset = core::find_preset(state.lesson.shown_beat()->show.spec.preset);
  const core::ModelConfig& config =
      preset ? preset->cost.model : state.now.run->model->config;
  const core::OpCount cost = core::run_cost(config, question.side, 1, n);
  if (question.component < 0) return cost.total();
  return cost.*core::op_count_parts[static_cast<std::size_t>(question.component)].value;
}

// The exponent over the whole stretch that is drawn, as that of the drawing is.
double true_exponent(const AppState& state, const Question& question, double last_n) {
  std::vector<scene::Vec2> points;
  for (int i = 0; i <= 24; ++i) {
    const double n = std::exp(std::log(last_n) * i / 24.0);
    const auto whole = static_cast<std::int64_t>(std::llround(std::max(1.0, n)));
    points.push_back({static_cast<float>(whole),
                      static_cast<float>(core::to_double(curve_at(state, question, whole)))});
  }
  return drawn_exponent(points).value_or(0);
}

FilledQuestion fill_question(const AppState& state, const Question& question,
                             const BeatWords& words, Filler& filler, FilledBeat& filled) {
  FilledQuestion q;
  const int line = words.question.line;
  q.text = filler.text(words.question);
  q.reveal = filler.text(words.reveal);
  for (const auto& [id, section] : words.whys) q.whys[id] = filler.text(section);
  for (const Option& option : question.options)
    if (const auto found = words.options.find(option.id); found != words.options.end())
      q.options.push_back(filler.text(found->second));
  const auto wanted = [&](const std::string& expression) {
    return filler.number(expression, line).value_or(0);
  };
  switch (question.kind) {
    case QuestionKind::choice:
      q.right = right_option(question, filler, line, filled.mistakes);
      if (q.right < 0) filled.complete = false;
      break;
    case QuestionKind::number:
      q.answer = wanted(question.answer);
      q.kind = filler.kind(question.answer);
      q.low = wanted(question.range[0]);
      q.high = wanted(question.range[1]);
      break;
    case QuestionKind::draw:
      q.last_n = wanted(question.to);
      q.answer = true_exponent(state, question, std::max(2.0, q.last_n));
      break;
    case QuestionKind::click:
      filler.check_condition(question.where, line);
      for (const Trap& trap : question.traps) filler.check_condition(trap.where, line);
      break;
  }
  for (const Trap& trap : question.traps)
    q.traps.push_back(trap.value.empty() ? 0 : wanted(trap.value));
  return q;
}

}  // namespace

bool cue_is_ready(const AppState& state) {
  const Beat* beat = state.lesson.shown_beat();
  if (!beat || !state.now.run || state.lesson.cue_waiting) return false;
  const Cue& cue = beat->show;
  const auto& steps = state.now.run->steps;
  if (static_cast<int>(steps.size()) < std::max(1, cue.step)) return false;
  if (cue.experiment != core::Experiment::none)
    return state.experiment.result && state.experiment.run_id == state.run_id &&
           state.experiment.step == cue.step - 1;
  if (cue.stage == scene::Stage::bench && state.bench.model != cue.model) return false;
  if (cue.step == 0) return true;
  const scene::Subject subject = subject_of_cue(state, cue);
  return subject.cached && subject.uncached &&
         steps[static_cast<std::size_t>(cue.step - 1)]->uncached;
}

FilledBeat fill_beat(const AppState& state) {
  const LessonState& lesson = state.lesson;
  const Beat& beat = *lesson.shown_beat();
  const BeatWords& words =
      lesson.shown()->in(state.view.language).beats[static_cast<std::size_t>(lesson.beat)];
  FilledBeat filled{.lesson = lesson.lesson, .beat = lesson.beat, .language = state.view.language,
                    .body = {}, .notes = {}, .question = {}, .complete = true, .mistakes = {}};
  Filler filler(state, filled);
  filled.body = filler.text(words.body);
  filled.notes = filler.text(words.notes);
  if (beat.question) filled.question = fill_question(state, *beat.question, words, filler, filled);
  return filled;
}

}  // namespace kv::app
