// One file named by a path, through the same checks as a file in a model folder.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/error.h"

namespace kv::app {

// The whole regular file as text; an input error beyond `limit` bytes.
core::Result<std::string> read_path(const std::string& path, std::uint64_t limit);

}  // namespace kv::app
