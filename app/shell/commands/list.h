// `kvscope list`: what the program has by name.
#pragma once

#include <string>

namespace kv::app {

// `what`: models, lessons, presets or languages.
int list(const std::string& what, bool json);

}  // namespace kv::app
