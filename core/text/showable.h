// Text of tokens on a screen, where a stray byte or a control character would be invisible or
// worse.
#pragma once

#include <string>
#include <string_view>

namespace kv::core {

// Valid UTF-8 in, valid UTF-8 out: control characters, line and paragraph separators and the marks
// that turn the direction of writing become C escapes ("\n", "\x1B", "\u2028").
std::string escape_controls(std::string_view text);

}  // namespace kv::core
