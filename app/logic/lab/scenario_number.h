// Whole numbers as a person writes them in a scenario.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kv::app {

// "1500", "100k", "1M", "1e5"; nothing where it is anything else, or above 2^64 - 1.
std::optional<std::uint64_t> parse_whole_number(std::string_view text);

}  // namespace kv::app
