// A file that appears whole or not at all: written beside its place, then renamed into it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace kv::app {

class AtomicFile {
 public:
  explicit AtomicFile(std::string path);
  ~AtomicFile();  // without commit() nothing is left behind
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  bool write(std::span<const std::byte> bytes);
  // Flushes to the disk and puts the file in its place. The first failure of all calls, as a
  // machine error that names the path.
  core::Status commit();

 private:
  std::string path_, temporary_;
  int descriptor_ = -1;
  int error_ = 0;  // errno of the first failure
};

core::Status write_file(const std::string& path, std::string_view text);

}  // namespace kv::app
