// What a way of sampling makes of a distribution, for the sampling panel's bars.
#pragma once

#include <span>
#include <vector>

#include "core/run/sampling.h"

namespace kv::app {

struct PreviewBar {
  core::Token token = 0;
  double model = 0;   // softmax(logits)[token]
  double chance = 0;  // of being taken; 0 beyond top-k and top-p
};

// The `most` likeliest tokens, likeliest first.
std::vector<PreviewBar> preview(std::span<const float> logits, const core::Sampling& sampling,
                                std::size_t most);

}  // namespace kv::app
