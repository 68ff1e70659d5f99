// A file that appears whole or not at all: written beside its place, then renamed into it. What is
// no file, such as a pipe or a device, is written into as it stands.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace kv::app {

// Where what is written to a path goes.
struct OutputPlace {
  std::string path;     // what the path's links lead to; it may be there or not
  bool is_file = true;  // or will be one; otherwise a device, a pipe or a socket
  int descriptor = -1;  // of this process's own, where that is what /dev/stdout or the like names
  mode_t permissions = 0;  // of the file that is there, or else of a new one
  int error = 0;           // errno, where nothing can be written: a folder, too long a name
};
OutputPlace output_place(const std::string& path);

// A private file in the same folder: its descriptor and its name, or -1, errno and no name.
int create_beside(const OutputPlace& place, std::string& name);
// Renames it into its place, with the permissions it is to have there. An errno, or 0.
int put_in_place(const std::string& name, const OutputPlace& place);

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
  // The first failure until now.
  core::Status failure() const;

 private:
  std::string path_;  // as it was given
  OutputPlace place_;
  std::string temporary_;  // empty where there is none
  int descriptor_ = -1;
  int error_ = 0;  // errno of the first failure
};

// What can be said before there is anything to write: whether the folder is there and takes files.
core::Status check_writable(const std::string& path);

core::Status write_file(const std::string& path, std::string_view text);

}  // namespace kv::app
