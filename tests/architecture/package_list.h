// app/packages.txt, as the scripts read it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kv::test {

// Duplicates, names that cannot be a package's, lines outside of the two sections.
std::vector<std::string> package_complaints(std::string_view text);

}  // namespace kv::test
