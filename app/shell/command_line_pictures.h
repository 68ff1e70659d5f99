// The commands that show pictures: gui and render.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace kv::app {

// Each sets `action` to what is to be run when the line names it.
void add_gui(CLI::App& root, std::function<int()>& action);
void add_render(CLI::App& root, std::function<int()>& action);

}  // namespace kv::app
