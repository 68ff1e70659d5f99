// What the checkout looks like from outside: its top level, the size of its files, nothing left
// half done.
#pragma once

#include <string>
#include <vector>

#include "tests/architecture/source_tree.h"

namespace kv::test {

// Entries of the top level that are not among the fixed ones; `paths` are those of files.
std::vector<std::string> top_level_complaints(const std::vector<std::string>& paths);

// More than 400 lines.
std::vector<std::string> length_complaints(const SourceFile& file);

// Words that mark work as unfinished.
std::vector<std::string> mark_complaints(const SourceFile& file);

}  // namespace kv::test
