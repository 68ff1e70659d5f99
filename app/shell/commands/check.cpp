#include "app/shell/commands/check.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/shell/commands/check_lessons.h"
#include "app/shell/commands/check_quiz.h"
#include "app/shell/commands/render_state.h"
#include "app/shell/interrupt.h"
#include "app/shell/lesson_store.h"
#include "app/shell/open_model.h"
#include "app/shell/outcome.h"
#include "app/shell/quiz_store.h"
#include "app/shell/text_table.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

std::string describe(const std::string& path, const core::ModelConfig& c,
                     const std::optional<core::Tokenizer>& tokenizer) {
  return fmt::format(
      "{}: valid {} model, {} layers, width {}, {} heads, {} kv heads, {} parameters in {}, {}\n",
      printable_text(path), core::name_of(c.family), c.layers, c.d_model, c.heads, c.kv_heads,
      scene::grouped_text(core::parameter_count(c)), core::name_of(c.stored),
      tokenizer ? fmt::format("tokenizer of {} tokens", tokenizer->size()) : "no tokenizer.json");
}

// Sessions are files, models folders.
bool is_session(const std::string& path) {
  std::error_code ignored;
  return path.ends_with(".json") && !std::filesystem::is_directory(path, ignored);
}

// The folder of lessons that a path or the word "lessons" means; empty for what is none.
std::string lessons_at(const std::string& path) {
  if (path == "lessons" && lesson_folders(path).empty()) return lessons_folder();
  return lesson_folders(path).empty() ? "" : path;
}

// Whether it opens: with its model, whose tokens, layers and context it must fit.
int check_session(const std::string& path) {
  RenderTools tools(scene::Language::en);
  const auto opened = opened_session(path, initial_state(Settings{}), tools);
  if (interrupted()) return exit_interrupted;
  if (!opened) return fail(opened.error());
  const Session session = session_of(*opened);
  return print(fmt::format("{}: valid session, model {}, prompt of {} tokens, {} steps\n",
                           printable_text(path), printable_text(session.model),
                           session.prompt_tokens.size(), session.steps));
}

int check_model_folder(const std::string& path) {
  const auto checked = check_model_at(path);
  return checked ? print(describe(path, checked->config, checked->tokenizer))
                 : fail(checked.error());
}

// The lessons, and the quiz that lies among them.
int check_lessons_and_quiz(const std::string& folder) {
  const int lessons = check_lessons(folder);
  const std::string quiz = folder + "/quiz";
  const bool cannot_go_on =
      lessons == exit_interrupted || lessons == exit_code(core::ErrorKind::internal);
  if (cannot_go_on || !is_quiz_folder(quiz)) return lessons;
  const int code = check_quiz(quiz);
  return code == exit_done ? lessons : code;
}

}  // namespace

int check(const std::vector<std::string>& paths) {
  int worst = exit_done;
  for (const std::string& path : paths) {
    const int code = is_session(path)            ? check_session(path)
                     : is_quiz_folder(path)      ? check_quiz(path)
                     : !lessons_at(path).empty() ? check_lessons_and_quiz(lessons_at(path))
                                                 : check_model_folder(path);
    if (code != exit_done) worst = code;
    if (code == exit_interrupted) break;
  }
  return worst;
}

}  // namespace kv::app
