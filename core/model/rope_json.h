// The rotary settings of a config.json, in the older and the newer spelling.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/model/config.h"
#include "core/model/config_reader.h"

namespace kv::core {

// Sets rope_theta and rope_scaling from either
//   "rope_theta": 1e4, "rope_scaling": null or {"type" or "rope_type": "llama3", ...}    or
//   "rope_parameters": {"rope_theta": 1e4, "rope_type": "llama3", ...}
// Where a file has both they must agree. Rules other than "default" and "llama3" are refused by
// name. What is wrong is kept in `reader`.
void read_rope(ConfigReader& reader, const std::string& file, ModelConfig& config);

}  // namespace kv::core
