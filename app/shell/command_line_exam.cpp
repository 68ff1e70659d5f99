#include "app/shell/command_line_exam.h"

#include <CLI/CLI.hpp>

#include "app/logic/lab/exam.h"
#include "app/shell/command_line_options.h"
#include "app/shell/commands/exam.h"

namespace kv::app {

void add_exam(CLI::App& root, std::function<int()>& action) {
  auto* app =
      root.add_subcommand("exam", "questions with fresh numbers on paper, and their answers");
  auto options = std::make_shared<ExamOptions>();
  app->add_option("--questions", options->questions, "how many (20)")
      ->check(CLI::Range(1, most_exam_questions));
  app->add_option("--seed", options->seed, "of the numbers: the same seed, the same exam (1)");
  add_language(*app, options->language);
  add_optional(*app, "--quiz", options->quiz, "a folder with a quiz.json (the program's own)");
  app->add_option("--out", options->out,
                  "FILE.csv: a table; FILE.svg or .png: pages FILE-1, FILE-2, ... and "
                  "FILE-answers-1, ...")
      ->required();
  app->callback([&action, options] { action = [options] { return exam(*options); }; });
}

}  // namespace kv::app
