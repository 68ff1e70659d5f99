// The command that writes exams.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace kv::app {

// Sets `action` to what is to be run when the line names it.
void add_exam(CLI::App& root, std::function<int()>& action);

}  // namespace kv::app
