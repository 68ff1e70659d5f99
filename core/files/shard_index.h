// model.safetensors.index.json: which shard holds which tensor of a model too large for one file.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace kv::core {

// Tensor to the file name of its shard. Only "weight_map" is read; every shard's name is a plain
// file name. `label` stands in messages ("folder/model.safetensors.index.json").
Result<std::map<std::string, std::string>> parse_shard_index(std::string_view text,
                                                             const std::string& label);

}  // namespace kv::core
