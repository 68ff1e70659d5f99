// Where the files that come with the program lie.
#pragma once

#include <string>

namespace kv::app {

std::string shader_folder();

}  // namespace kv::app
