#include "app/shell/quiz_store.h"

#include <algorithm>
#include <filesystem>
#include <memory>

#include "app/logic/lesson/model_sizes.h"
#include "app/shell/lesson_store.h"
#include "app/shell/read_path.h"

namespace kv::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_bytes = std::uint64_t{4} << 20;

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

std::string markdown_name(scene::Language language) {
  return std::string(scene::code_of(language)) + ".md";
}

// The file's text; what is wrong with it becomes a mistake.
std::string text_of(const std::string& path, std::vector<std::string>& mistakes) {
  auto text = read_path(path, most_bytes);
  if (text) return *std::move(text);
  mistakes.push_back(text.error().message);
  return {};
}

// Files that nothing reads: a typing error more often than not.
void find_orphans(const std::string& folder, std::vector<std::string>& mistakes) {
  std::vector<std::string> known = {"quiz.json", "quiz.schema.json"};
  for (const scene::Language language : scene::languages) known.push_back(markdown_name(language));
  std::vector<std::string> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (std::ranges::find(known, name) == known.end()) found.push_back(name);
  }
  std::ranges::sort(found);
  for (const std::string& name : found)
    mistakes.push_back(folder + "/" + name +
                       ": found a file that is no part of a quiz, expected quiz.json, en.md, "
                       "ru.md, zh.md and ko.md alone");
}

}  // namespace

std::string quiz_folder() { return lessons_folder() + "/quiz"; }

bool is_quiz_folder(const std::string& folder) {
  std::error_code ignored;
  return fs::exists(folder + "/quiz.json", ignored);
}

ReadQuiz read_quiz_folder(const std::string& given) {
  LessonFiles files;
  files.folder = without_slash(given);
  ReadQuiz failed;
  files.json = text_of(files.folder + "/quiz.json", failed.mistakes);
  for (const scene::Language language : scene::languages)
    files.markdown[static_cast<std::size_t>(language)] =
        text_of(files.folder + "/" + markdown_name(language), failed.mistakes);
  if (!failed.mistakes.empty()) return failed;
  ReadQuiz read = read_quiz(files);
  find_orphans(files.folder, read.mistakes);
  return read;
}

core::Result<Quiz> load_quiz(const std::string& folder) {
  ReadQuiz read = read_quiz_folder(folder);
  if (read.mistakes.empty()) return std::move(read.quiz);
  return core::Error{core::ErrorKind::input, read.mistakes.front()};
}

QuantitySource quiz_source() {
  LessonState lesson;
  lesson.sizes = built_in_sizes();
  QuantitySource source;
  source.model_sizes = [lesson](const std::string& name) { return sizes_of(lesson, name); };
  return source;
}

act::SetQuiz read_quiz_for_window() {
  auto quiz = load_quiz(quiz_folder());
  if (!quiz) return {.quiz = nullptr, .mistake = quiz.error().message};
  return {.quiz = std::make_shared<const Quiz>(*std::move(quiz)), .mistake = {}};
}

}  // namespace kv::app
