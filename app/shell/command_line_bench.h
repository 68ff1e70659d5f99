// The options of `kvscope bench`.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace kv::app {

void add_bench(CLI::App& root, std::function<int()>& action);

}  // namespace kv::app
