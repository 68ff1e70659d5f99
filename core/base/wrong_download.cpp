#include "core/base/wrong_download.h"

namespace kv::core {
namespace {

// Without regard to the case of ASCII letters; `prefix` is in small letters.
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  if (text.size() < prefix.size()) return false;
  for (std::size_t i = 0; i < prefix.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != prefix[i]) return false;
  }
  return true;
}

}  // namespace

std::string_view recognise_wrong_download(std::string_view beginning) {
  if (beginning.starts_with("\xEF\xBB\xBF")) beginning.remove_prefix(3);
  while (!beginning.empty() &&
         std::string_view(" \t\r\n").find(beginning[0]) != std::string_view::npos)
    beginning.remove_prefix(1);
  if (beginning.starts_with("version https://git-lfs"))
    return "a Git LFS pointer (the file itself was not downloaded; try git lfs pull)";
  for (const std::string_view opening : {"<!doctype html", "<html", "<head", "<!--", "<?xml"})
    if (starts_with_ignoring_case(beginning, opening))
      return "an HTML page (the download saved a web page, not the file)";
  return {};
}

}  // namespace kv::core
