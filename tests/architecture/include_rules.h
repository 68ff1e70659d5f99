// Which folder may include what: the table of layers, as a function of one file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/architecture/source_tree.h"

namespace kv::test {

struct Include {
  int line = 0;  // from 1
  std::string name;
  bool quoted = false;
};

std::vector<Include> find_includes(std::string_view text);

// "path:line: ..." for every include the file must not have. Files outside core, viz and app may
// include what they like.
std::vector<std::string> include_complaints(const SourceFile& file);

}  // namespace kv::test
