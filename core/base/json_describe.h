// A JSON value in the few words that a message about it needs.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace kv::core {

// One short line: a string quoted and cut, a number or a word as it stands, a short list of numbers
// in full, and of anything larger only what it is ("an object of 3 keys").
std::string describe(const nlohmann::json& value);

}  // namespace kv::core
