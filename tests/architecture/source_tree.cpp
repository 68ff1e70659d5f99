#include "tests/architecture/source_tree.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>

#include "tests/support/run_program.h"

namespace kv::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// Empty when git is missing or refuses.
std::vector<std::string> ask_git(const fs::path& root, Listing listing) {
  if (!fs::exists(root / ".git")) return {};
  std::vector<std::string> argv{"git", "-C", root.string(), "ls-files", "-z", "--cached"};
  if (listing == Listing::present) {
    argv.insert(argv.end(), {"--others", "--exclude-standard"});
  }
  // Set while git runs a hook, and then they name another tree than this one.
  const RunOptions options{.env = {{"GIT_DIR", std::nullopt}, {"GIT_INDEX_FILE", std::nullopt}}};
  const RunResult result = run(argv, options);
  return result.status == 0 ? split(result.out, '\0') : std::vector<std::string>{};
}

std::vector<std::string> walk(const fs::path& root) {
  std::vector<std::string> paths;
  for (auto entry = fs::recursive_directory_iterator(root);
       entry != fs::recursive_directory_iterator(); ++entry) {
    const std::string name = entry->path().filename().string();
    const bool skipped = name == ".git" || name == "__pycache__" ||
                         (name == "build" && entry->path().parent_path() == root);
    if (entry->is_directory() && skipped) entry.disable_recursion_pending();
    if (!entry->is_directory()) paths.push_back(fs::relative(entry->path(), root).generic_string());
  }
  return paths;
}

}  // namespace

std::vector<std::string> list_files(const fs::path& root, Listing listing) {
  std::vector<std::string> paths = ask_git(root, listing);
  if (paths.empty()) paths = walk(root);
  std::erase_if(paths, [&](const std::string& path) { return !fs::is_regular_file(root / path); });
  std::ranges::sort(paths);
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

std::vector<SourceFile> read_files(const fs::path& root, const std::vector<std::string>& paths,
                                   const std::vector<std::string>& endings) {
  std::vector<SourceFile> files;
  for (const std::string& path : paths) {
    const auto matches = [&](const std::string& ending) { return path.ends_with(ending); };
    if (std::ranges::none_of(endings, matches)) continue;
    std::ifstream in(root / path, std::ios::binary);
    files.push_back({path, {std::istreambuf_iterator<char>(in), {}}});
  }
  return files;
}

std::string joined(const std::vector<std::string>& complaints) {
  std::string text;
  for (const std::string& complaint : complaints) text += "\n  " + complaint;
  return text;
}

}  // namespace kv::test
