// The project's own files, as the rules of its architecture read them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kv::test {

struct SourceFile {
  std::string path;  // from the top of the checkout, with '/'
  std::string text;
};

// Which files count.
enum class Listing {
  tracked,  // what git would hand to others
  present,  // those and new files git does not ignore
};

// Paths from `root`, sorted; only files that exist. Without git, every file but build/ and caches.
std::vector<std::string> list_files(const std::filesystem::path& root, Listing listing);

// The files of `paths` whose names end in one of `endings`.
std::vector<SourceFile> read_files(const std::filesystem::path& root,
                                   const std::vector<std::string>& paths,
                                   const std::vector<std::string>& endings);

// A rule's complaints, a line each; for a test's message.
std::string joined(const std::vector<std::string>& complaints);

}  // namespace kv::test
