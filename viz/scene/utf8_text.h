// Text character by character, as layout needs it. Invalid bytes count as a character each.
#pragma once

#include <string_view>

namespace kv::scene {

// Cuts the first character off and returns it. `text` must not be empty.
std::string_view take_character(std::string_view& text);

// Whether a character is as wide as it is high, as Chinese and Korean ones and emoji are.
bool is_wide(std::string_view character);

// Whether a line may end before `next` though no space stands there: around Chinese characters, but
// never before a closing mark nor after an opening one. Korean breaks at its spaces.
bool may_break(std::string_view before, std::string_view next);

}  // namespace kv::scene
