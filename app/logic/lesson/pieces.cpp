#include "app/logic/lesson/pieces.h"

#include <algorithm>

namespace kv::app {

std::string trimmed(std::string text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::vector<Piece> pieces_of(std::string_view markdown) {
  std::vector<Piece> pieces = {{}};
  bool fenced = false;
  int number = 0;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    const std::string line(markdown.substr(0, end));
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    ++number;
    if (line.starts_with("```")) fenced = !fenced;
    const std::size_t level = line.find_first_not_of('#');
    if (!fenced && level != std::string::npos && level >= 1 && level <= 3 && line[level] == ' ')
      pieces.push_back({static_cast<int>(level), trimmed(line.substr(level)), number, {}});
    else
      pieces.back().text += line + "\n";
  }
  return pieces;
}

}  // namespace kv::app
