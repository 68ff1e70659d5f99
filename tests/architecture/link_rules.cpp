#include "tests/architecture/link_rules.h"

#include <algorithm>
#include <optional>
#include <regex>
#include <sstream>

namespace kv::test {
namespace {

// Patterns of what a target may link, of ours and of others. Because every layer is held to what
// is below it, no chain of links can lead up either.
std::optional<std::regex> linkable(const std::string& target) {
  static const std::map<std::string, std::string, std::less<>> table{
      {"kv_options", "(?!)"},
      {"kv_core", "kv_options|nlohmann_json::nlohmann_json|Eigen3::Eigen|PkgConfig::PCRE2"},
      {"kv_scene", "kv_options|kv_core|fmt::fmt"},
      {"kv_gl", "kv_options|kv_core|kv_scene|OpenGL::.*|PkgConfig::(IMGUI|FREETYPE)|fmt::fmt|dl"},
      {"kv_logic",
       "kv_options|kv_core|kv_scene|nlohmann_json::nlohmann_json|PkgConfig::MD4C|fmt::fmt|Threads::Threads"},
      {"kv_shell", "kv_(options|core|scene|gl|logic)|(?!kv_|test_|bench_).*"},
      {"kvscope", "kv_shell"},
  };
  const auto row = table.find(target);
  if (row != table.end()) return std::regex(row->second);
  // Tests may link anything; nothing above links them.
  if (std::regex_match(target, std::regex("(test|bench|fuzz|kv_test)_.*"))) return std::regex(".*");
  return std::nullopt;
}

}  // namespace

LinkGraph parse_link_graph(std::string_view text) {
  LinkGraph graph;
  std::istringstream lines{std::string(text)};
  std::string line;
  while (std::getline(lines, line)) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    auto& libraries = graph[line.substr(0, colon)];
    std::istringstream words(line.substr(colon + 2));
    for (std::string word; words >> word;) libraries.push_back(word);
  }
  return graph;
}

std::vector<std::string> link_complaints(const LinkGraph& graph) {
  std::vector<std::string> complaints;
  for (const auto& [target, libraries] : graph) {
    const auto pattern = linkable(target);
    if (!pattern) {
      complaints.push_back(target + ": no rule says what it may link");
      continue;
    }
    for (const std::string& library : libraries) {
      if (!std::regex_match(library, *pattern)) {
        complaints.push_back(target + " must not link " + library);
      }
    }
  }
  return complaints;
}

}  // namespace kv::test
