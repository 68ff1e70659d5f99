// The one reader for every JSON file: config, tokenizer, safetensors header, shard index, lessons,
// sessions. Refuses what lenient readers let pass, before a tree is built.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/error.h"

namespace kv::core {

struct JsonLimits {
  std::size_t bytes = std::size_t{16} << 20;
  int depth = 32;
};

// Valid UTF-8 throughout, no NUL byte, no duplicate keys in an object, nothing but white space
// after the end, nesting and size within `limits`. `file` is named in the error, with the line.
Result<nlohmann::json> parse_strict_json(std::string_view text, std::string_view file,
                                         const JsonLimits& limits = {});

}  // namespace kv::core
