#include "app/logic/lab/drill.h"

#include <algorithm>

#include "app/logic/lesson/model_sizes.h"

namespace kv::app {
namespace {

QuantitySource source_of(const AppState& state) {
  QuantitySource source;
  source.model_sizes = [lesson = state.lesson](const std::string& name) {
    return sizes_of(lesson, name);
  };
  return source;
}

void ask_question(AppState& state) {
  Drill& drill = state.lab.drill;
  drill.asked.reset();
  drill.language = state.view.language;
  drill.mistake = state.lab.quiz_mistake;
  if (!state.lab.quiz) return;
  auto asked = ask(*state.lab.quiz, drill.seed, drill.number, drill.language, source_of(state));
  if (asked)
    drill.asked = *std::move(asked);
  else
    drill.mistake = asked.error().message;
}

void count_answer(Drill& drill, bool right_at_once) {
  ++drill.answered;
  drill.right += right_at_once ? 1 : 0;
  drill.streak = right_at_once ? drill.streak + 1 : 0;
}

}  // namespace

void refresh_drill(AppState& state) {
  Drill& drill = state.lab.drill;
  const std::uint64_t seed = state.lab.scenarios.scenario.seed;
  if (drill.seed != seed) {
    drill = {};
    drill.seed = seed;
  }
  // In another language the question is the same one, and what was tried stays tried.
  if (!drill.asked || drill.language != state.view.language) ask_question(state);
}

void next_question(AppState& state) {
  Drill& drill = state.lab.drill;
  if (drill.asked && drill.open()) drill.streak = 0;  // left out: neither right nor wrong
  ++drill.number;
  drill.tried.clear();
  drill.revealed = false;
  drill.focused = 0;
  drill.asked.reset();
}

void choose_answer(AppState& state, int option) {
  Drill& drill = state.lab.drill;
  if (!drill.asked || option < 0 || option >= static_cast<int>(drill.asked->options.size())) return;
  drill.focused = option;
  if (!drill.open() || std::ranges::find(drill.tried, option) != drill.tried.end()) return;
  const bool right = option == drill.asked->right;
  if (drill.tried.empty()) count_answer(drill, right);
  drill.tried.push_back(option);
}

void focus_answer(AppState& state, int by) {
  Drill& drill = state.lab.drill;
  const int count = drill.asked ? static_cast<int>(drill.asked->options.size()) : 0;
  if (count > 0) drill.focused = (drill.focused + by + count) % count;
}

void reveal_answer(AppState& state) {
  Drill& drill = state.lab.drill;
  if (!drill.open()) return;
  if (drill.tried.empty()) count_answer(drill, false);
  drill.revealed = true;
}

namespace {

std::string name_of_topic(const AppState& state, const std::string& topic) {
  if (!state.lab.quiz) return topic;
  const auto& names = state.lab.quiz->topics[static_cast<std::size_t>(state.lab.drill.language)];
  const auto found = names.find(topic);
  return found == names.end() ? topic : found->second;
}

}  // namespace

std::optional<scene::DrillView> drill_view(const AppState& state) {
  const Drill& drill = state.lab.drill;
  if (!drill.asked) return {};
  const AskedQuestion& asked = *drill.asked;
  scene::DrillView view{.number = drill.number + 1,
                        .right = drill.right,
                        .asked = drill.answered,
                        .streak = drill.streak,
                        .topic = name_of_topic(state, asked.topic),
                        .picture = drill.picture,
                        .question = {}};
  scene::QuestionView& q = view.question;
  q.text = asked.text;
  q.open = drill.open();
  for (std::size_t i = 0; i < asked.options.size(); ++i) {
    const int option = static_cast<int>(i);
    const bool tried = std::ranges::find(drill.tried, option) != drill.tried.end();
    q.options.push_back({.text = asked.options[i],
                         .focused = option == drill.focused,
                         .wrong = tried && option != asked.right,
                         .right = !q.open && option == asked.right});
  }
  if (q.open && !drill.tried.empty())
    q.feedback = asked.whys[static_cast<std::size_t>(drill.tried.back())];
  q.feedback_good = !q.open && !drill.revealed;
  if (q.feedback_good)
    q.feedback = {
        {.kind = scene::Block::Kind::paragraph,
         .spans = {{.text = scene::words::ask_right.in(drill.language), .strong = true}}}};
  if (!q.open) q.reveal = asked.reveal;
  return view;
}

}  // namespace kv::app
