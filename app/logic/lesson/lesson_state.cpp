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

}  // namespace kv::app
