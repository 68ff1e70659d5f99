// The lessons' files while the window is open: read again when they were saved, and answers written
// down when they were given.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "app/logic/action.h"

namespace kv::app {

class LessonKeeper {
 public:
  // Of lessons, or one lesson's own.
  explicit LessonKeeper(std::string folder);

  // The lessons as they are now, where they are others than those of the last call; looks at the
  // disk once a second at most.
  std::optional<Action> look();
  // Another folder, dropped on the window.
  void open(std::string folder);
  // Writes what is new. Failing is told once.
  core::Status keep(const Progress& progress);
  // What is on the disk already.
  void kept(const Progress& progress) { kept_ = progress; }

 private:
  using Clock = std::chrono::steady_clock;

  std::string folder_;
  std::uint64_t stamp_ = 0;
  std::optional<Clock::time_point> looked_;
  Progress kept_;
  bool keeps_ = true;
};

// Lessons of a folder as an action, and the sizes their expressions need.
act::SetLessons lessons_from(const std::string& folder);

}  // namespace kv::app
