// What others published about the cache's gain, each beside what the cost model says of the same
// case. The reasons for the differences are words, and the screen's.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/cost/published.h"
#include "core/cost/roofline.h"

namespace kv::core {

enum class ClaimId { seven_b, attention_script, eight_b, small_desktop };

struct Claim {
  ClaimId id = ClaimId::seven_b;
  const PublishedFigure* without = nullptr;  // seconds or tokens per second, where published
  const PublishedFigure* with = nullptr;
  double published_ratio = 0;  // time without / with: published, or of the two above
  double flop_ratio = 0;       // of the same case, exact, the whole run
  // Times without / with on `machine`'s roofline, 16-bit weights and rows, of a run the sums over
  // its steps: exact FLOPs, and the usual estimate; dense, and with the visible half of attention
  // alone. Of attention_script only the exact ones.
  struct Roof {
    double dense = 0, causal = 0;
  };
  Roof exact;
  std::optional<Roof> estimated;
};

// The cases: Llama-2-7B, a whole run to 100 tokens from a one-token prompt; one attention layer
// 4096 wide (q, k, v projections and attention, no output projection), 128 steps; Llama-3-8B, one
// step at 100,000 tokens; GPT-2 (124M), a run to 200 tokens. eight_b's flop_ratio is of that step.
std::vector<Claim> claims(const Machine& machine);

}  // namespace kv::core
