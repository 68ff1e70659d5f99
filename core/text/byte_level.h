// The byte letters of byte-level BPE: a printable character for every byte, so that a vocabulary of
// bytes can be written as text. Source: GPT-2's encoder ("bytes to unicode").
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kv::core {

// Printable bytes of Latin-1 stand for themselves, the other 68 for U+0100, U+0101 and so on.
char32_t letter_of_byte(unsigned char byte);

// The bytes that a token's letters stand for; nothing when one of them is no byte letter.
std::optional<std::string> bytes_of_letters(std::string_view letters);

}  // namespace kv::core
