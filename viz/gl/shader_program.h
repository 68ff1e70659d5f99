// Shaders read from files and made into a program.
#pragma once

#include <string>

#include "core/base/error.h"
#include "viz/gl/handles.h"

namespace kv::gl {

// NAME.vert and NAME.frag of the folder, with that word defined in both unless it is empty. A file
// that is not there is an input error, one the driver refuses a machine error with the first line
// of what the driver says.
core::Result<Program> load_program(const std::string& folder, const std::string& name,
                                   const std::string& defined = {});

}  // namespace kv::gl
