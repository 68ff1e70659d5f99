// How a command ends: results on stdout, one line on stderr for a failure, an exit code.
#pragma once

#include <string_view>

#include "core/base/error.h"

namespace kv::app {

inline constexpr int exit_done = 0;
inline constexpr int exit_interrupted = 130;  // 128 + SIGINT, as shells report it

int exit_code(core::ErrorKind kind);

// Writes "kvscope: message" to stderr on one line; returns the exit code.
int fail(const core::Error& error);

// Writes to stdout; exit_done, or the code of a failure (a full disk, a closed pipe).
int print(std::string_view text);

}  // namespace kv::app
