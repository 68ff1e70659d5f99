// Choosing the next token from logits: greedy, or seeded sampling.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/error.h"
#include "core/model/config.h"

namespace kv::core {

struct Sampling {
  double temperature = 0;  // 0: greedy
  int top_k = 0;           // keep the k most likely; 0: all
  double top_p = 1;        // keep the fewest tokens that reach this probability together
  std::uint64_t seed = 0;
  bool operator==(const Sampling&) const = default;
};

// A usage error that names the value which makes no sense.
Status validate(const Sampling& sampling);

// The token with the largest logit; the lowest id of equals.
Token greedy_token(std::span<const float> logits);

// The token for place `position` of the text. The random number depends on (seed, position) alone,
// so the same choice falls whether one steps, rewinds or branches.
Token choose_token(std::span<const float> logits, const Sampling& sampling, std::int64_t position);

// softmax(logits)[token]: what the model itself gives the token, whatever the sampling.
double token_probability(std::span<const float> logits, Token token);

}  // namespace kv::core
