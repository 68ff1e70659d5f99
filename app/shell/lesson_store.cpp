#include "app/shell/lesson_store.h"

#include <algorithm>
#include <filesystem>

#include "app/logic/lesson/progress_json.h"
#include "app/shell/atomic_file.h"
#include "app/shell/open_model.h"
#include "app/shell/read_path.h"
#include "app/shell/xdg_folders.h"

namespace kv::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_bytes = std::uint64_t{1} << 20;

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> files = {folder + "/lesson.json"};
  for (const scene::Language language : scene::languages)
    files.push_back(folder + "/" + scene::code_of(language) + ".md");
  return files;
}

// Files that no language and no structure asks for: a typing error more often than not.
void find_orphans(const std::string& folder, std::vector<std::string>& mistakes) {
  const auto known = files_of(folder);
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string path = folder + "/" + entry.path().filename().string();
    if (std::ranges::find(known, path) == known.end())
      mistakes.push_back(path + ": found a file that is no part of a lesson, expected lesson.json, "
                                "en.md, ru.md, zh.md and ko.md alone");
  }
}

}  // namespace

std::string lessons_folder() { return std::string(KVSCOPE_SOURCE_DIR) + "/lessons"; }

std::vector<std::string> lesson_folders(const std::string& given) {
  const std::string folder = without_slash(given);
  std::error_code ignored;
  if (fs::exists(folder + "/lesson.json", ignored)) return {folder};
  std::vector<std::string> folders;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (fs::exists(entry.path() / "lesson.json", ignored))
      folders.push_back(folder + "/" + entry.path().filename().string());
  // What begins with a number; a template beside them does not.
  std::erase_if(folders, [](const std::string& path) {
    const char first = path[path.rfind('/') + 1];
    return first < '0' || first > '9';
  });
  std::ranges::sort(folders);
  return folders;
}

ReadLesson read_lesson_folder(const std::string& folder) {
  LessonFiles files;
  files.folder = folder;
  ReadLesson failed;
  auto json = read_path(folder + "/lesson.json", most_bytes);
  if (!json) failed.mistakes.push_back(json.error().message);
  if (json) files.json = *std::move(json);
  for (const scene::Language language : scene::languages) {
    const std::string path = folder + "/" + scene::code_of(language) + ".md";
    auto text = read_path(path, most_bytes);
    if (text)
      files.markdown[static_cast<std::size_t>(language)] = *std::move(text);
    else
      failed.mistakes.push_back(text.error().message);
  }
  if (!failed.mistakes.empty()) return failed;
  ReadLesson read = read_lesson(files);
  find_orphans(folder, read.mistakes);
  return read;
}

LessonsRead read_lessons(const std::string& folder) {
  LessonsRead all;
  for (const std::string& one : lesson_folders(folder)) {
    ReadLesson read = read_lesson_folder(one);
    if (read.mistakes.empty()) all.lessons.push_back(std::move(read.lesson));
    std::ranges::move(read.mistakes, std::back_inserter(all.mistakes));
  }
  std::ranges::stable_sort(all.lessons, {}, &Lesson::number);
  return all;
}

core::Result<LessonPlace> find_lesson(const std::optional<std::string>& name) {
  if (!name) return LessonPlace{lessons_folder(), 0};
  std::error_code ignored;
  if (name->find('/') != std::string::npos || fs::exists(*name + "/lesson.json", ignored)) {
    if (!lesson_folders(*name).empty()) return LessonPlace{without_slash(*name), 0};
    return core::input_error(*name, "lesson.json", "nothing", "a lesson's folder");
  }
  const LessonsRead all = read_lessons(lessons_folder());
  std::string known;
  for (std::size_t i = 0; i < all.lessons.size(); ++i) {
    const Lesson& lesson = all.lessons[i];
    if (lesson.id == *name || std::to_string(lesson.number) == *name ||
        lesson.folder.ends_with("/" + *name))
      return LessonPlace{lessons_folder(), static_cast<int>(i)};
    known += (known.empty() ? "" : ", ") + lesson.id;
  }
  return core::Error{core::ErrorKind::usage, "--lesson: found " + core::quoted(*name) +
                                                 ", expected a path or one of " + known};
}

std::shared_ptr<const std::map<std::string, core::CostConfig>> built_in_sizes() {
  auto sizes = std::make_shared<std::map<std::string, core::CostConfig>>();
  for (const std::string& name : built_in_models())
    if (const auto config = open_config(name)) sizes->emplace(name, core::dense_cost_config(*config));
  return sizes;
}

std::uint64_t stamp_of(const std::vector<std::string>& folders) {
  std::uint64_t stamp = folders.size();
  for (const std::string& folder : folders)
    for (const std::string& file : files_of(folder)) {
      std::error_code error;
      const auto time = fs::last_write_time(file, error).time_since_epoch().count();
      stamp = stamp * 1099511628211ULL + (error ? 1 : static_cast<std::uint64_t>(time));
    }
  return stamp;
}

std::string progress_path() {
  const std::string folder = data_folder();
  return folder.empty() ? folder : folder + "/progress.json";
}

core::Result<Progress> load_progress() {
  const std::string path = progress_path();
  std::error_code ignored;
  if (path.empty() || !fs::exists(path, ignored)) return Progress{};
  const auto text = read_path(path, most_bytes);
  if (!text) return text.error();
  return parse_progress(*text, path);
}

core::Status save_progress(const Progress& progress) {
  const std::string path = progress_path();
  if (path.empty())
    return core::Error{core::ErrorKind::machine, "progress: there is no home folder to keep it in"};
  if (auto error = make_folder_for(path)) return error;
  return write_file(path, to_json(progress));
}

core::Result<std::string> export_answers(const Progress& progress) {
  const std::string folder = data_folder().empty() ? "." : data_folder();
  std::error_code ignored;
  std::string path;
  for (int i = 1; path.empty() || fs::exists(path, ignored); ++i)
    path = folder + "/answers-" + std::to_string(i) + ".csv";
  if (const auto error = make_folder_for(path)) return *error;
  if (const auto error = write_file(path, to_csv(progress))) return *error;
  return path;
}

}  // namespace kv::app
