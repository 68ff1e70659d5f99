// Lessons on the disk: those that come with the program, and folders from anywhere; and what a
// learner has answered.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/logic/lesson/lesson_state.h"

namespace kv::app {

struct LessonsRead {
  std::vector<Lesson> lessons;        // whole ones, by number
  std::vector<std::string> mistakes;  // of the others, a line each
};

// Folders with a lesson.json in `folder`, by their names; `folder` itself where it has one.
std::vector<std::string> lesson_folders(const std::string& folder);
// Where a lesson's name or path leads: a folder of lessons with all of them, or one alone.
LessonsRead read_lessons(const std::string& folder);
// A file that is missing is one of the mistakes.
ReadLesson read_lesson_folder(const std::string& folder);

// The lessons that come with the program.
std::string lessons_folder();
// Where --lesson leads: an id, a folder's name ("04_with-cache"), a number, or a path.
struct LessonPlace {
  std::string folder;  // of all lessons, or of the one
  int index = 0;       // among those of the folder that are whole
};
// Without a name: the first of those that come with the program. A usage error for an unknown one.
core::Result<LessonPlace> find_lesson(const std::optional<std::string>& name);

// Sizes of the built-in models, for lessons' expressions.
std::shared_ptr<const std::map<std::string, core::CostConfig>> built_in_sizes();

// A number that changes when a file of these folders does.
std::uint64_t stamp_of(const std::vector<std::string>& folders);

std::string progress_path();  // empty where there is no folder for it
core::Result<Progress> load_progress();
core::Status save_progress(const Progress& progress);
// To answers-N.csv in the data folder, the first that is free; the path.
core::Result<std::string> export_answers(const Progress& progress);

}  // namespace kv::app
