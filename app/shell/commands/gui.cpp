#include "app/shell/commands/gui.h"

#include "app/logic/action.h"
#include "app/logic/lab/lab.h"
#include "app/shell/lesson_store.h"
#include "app/shell/outcome.h"
#include "app/shell/quiz_store.h"
#include "app/shell/settings_store.h"
#include "app/shell/window/frame_loop.h"
#include "app/shell/xdg_folders.h"

namespace kv::app {
namespace {

// A newer version's file, or a broken one, would be written over by the next save.
act::Say set_aside_saying(const std::string& path, const core::Error& error) {
  set_aside(path);
  return {error.message + "; kept as " + core::quoted(path + ".unread", 200)};
}

AppState first_state(const GuiOptions& options) {
  auto remembered = load_settings();
  Settings settings = remembered ? *remembered : Settings{};
  if (options.language) settings.language = *options.language;
  if (options.theme) settings.theme = *options.theme;
  AppState state = initial_state(settings);
  state.lesson.sizes = built_in_sizes();
  state = update(std::move(state), read_quiz_for_window());
  auto progress = load_progress();
  if (progress)
    state.lesson.progress = *progress;
  else
    state = update(std::move(state), set_aside_saying(progress_path(), progress.error()));
  state.first_prompt = options.prompt;
  state = update(std::move(state), act::LoadModel{options.model});
  // Broken settings are no reason not to start.
  if (!remembered)
    state = update(std::move(state), set_aside_saying(settings_path(), remembered.error()));
  return state;
}

// Said in the terminal it was typed in, before a window opens.
core::Status check_scenario(const std::string& text) {
  AppState state = initial_state({});
  state.lesson.sizes = built_in_sizes();
  const auto scenario = parse_scenario(text, false, sizes_by_name(state));
  return scenario ? core::Status{} : core::Status(scenario.error());
}

}  // namespace

int gui(const GuiOptions& options) {
  const auto place = find_lesson(options.lesson);
  if (!place) return fail(place.error());
  if (options.scenario)
    if (const auto error = check_scenario(*options.scenario)) return fail(*error);
  if (!has_display())
    return fail({core::ErrorKind::machine,
                 "there is no display to open a window on; without one there are: render, decode, "
                 "count, bench, tokenize, check, list (kvscope --help)"});
  auto window = Window::open("kvscope");
  if (!window) return fail(window.error());
  auto canvas = Canvas::create(**window);
  if (!canvas) return fail(canvas.error());
  AppState state = first_state(options);
  LessonKeeper keeper(place->folder);
  keeper.kept(state.lesson.progress);
  if (auto lessons = keeper.look()) state = update(std::move(state), *lessons);
  if (options.lesson) state = update(std::move(state), act::GoToBeat{place->index, 0});
  if (options.scenario) state = update(std::move(state), act::SetScenario{*options.scenario});
  FrameLoop loop(**window, **canvas, std::move(state), static_cast<float>(options.scale),
                 std::move(keeper));
  if (const auto error = loop.run()) return fail(*error);
  return exit_done;
}

}  // namespace kv::app
