#include "app/shell/window/lesson_keeper.h"

#include "app/shell/lesson_store.h"

namespace kv::app {

act::SetLessons lessons_from(const std::string& folder) {
  LessonsRead read = read_lessons(folder);
  return {.lessons = std::make_shared<const std::vector<Lesson>>(std::move(read.lessons)),
          .mistakes = std::move(read.mistakes)};
}

LessonKeeper::LessonKeeper(std::string folder) : folder_(std::move(folder)) {}

std::optional<Action> LessonKeeper::look() {
  const auto now = Clock::now();
  if (looked_ && now - *looked_ < std::chrono::seconds(1)) return {};
  looked_ = now;
  const std::uint64_t stamp = stamp_of(lesson_folders(folder_));
  if (stamp == stamp_) return {};
  stamp_ = stamp;
  return lessons_from(folder_);
}

void LessonKeeper::open(std::string folder) {
  folder_ = std::move(folder);
  stamp_ = 0;
  looked_.reset();
}

core::Status LessonKeeper::keep(const Progress& progress) {
  if (progress == kept_ || !keeps_) return {};
  // Another window may have written meanwhile.
  const auto there = load_progress();
  auto error = save_progress(there ? with_news(*there, kept_, progress) : progress);
  kept_ = progress;
  if (error) keeps_ = false;
  return error;
}

}  // namespace kv::app
