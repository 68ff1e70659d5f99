// GLFW's keys as the keymap names them.
#pragma once

#include <optional>
#include <string_view>

#include "app/logic/keymap.h"

namespace kv::app {

// Of a key event. Letters and digits go by what the keyboard's layout types, or by their place
// where that is no Latin letter. Signs ("?", "[", ".") come from sign_of() unless Ctrl is held.
std::optional<Key> key_of(int glfw_key, int scancode, int modifiers);

// Of a typed character that is a sign.
std::optional<Key> sign_of(unsigned code_point);

}  // namespace kv::app
