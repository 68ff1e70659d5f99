#include "tests/fuzz/complaints.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/utf8.h"

namespace kv::test {
namespace {

constexpr std::size_t longest_message = 2000;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace

std::string text_of(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

std::string message_complaint(std::string_view message) {
  const std::string shown = ": " + core::quoted(message, 300);
  if (message.empty()) return "an empty message";
  if (message.size() > longest_message)
    return "a message of " + std::to_string(message.size()) + " bytes" + shown;
  if (core::find_invalid_utf8(message) != std::string::npos) return "a message not UTF-8" + shown;
  if (std::ranges::any_of(message, is_control)) return "a message of many lines" + shown;
  return {};
}

std::string messages_complaint(const std::vector<std::string>& messages) {
  for (const std::string& message : messages)
    if (auto complaint = message_complaint(message); !complaint.empty()) return complaint;
  return {};
}

std::string difference(const std::string& once, const std::string& again) {
  if (once == again) return {};
  const auto at = static_cast<std::size_t>(std::ranges::mismatch(once, again).in1 - once.begin());
  const std::size_t begin = at - std::min<std::size_t>(at, 100);
  return "read again from byte " + std::to_string(at) + " on, " +
         core::quoted(once.substr(begin, 300), 300) + " became " +
         core::quoted(again.substr(std::min(begin, again.size()), 300), 300);
}

}  // namespace kv::test
