// `kvscope check`: is this a model folder the program can run, or why not.
#pragma once

#include <string>
#include <vector>

namespace kv::app {

int check(const std::vector<std::string>& paths);

}  // namespace kv::app
