#include "tests/architecture/package_list.h"

#include <regex>
#include <set>
#include <sstream>

namespace kv::test {
namespace {

std::string without_comment(const std::string& line) {
  return std::regex_replace(line.substr(0, line.find('#')), std::regex("\\s+$"), "");
}

}  // namespace

std::vector<std::string> package_complaints(std::string_view text) {
  static const std::regex name("[a-z0-9][a-z0-9+.-]+");
  std::vector<std::string> complaints;
  std::set<std::string> seen;
  bool in_section = false;
  std::istringstream lines{std::string(text)};
  for (std::string raw; std::getline(lines, raw);) {
    const std::string line = without_comment(raw);
    if (line.empty()) continue;
    if (line.starts_with('[')) {
      in_section = line == "[program]" || line == "[tests]";
      if (!in_section) complaints.push_back(line + ": no such section");
      continue;
    }
    if (!in_section) complaints.push_back(line + ": outside of the sections");
    std::istringstream words(std::regex_replace(line, std::regex(" \\| "), "\n"));
    for (std::string word; std::getline(words, word);) {
      if (!std::regex_match(word, name)) complaints.push_back(word + ": no package's name");
      if (!seen.insert(word).second) complaints.push_back(word + ": listed twice");
    }
  }
  return complaints;
}

}  // namespace kv::test
