// Which target may link which: the table of layers once more, for what CMake builds.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kv::test {

// Target -> what it links directly, as its target_link_libraries say.
using LinkGraph = std::map<std::string, std::vector<std::string>>;

// From lines "target: library library ...".
LinkGraph parse_link_graph(std::string_view text);

std::vector<std::string> link_complaints(const LinkGraph& graph);

}  // namespace kv::test
