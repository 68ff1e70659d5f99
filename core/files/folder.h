// A folder as core sees it: named files read by range. Core never opens a path itself, so that a
// browser build can feed it from memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace kv::core {

struct Folder {
  // As the user wrote it; every error message starts with it.
  std::string label;

  // Size in bytes of the regular file `name`. An input error when it is missing or not a regular
  // file. `name` is always a plain file name: no separators, not "." or "..".
  std::function<Result<std::uint64_t>(std::string_view name)> size;

  // True when there is something of that name; what it is, size() and read() say.
  std::function<bool(std::string_view name)> has;

  // Fills `out` from the bytes at `offset`. An input error when the file ends before (it may have
  // been truncated since size() was asked).
  std::function<Status(std::string_view name, std::uint64_t offset, std::span<std::byte> out)> read;
};

// "label/name", for messages.
std::string path_in(const Folder& folder, std::string_view name);

// Whether `name` may be passed to a folder at all: 1-255 bytes, no '/', '\' or control
// characters, not "." or "..". A name in a file is never a path.
bool is_plain_name(std::string_view name);

// The whole file as text; refuses beyond `limit` bytes.
Result<std::string> read_text(const Folder& folder, std::string_view name, std::uint64_t limit);

}  // namespace kv::core
