// Sizes of its own in place of a model's: a plain dense model of those sizes, everything else about
// it fixed, so that the sizes say all there is to say.
#pragma once

#include "core/base/error.h"
#include "core/cost/cost_model.h"

namespace kv::app {

// As `random:` begins: width 64, 2 layers, 4 heads, MLP of 4 times the width, gated, 512 tokens.
core::CostConfig default_sizes();

// The model that has those sizes, that kind of MLP (with it: biases and learned positions as GPT-2,
// or none and rotary ones as Llama) and that head, tied or not. Weights of 16 bits; the context is
// long enough for whatever is asked about (GPT-2's is a table that is part of the weights: 4,096).
core::CostConfig own_sizes(const core::ModelConfig& like);

bool same_sizes(const core::CostConfig& a, const core::CostConfig& b);

// Those of a usage error that names a key of the scenario.
core::Error scenario_error(std::string_view key, std::string_view found, std::string_view expected);

}  // namespace kv::app
