// What the targets look at alike.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kv::test {

std::string text_of(std::span<const std::uint8_t> bytes);

// A message for a person is one line of valid UTF-8, not empty, without control characters, and
// short enough to be read.
std::string message_complaint(std::string_view message);
// Of the first that is none.
std::string messages_complaint(const std::vector<std::string>& messages);

// What was made of a file, and what was made of that as printed: both as text.
std::string difference(const std::string& once, const std::string& again);

}  // namespace kv::test
