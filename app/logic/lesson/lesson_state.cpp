#include "app/logic/lesson/lesson_state.h"

#include <algorithm>

namespace kv::app {
namespace {

auto find(auto& answers, const std::string& lesson, const std::string& beat) {
  return std::ranges::find_if(
      answers, [&](const Answer& a) { return a.lesson == lesson && a.beat == beat; });
}

}  // namespace

const Answer* answer_to(const Progress& progress, const std::string& lesson,
                        const std::string& beat) {
  const auto found = find(progress.answers, lesson, beat);
  return found == progress.answers.end() ? nullptr : &*found;
}

Answer& answer_to(Progress& progress, const std::string& lesson, const std::string& beat) {
  const auto found = find(progress.answers, lesson, beat);
  if (found != progress.answers.end()) return *found;
  Answer& fresh = progress.answers.emplace_back();
  fresh.lesson = lesson;
  fresh.beat = beat;
  return fresh;
}

Progress with_news(Progress kept, const Progress& before, const Progress& now) {
  for (const auto& beat : now.seen)
    if (std::ranges::find(kept.seen, beat) == kept.seen.end()) kept.seen.push_back(beat);
  for (const Answer& answer : now.answers) {
    const Answer* const earlier = answer_to(before, answer.lesson, answer.beat);
    const bool ours = !earlier || *earlier != answer;
    if (ours || !answer_to(std::as_const(kept), answer.lesson, answer.beat))
      answer_to(kept, answer.lesson, answer.beat) = answer;
  }
  return kept;
}

}  // namespace kv::app
