// "1,2,3" as typed on a command line.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/model/config.h"

namespace kv::app {

// Whole numbers from `least` up, separated by commas. A usage error that names `what`.
core::Result<std::vector<std::int64_t>> parse_number_list(std::string_view text,
                                                          std::string_view what, std::int64_t least,
                                                          std::int64_t most);

core::Result<std::vector<core::Token>> parse_token_list(std::string_view text);

}  // namespace kv::app
