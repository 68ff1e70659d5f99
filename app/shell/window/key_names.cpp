#include "app/shell/window/key_names.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <array>

namespace kv::app {
namespace {

struct Named {
  int key;
  std::string_view name;
};
constexpr std::array named{
    Named{GLFW_KEY_RIGHT, "Right"},
    Named{GLFW_KEY_LEFT, "Left"},
    Named{GLFW_KEY_UP, "Up"},
    Named{GLFW_KEY_DOWN, "Down"},
    Named{GLFW_KEY_PAGE_DOWN, "PageDown"},
    Named{GLFW_KEY_PAGE_UP, "PageUp"},
    Named{GLFW_KEY_HOME, "Home"},
    Named{GLFW_KEY_END, "End"},
    Named{GLFW_KEY_SPACE, "Space"},
    Named{GLFW_KEY_ENTER, "Enter"},
    Named{GLFW_KEY_KP_ENTER, "Enter"},
    Named{GLFW_KEY_ESCAPE, "Escape"},
    Named{GLFW_KEY_TAB, "Tab"},
    Named{GLFW_KEY_BACKSPACE, "Backspace"},
    Named{GLFW_KEY_DELETE, "Delete"},
    Named{GLFW_KEY_F1, "F1"},
    Named{GLFW_KEY_F2, "F2"},
    Named{GLFW_KEY_F3, "F3"},
    Named{GLFW_KEY_F4, "F4"},
    Named{GLFW_KEY_F5, "F5"},
    Named{GLFW_KEY_F6, "F6"},
    Named{GLFW_KEY_F7, "F7"},
    Named{GLFW_KEY_F8, "F8"},
    Named{GLFW_KEY_F9, "F9"},
    Named{GLFW_KEY_F10, "F10"},
    Named{GLFW_KEY_F11, "F11"},
    Named{GLFW_KEY_F12, "F12"},
};

// Every printable ASCII character as a text of its own; letters stand in their capitals.
constexpr std::string_view ascii =
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`";
constexpr std::string_view beyond_letters = "{|}~";

std::string_view text_of(char c) {
  if (c == '+') c = '=';  // one key on many layouts, and the keymap's name for it
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (const auto at = ascii.find(c); at != std::string_view::npos) return ascii.substr(at, 1);
  const auto at = beyond_letters.find(c);
  return at == std::string_view::npos ? std::string_view{} : beyond_letters.substr(at, 1);
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Keys of the number pad that type what a key of the main block types.
std::optional<char> pad_character(int key) {
  if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9)
    return static_cast<char>('0' + (key - GLFW_KEY_KP_0));
  if (key == GLFW_KEY_KP_ADD) return '+';
  if (key == GLFW_KEY_KP_SUBTRACT) return '-';
  return {};
}

}  // namespace

std::optional<Key> key_of(int glfw_key, int scancode, int modifiers) {
  const bool shift = (modifiers & GLFW_MOD_SHIFT) != 0;
  const bool ctrl = (modifiers & (GLFW_MOD_CONTROL | GLFW_MOD_SUPER)) != 0;
  for (const Named& entry : named)
    if (entry.key == glfw_key) return Key{entry.name, shift, ctrl};
  if (const auto pad = pad_character(glfw_key); pad && (ctrl || is_letter_or_digit(*pad)))
    return Key{text_of(*pad), shift, ctrl};
  if (glfw_key < GLFW_KEY_SPACE || glfw_key > GLFW_KEY_GRAVE_ACCENT) return {};
  const char* typed = glfwGetKeyName(glfw_key, scancode);
  const bool latin = typed && typed[0] > 0 && typed[1] == 0;
  const char c = latin ? typed[0] : static_cast<char>(glfw_key);
  if (is_letter_or_digit(c)) return Key{text_of(c), shift, ctrl};
  if (ctrl) return Key{text_of(c), false, true};  // no character is typed
  // A layout without Latin letters has no brackets where the keymap expects them.
  if (!latin && !shift) return Key{text_of(c), false, false};
  return {};
}

std::optional<Key> sign_of(unsigned code_point) {
  if (code_point <= ' ' || code_point > '~') return {};
  const char c = static_cast<char>(code_point);
  if (is_letter_or_digit(c)) return {};
  return Key{text_of(c), false, false};
}

}  // namespace kv::app
