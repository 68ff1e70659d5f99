// The signs a formula's commands stand for.
#pragma once

#include <optional>
#include <string_view>

#include "viz/scene/formula_parse.h"

namespace kv::scene {

// The sign, name or space of a command that takes no argument, by its name without the backslash.
std::optional<FormulaNode> formula_symbol(std::string_view command);

// A character as it stands in a source: the sign drawn for it ("-" is a minus) and its role.
FormulaNode formula_character(std::string_view character);

// What \left and \right take: the characters, and commands without their backslash. Nothing where
// it is no bracket; "" is none (a dot).
std::optional<std::string_view> formula_bracket(std::string_view name);

// How many bytes of `text` are a unit of quantity, which a number before it takes along:
// " GB", " GFLOP", " \u00B5s"; 0: none.
std::size_t unit_length(std::string_view text);

}  // namespace kv::scene
