#include "app/shell/command_line_pictures.h"

#include <CLI/CLI.hpp>

#include "app/shell/command_line_options.h"
#include "app/shell/commands/gui.h"
#include "app/shell/commands/render.h"

namespace kv::app {
namespace {

const std::map<std::string, scene::Pace> pace_words = {{"token", scene::Pace::token},
                                                       {"layer", scene::Pace::layer},
                                                       {"operation", scene::Pace::operation}};

const CLI::Range scale_range(0.25, 4.0);
constexpr const char* scenario_help = "such as \"model=llama-3-8b n=100000 page=memory\"";

void add_model_and_prompt(CLI::App& app, RenderOptions& options) {
  auto* session = add_optional(app, "--session", options.session, "a session file");
  auto* place = add_optional(app, "--place", options.place, "explore, scenarios or costs");
  place->check(CLI::IsMember({"explore", "scenarios", "costs"}))->excludes(session);
  add_optional(app, "--scenario", options.scenario, scenario_help)->needs(place);
  auto* lesson = add_optional(app, "--lesson", options.lesson, "a lesson's id, number or folder");
  lesson->excludes(session)->excludes(place);
  const auto of_lesson = [&](CLI::Option* option) { option->needs(lesson); };
  of_lesson(app.add_option("--beat", options.beat, "its beat, from 1 or by id (1)"));
  app.add_flag("--revealed", options.revealed, "with the answer to what is asked")
      ->excludes(session);
  add_optional(app, "--guess", options.guess, "page=draw: the exponent that is guessed")
      ->needs(place)
      ->check(CLI::Range(0.0, 4.0));
  of_lesson(app.add_flag("--presenting", options.presenting, "as it is presented"));
  of_lesson(app.add_flag("--notes", options.notes, "with the speaker's notes"));
  const auto of_place = [&](CLI::Option* option) { option->excludes(session)->excludes(lesson); };
  of_place(add_optional(app, "--model", options.model, model_help));
  auto* prompt = add_optional(app, "--prompt", options.prompt, "text to begin with");
  of_place(prompt);
  auto* tokens = add_optional(app, "--tokens", options.tokens, "token ids, such as 1,2,3");
  of_place(tokens);
  tokens->excludes(prompt);
}

// A beat of a lesson says itself what is shown.
void add_moment(CLI::App& app, RenderOptions& options) {
  auto* lesson = app.get_option("--lesson");
  const auto of_run = [&](CLI::Option* option) { option->excludes(lesson); };
  of_run(add_optional(app, "--step", options.step, "the state after so many new tokens (1)"));
  of_run(add_optional(app, "--layer", options.layer, "layer shown, from 1"));
  of_run(add_optional(app, "--head", options.head, "head shown, from 1"));
  of_run(add_optional(app, "--op", options.operation, "the operation that has just been done"));
  add_optional(app, "--seconds", options.seconds, "play on for so long (gif and mp4: 8)")
      ->check(CLI::Range(0.0, 600.0));
  of_run(add_choice<std::optional<scene::Pace>>(
      app, "--pace", options.pace, "what passes in one movement: token, layer or operation",
      {pace_words.begin(), pace_words.end()}));
  of_run(app.add_flag("--heat", options.heat, "how often each row was computed"));
  of_run(app.add_flag("--log-log", options.log_log, "the chart with logarithmic axes"));
}

}  // namespace

void add_gui(CLI::App& root, std::function<int()>& action) {
  auto* app = root.add_subcommand("gui", "open the window (so does kvscope alone)");
  auto options = std::make_shared<GuiOptions>();
  // The same words without "gui", too.
  for (CLI::App* where : {app, &root}) {
    where->option_defaults()->group(where == app ? "Options" : "Without a command: the window");
    where->add_option("--model", options->model, model_help);
    where->add_option("--prompt", options->prompt, "text to begin with");
    add_optional(*where, "--lesson", options->lesson, "a lesson's id, number or folder");
    add_optional(*where, "--scenario", options->scenario, scenario_help);
    add_language(*where, options->language);
    add_theme(*where, options->theme);
    where->add_option("--scale", options->scale, "size of everything (1)")->check(scale_range);
    where->option_defaults()->group("Options");
  }
  action = [options] { return gui(*options); };
  app->callback([&action, options] { action = [options] { return gui(*options); }; });
}

void add_render(CLI::App& root, std::function<int()>& action) {
  auto* app = root.add_subcommand("render", "the window's picture, still or moving, as a file");
  auto options = std::make_shared<RenderOptions>();
  add_model_and_prompt(*app, *options);
  add_moment(*app, *options);
  app->add_option("--size", options->size, "pixels (1920x1080)");
  app->add_option("--scale", options->scale, "size of everything in it (1)")->check(scale_range);
  add_language(*app, options->language);
  add_theme(*app, options->theme);
  app->add_flag("--high-contrast", options->high_contrast, "stronger colours");
  app->add_option("--out", options->out,
                  "FILE.png, .svg, .gif or .mp4; of scenarios and costs also .csv")
      ->required();
  app->callback([&action, options] {
    if (!options->session && !options->place && !options->lesson)
      throw CLI::RequiredError("--place explore|scenarios|costs, --lesson ID or --session FILE");
    action = [options] { return render(*options); };
  });
}

}  // namespace kv::app
