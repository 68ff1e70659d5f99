// Models of random sizes and weights, built in memory, both families.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <vector>

#include "core/model/model.h"

namespace kv::test {

// Small sizes in every combination: grouped heads, head_dim apart from the width, biases, odd
// widths.
core::ModelConfig random_config(std::mt19937_64& random);

// Every weight random, norms and biases included.
std::shared_ptr<const core::Model> random_model(const core::ModelConfig& config,
                                                std::uint64_t seed);

std::vector<core::Token> random_tokens(const core::ModelConfig& config, int count,
                                       std::mt19937_64& random);

// How often a property test tries: fewer under sanitizers (KVSCOPE_SHORT), which are slow.
int trials(int full, int shortened);

int between(std::mt19937_64& random, int least, int most);

}  // namespace kv::test
