#include "app/shell/commands/gui.h"

#include "app/logic/action.h"
#include "app/shell/lesson_store.h"
#include "app/shell/outcome.h"
#include "app/shell/settings_store.h"
#include "app/shell/window/frame_loop.h"

namespace kv::app {
namespace {

AppState first_state(const GuiOptions& options) {
  auto remembered = load_settings();
  Settings settings = remembered ? *remembered : Settings{};
  if (options.language) settings.language = *options.language;
  if (options.theme) settings.theme = *options.theme;
  AppState state = initial_state(settings);
  state.lesson.sizes = built_in_sizes();
  auto progress = load_progress();
  if (progress)
    state.lesson.progress = *progress;
  else
    state = update(std::move(state), act::Say{progress.error().message});
  state.first_prompt = options.prompt;
  state = update(std::move(state), act::LoadModel{options.model});
  // Broken settings are no reason not to start.
  if (!remembered) state = update(std::move(state), act::Say{remembered.error().message});
  return state;
}

}  // namespace

int gui(const GuiOptions& options) {
  const auto place = find_lesson(options.lesson);
  if (!place) return fail(place.error());
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
  FrameLoop loop(**window, **canvas, std::move(state), static_cast<float>(options.scale),
                 std::move(keeper));
  if (const auto error = loop.run()) return fail(*error);
  return exit_done;
}

}  // namespace kv::app
