#include "app/logic/lesson/answering.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/logic/lesson/drawing.h"
#include "app/logic/lesson/quantities.h"
#include "app/logic/lesson/teaching.h"

namespace kv::app {
namespace {

const Question* question_of(const AppState& state) {
  const Beat* beat = in_lessons(state) ? state.lesson.shown_beat() : nullptr;
  return beat && beat->question ? &*beat->question : nullptr;
}

// The question with its numbers, once they are there.
const FilledQuestion* filled_question(const AppState& state) {
  const auto& filled = state.lesson.filled;
  return question_of(state) && filled && filled->complete && filled->question
             ? &*filled->question
             : nullptr;
}

Answer& record_of(AppState& state) {
  return answer_to(state.lesson.progress, state.lesson.shown()->id,
                   state.lesson.shown_beat()->id);
}

void take(AppState& state, const std::string& tried, bool right, const std::string& feedback) {
  Answer& record = record_of(state);
  if (record.tried.size() < most_tries) record.tried.push_back(tried);
  record.right |= right;
  state.lesson.feedback = right ? "yes" : feedback;
}

std::size_t option_count(const AppState& state) {
  const Question* question = question_of(state);
  return question ? question->options.size() : 0;
}

// Within a factor, where both are positive; else within that share of the truth.
bool close_to(double value, double truth, double tolerance) {
  if (value > 0 && truth > 0) {
    const double ratio = value / truth;
    return ratio <= tolerance * (1 + 1e-9) && ratio * tolerance >= 1 - 1e-9;
  }
  return std::fabs(value - truth) <= (tolerance - 1) * std::fabs(truth) + 1e-12;
}

void judge_number(AppState& state, const Question& question, const FilledQuestion& filled) {
  const double value = scale_value(question, filled, state.lesson.estimate);
  std::string feedback = "far";
  for (std::size_t i = 0; i < filled.traps.size(); ++i)
    if (close_to(value, filled.traps[i], question.tolerance)) feedback = question.traps[i].id;
  take(state, fmt::format("{:.6g}", value), close_to(value, filled.answer, question.tolerance),
       feedback);
}

void judge_drawing(AppState& state, const Question& question, const FilledQuestion& filled) {
  const auto exponent = drawn_exponent(state.lesson.drawing);
  if (!exponent) return;
  std::string feedback = "far";
  for (std::size_t i = 0; i < filled.traps.size(); ++i)
    if (std::fabs(*exponent - filled.traps[i]) <= question.tolerance)
      feedback = question.traps[i].id;
  take(state, fmt::format("{:.2f}", *exponent),
       std::fabs(*exponent - filled.answer) <= question.tolerance, feedback);
}

// Whether a clicked part is of the pattern, and its place fulfils the condition.
bool clicked_on(const AppState& state, const scene::PartId& part, const std::string& name,
                const std::string& where) {
  const auto pattern = scene::parse_part_pattern(name);
  const int rows = state.now.run ? static_cast<int>(state.now.run->prompt.size()) +
                                       std::max(0, state.now.moment.step - 1)
                                 : 0;
  if (!pattern || !scene::matches(*pattern, part, rows)) return false;
  if (where.empty()) return true;
  QuantitySource source;
  source.subject = subject_of(state);
  source.step = state.now.moment.step;
  source.layer = state.view.layer;
  source.head = state.view.head;
  const auto condition = evaluate_at(where, part, resolver_of(source));
  return condition && condition->value != 0;
}

}  // namespace

core::Result<Quantity> evaluate_at(const std::string& condition, const scene::PartId& part,
                                   const Resolver& resolver) {
  return evaluate(condition, [&](std::string_view id,
                                 std::span<const Quantity> arguments) -> core::Result<Quantity> {
    if (id == "row" || id == "index") return Quantity{.value = static_cast<double>(part.a)};
    if (id == "column") return Quantity{.value = static_cast<double>(part.b)};
    return resolver(id, arguments);
  });
}

bool asks(const AppState& state) {
  if (!question_of(state)) return false;
  const Answer* record = answer_to(state.lesson.progress, state.lesson.shown()->id,
                                   state.lesson.shown_beat()->id);
  return !record || (!record->right && !record->revealed);
}

void choose_option(AppState& state, int option) {
  const Question* question = question_of(state);
  const FilledQuestion* filled = filled_question(state);
  if (!filled || option < 0 || option >= static_cast<int>(option_count(state))) return;
  state.lesson.focused = option;
  if (!asks(state)) return;
  const std::string& id = question->options[static_cast<std::size_t>(option)].id;
  take(state, id, option == filled->right, id);
}

void focus_option(AppState& state, int by) {
  const int count = static_cast<int>(option_count(state));
  if (count > 0) state.lesson.focused = (state.lesson.focused + by + count) % count;
}

void set_estimate(AppState& state, float share) {
  const Question* question = question_of(state);
  if (filled_question(state) && question->kind == QuestionKind::number && asks(state) &&
      share == share)
    state.lesson.estimate = std::clamp(share, 0.0F, 1.0F);
}

void begin_estimate(AppState& state) {
  const Question* question = question_of(state);
  const FilledQuestion* filled = filled_question(state);
  if (!filled || question->kind != QuestionKind::number) return;
  for (const float share : {0.5F, 0.25F, 0.75F}) {
    state.lesson.estimate = share;
    if (!close_to(scale_value(*question, *filled, share), filled->answer, question->tolerance))
      return;
  }
}

void answer(AppState& state) {
  const Question* question = question_of(state);
  const FilledQuestion* filled = filled_question(state);
  if (!filled || !asks(state)) return;
  switch (question->kind) {
    case QuestionKind::choice:
      return choose_option(state, state.lesson.focused);
    case QuestionKind::number:
      return judge_number(state, *question, *filled);
    case QuestionKind::draw:
      return judge_drawing(state, *question, *filled);
    case QuestionKind::click:
      return;
  }
}

void reveal(AppState& state) {
  if (!asks(state) || !filled_question(state)) return;
  record_of(state).revealed = true;
  state.lesson.feedback.clear();
}

bool answer_click(AppState& state, const scene::PartId& part) {
  const Question* question = question_of(state);
  if (!question || question->kind != QuestionKind::click || !asks(state) || !state.now.run)
    return false;
  if (clicked_on(state, part, question->part, question->where)) {
    take(state, scene::name_of(part.kind), true, "yes");
    return true;
  }
  for (const Trap& trap : question->traps)
    if (clicked_on(state, part, trap.part, trap.where)) {
      take(state, trap.id, false, trap.id);
      return true;
    }
  // What is no part of the run's picture (buttons, the text) is no answer.
  if (part.kind >= scene::PartKind::prompt_button || part.kind == scene::PartKind::none)
    return false;
  take(state, scene::name_of(part.kind), false, "far");
  return true;
}

void draw_point(AppState& state, scene::Vec2 value) {
  const Question* question = question_of(state);
  if (!question || question->kind != QuestionKind::draw || !asks(state)) return;
  add_to_drawing(state.lesson.drawing, value);
}

void toggle_votes(AppState& state) {
  if (option_count(state) == 0) return;
  state.lesson.voting = !state.lesson.voting;
  record_of(state).votes.resize(option_count(state));
}

void vote(AppState& state, int option, int by) {
  if (option < 0 || option >= static_cast<int>(option_count(state))) return;
  auto& votes = record_of(state).votes;
  votes.resize(option_count(state));
  int& count = votes[static_cast<std::size_t>(option)];
  count = std::clamp(count + by, 0, 9999);
}

double scale_value(const Question& question, const FilledQuestion& filled, float share) {
  const auto t = static_cast<double>(share);
  if (!question.logarithmic) return filled.low + t * (filled.high - filled.low);
  const double low = std::max(filled.low, 1e-30), high = std::max(filled.high, low);
  return low * std::pow(high / low, t);
}

float scale_share(const Question& question, const FilledQuestion& filled, double value) {
  double share = 0;
  if (question.logarithmic) {
    const double low = std::max(filled.low, 1e-30), high = std::max(filled.high, low * 1.0001);
    share = std::log(std::max(value, 1e-30) / low) / std::log(high / low);
  } else if (filled.high > filled.low) {
    share = (value - filled.low) / (filled.high - filled.low);
  }
  return static_cast<float>(std::clamp(share, 0.0, 1.0));
}

}  // namespace kv::app
