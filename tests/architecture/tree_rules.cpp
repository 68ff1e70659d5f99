#include "tests/architecture/tree_rules.h"

#include <algorithm>
#include <array>
#include <regex>
#include <set>
#include <sstream>
#include <string_view>

namespace kv::test {

std::vector<std::string> top_level_complaints(const std::vector<std::string>& paths) {
  constexpr std::array<std::string_view, 10> fixed{
      "CMakeLists.txt", "README.md", "LICENSE", "app",  "core", "viz",
      "shaders",        "assets",    "lessons", "tests"};
  std::set<std::string> extra;
  for (const std::string& path : paths) {
    const std::string entry = path.substr(0, path.find('/'));
    if (entry.starts_with('.')) continue;
    if (std::ranges::find(fixed, entry) == fixed.end()) extra.insert(entry);
  }
  std::vector<std::string> complaints;
  for (const std::string& entry : extra) {
    complaints.push_back(entry + ": not one of the top level's fixed entries");
  }
  return complaints;
}

std::vector<std::string> length_complaints(const SourceFile& file) {
  constexpr std::ptrdiff_t most = 400;
  const std::ptrdiff_t lines = std::ranges::count(file.text, '\n');
  if (lines <= most) return {};
  return {file.path + ": " + std::to_string(lines) + " lines; is it still one thing?"};
}

std::vector<std::string> mark_complaints(const SourceFile& file) {
  // In two parts, or this file would be the first to be found.
  static const std::regex marks(
      "\\b(TO"
      "DO|FIX"
      "ME|XX"
      "X)\\b");
  std::vector<std::string> complaints;
  std::istringstream in(file.text);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    std::smatch match;
    if (std::regex_search(line, match, marks)) {
      complaints.push_back(file.path + ":" + std::to_string(number) + ": " + match[1].str());
    }
  }
  return complaints;
}

}  // namespace kv::test
