#include "tests/architecture/include_rules.h"

#include <algorithm>
#include <array>
#include <regex>
#include <sstream>

namespace kv::test {
namespace {

struct Layer {
  std::string_view folder;
  // Of our own, by the beginning of the path.
  std::vector<std::string_view> ours;
  // Of others, by the beginning of the name; the standard library is free to all.
  std::vector<std::string_view> libraries;
  // A browser build comes later: no threads, no files.
  bool portable = false;
};

const std::vector<Layer>& layers() {
  static const std::vector<Layer> table{
      {"core/", {"core/"}, {"Eigen/", "nlohmann/", "pcre2.h"}, true},
      {"viz/scene/", {"core/", "viz/scene/"}, {"fmt/"}, true},
      {"viz/gl/", {"core/", "viz/scene/", "viz/gl/"}, {"GL/", "GLES3/", "EGL/", "imgui", "fmt/", "stb/"}},
      {"app/logic/", {"core/", "viz/scene/", "app/logic/"}, {"nlohmann/", "md4c.h", "fmt/"}},
      {"app/shell/", {"core/", "viz/", "app/"}, {""}},
  };
  return table;
}

constexpr std::array<std::string_view, 12> unportable{
    "thread", "mutex",   "shared_mutex", "condition_variable", "future",   "semaphore",
    "latch",  "barrier", "stop_token",   "filesystem",         "iostream", "fstream"};

bool starts_with_any(std::string_view name, const std::vector<std::string_view>& beginnings) {
  return std::ranges::any_of(beginnings, [&](auto begin) { return name.starts_with(begin); });
}

bool is_ours(std::string_view name) {
  return starts_with_any(name, {"core/", "viz/", "app/", "tests/"});
}

// Headers of the standard library have neither folder nor extension, but for what C shares.
bool is_standard(std::string_view name) {
  return name.find_first_of("./") == std::string_view::npos || name == "stddef.h" ||
         name == "stdint.h";
}

// Why a file of this layer must not include it; empty when it may.
std::string objection(const Layer& layer, const std::string& path, const Include& include) {
  const std::string& name = include.name;
  if (include.quoted && !is_ours(name)) {
    return "quotes are for paths from the top of the checkout, <> for libraries";
  }
  if (is_ours(name)) {
    return starts_with_any(name, layer.ours) ? "" : "points the wrong way between layers";
  }
  if (layer.portable && std::ranges::find(unportable, name) != unportable.end()) {
    return "no threads, files or standard streams in this layer";
  }
  if (is_standard(name)) return {};
  if (starts_with_any(name, {"GL/", "GLES3/", "EGL/"}) && layer.folder != "viz/gl/") {
    return "only viz/gl speaks OpenGL";
  }
  if (name.starts_with("Eigen/") && layer.folder == "core/") {
    const bool allowed = starts_with_any(path, {"core/engine/", "core/model/"});
    return allowed && path.ends_with(".cpp") ? ""
                                             : "Eigen stays in .cpp of core/engine, core/model";
  }
  if (name == "cpuid.h" && path == "core/base/cpu_features.cpp") return {};
  // A wish for huge pages, which other systems do without.
  if (name == "sys/mman.h" && path == "core/base/aligned_buffer.cpp") return {};
  return starts_with_any(name, layer.libraries) ? "" : "this layer does not use that library";
}

}  // namespace

std::vector<Include> find_includes(std::string_view text) {
  static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]*)[>"])");
  std::vector<Include> includes;
  std::istringstream in{std::string(text)};
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    std::smatch match;
    if (std::regex_search(line, match, pattern)) {
      includes.push_back({number, match[2], match[1] == "\""});
    }
  }
  return includes;
}

std::vector<std::string> include_complaints(const SourceFile& file) {
  if (!starts_with_any(file.path, {"core/", "viz/", "app/"})) return {};
  const auto in_folder = [&](const Layer& layer) { return file.path.starts_with(layer.folder); };
  const auto layer = std::ranges::find_if(layers(), in_folder);
  if (layer == layers().end()) return {file.path + ": belongs to no layer"};
  std::vector<std::string> complaints;
  for (const Include& include : find_includes(file.text)) {
    const std::string why = objection(*layer, file.path, include);
    if (why.empty()) continue;
    complaints.push_back(file.path + ":" + std::to_string(include.line) + ": includes " +
                         include.name + ": " + why);
  }
  return complaints;
}

}  // namespace kv::test
