#include "app/shell/commands/gui.h"

#include "app/logic/action.h"
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
  state.first_prompt = options.prompt;
  state = update(std::move(state), act::LoadModel{options.model});
  // Broken settings are no reason not to start.
  if (!remembered) state = update(std::move(state), act::Say{remembered.error().message});
  return state;
}

}  // namespace

int gui(const GuiOptions& options) {
  if (!has_display())
    return fail({core::ErrorKind::machine,
                 "there is no display to open a window on; without one there are: render, decode, "
                 "count, bench, tokenize, check, list (kvscope --help)"});
  auto window = Window::open("kvscope");
  if (!window) return fail(window.error());
  auto canvas = Canvas::create(**window);
  if (!canvas) return fail(canvas.error());
  FrameLoop loop(**window, **canvas, first_state(options), static_cast<float>(options.scale));
  if (const auto error = loop.run()) return fail(*error);
  return exit_done;
}

}  // namespace kv::app
