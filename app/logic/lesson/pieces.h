// Markdown cut at its headings, as lessons and quizzes write their words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kv::app {

// A heading with what stands below it, up to the next one.
struct Piece {
  int level = 0;  // 1 to 3; 0: what stands before the first heading
  std::string heading;
  int line = 0;  // of the heading, from 1
  std::string text;
};

// A piece of level 0 comes first, always. Lines between ``` are no headings.
std::vector<Piece> pieces_of(std::string_view markdown);

// Without white space at both ends.
std::string trimmed(std::string text);

}  // namespace kv::app
