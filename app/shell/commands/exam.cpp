#include "app/shell/commands/exam.h"

#include "app/shell/exam_files.h"
#include "app/shell/interrupt.h"
#include "app/shell/outcome.h"
#include "app/shell/progress_bar.h"
#include "app/shell/quiz_store.h"
#include "app/shell/resources.h"
#include "app/shell/text_table.h"
#include "viz/gl/offscreen.h"

namespace kv::app {
namespace {

using Paths = core::Result<std::vector<std::string>>;

Paths written(const Exam& made, const std::string& out, ExamFormat format) {
  if (format == ExamFormat::csv) return write_exam(made, out, nullptr);
  const auto offscreen = gl::Offscreen::create(shader_folder());
  if (!offscreen) return offscreen.error();
  ProgressBar bar("writing " + printable_text(out));
  return write_exam(made, out, &(*offscreen)->gui(), bar.part(0, 1));
}

}  // namespace

int exam(const ExamOptions& options) {
  const auto format = exam_format(options.out);
  if (!format) return fail(format.error());
  const auto quiz = load_quiz(options.quiz.value_or(quiz_folder()));
  if (!quiz) return fail(quiz.error());
  const auto made =
      make_exam(*quiz, options.seed, options.questions, options.language, quiz_source());
  if (!made) return fail(made.error());
  const Paths paths = written(*made, options.out, *format);
  if (interrupted()) return exit_interrupted;
  if (!paths) return fail(paths.error());
  std::string text;
  for (const std::string& path : *paths) text += printable_text(path) + "\n";
  return print(text);
}

}  // namespace kv::app
