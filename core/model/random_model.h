// Models of any size from a seed, for scale and cost work. Those with a name are Llama-shaped:
// "random:width=64,...".
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "core/model/model.h"

namespace kv::core {

// A config set by hand, one that validate() takes, may be of either family.
struct RandomModelSpec {
  ModelConfig config;
  std::uint64_t seed = 1;
};

// True for anything that begins with "random:".
bool is_random_model(std::string_view text);

// "random:width=64,layers=2,heads=4,kv_heads=4,ffn=256,vocab=512,context=4096,seed=1", each part
// with that default; kv_heads follows heads and ffn is 4 width when not given. The head is tied.
// A usage error names the part that is wrong.
Result<RandomModelSpec> parse_random_model(std::string_view text);

// Weights uniform with variance 1/in, of tokens and learned positions with variance 0.01; gains 1,
// biases 0. The same bits on every machine. A machine error when the weights pass
// `memory_limit_bytes`. `progress` is called with the share done, 0 to 1, after each layer;
// returning false abandons the model, which is a usage error.
Result<std::shared_ptr<const Model>> make_random_model(
    const RandomModelSpec& spec, std::string_view name, std::uint64_t memory_limit_bytes,
    const std::function<bool(double)>& progress = {});

}  // namespace kv::core
