// A folder of a test's own, gone with the test.
#pragma once

#include <filesystem>
#include <string_view>

namespace kv::test {

class ScratchFolder {
 public:
  // Empty, under the system's folder for temporary files; `name` becomes part of its name and may
  // hold spaces and any other character of a file name. Throws when the system refuses.
  explicit ScratchFolder(std::string_view name = "kvscope");
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  // Writes the file, and the folders above it within this one; returns its path.
  std::filesystem::path write(const std::filesystem::path& name, std::string_view content) const;

 private:
  std::filesystem::path path_;
};

}  // namespace kv::test
