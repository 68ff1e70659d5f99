// UTF-8, checked strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kv::core {

// Bytes of the valid character at the start of `text`; 0 when there is none.
std::size_t utf8_length(std::string_view text);

// Offset of the first byte that is part of no valid character; npos when all is valid.
std::size_t find_invalid_utf8(std::string_view text);

// Appends the encoding of a code point (which must be a valid one).
void append_utf8(std::string& out, char32_t code_point);

// The code point of the valid character at the start of `text`.
char32_t decode_utf8(std::string_view text);

}  // namespace kv::core
