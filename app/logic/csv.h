// Tables as text, RFC 4180.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace kv::app {

// Quotes around a field that needs them, quotes within doubled.
std::string csv_field(std::string_view text);
// The fields between commas, and a line's end.
std::string csv_row(std::span<const std::string> fields, std::string_view end = "\n");

}  // namespace kv::app
