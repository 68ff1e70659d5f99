// The usual arithmetic of inference (Pope et al., "Efficiently Scaling Transformer Inference",
// arXiv 2211.05102; Chen, "Transformer Inference Arithmetic", 2022): what a forward computes and
// what it moves; with a machine's two numbers (roofline.h) both become time, and the longer counts.
#pragma once

#include <cstdint>
#include <vector>

#include "core/cost/cost_model.h"
#include "core/cost/roofline.h"

namespace kv::core {

// FLOPs and bytes of one forward, for all sequences of the batch.
struct Work {
  double flops = 0, bytes = 0;
  double intensity() const { return flops / bytes; }
};
Work operator+(const Work& a, const Work& b);
double seconds_of(const Machine& machine, const Work& work);

struct InferenceSetting {
  CostConfig cost;  // one that has_closed_form()
  KvDtype dtype = KvDtype::f16;
  std::int64_t batch = 1;
  // Of many rows, only the visible half of attention is computed: in the exact count to the last
  // pair, the diagonal with it.
  bool causal = false;
  // The usual estimate (2 FLOPs per parameter and row, estimated_forward_flops(), all parameters
  // read) instead of the exact count of the parts and of active_parameters().
  bool estimated = false;
};

// Weights in 16 bits, read once whatever the batch; with the cache all its rows are read once, the
// newest included. Tokens: 1 or more, here and below.
Work prefill_work(const InferenceSetting& setting, std::int64_t tokens);
// The step that has `tokens` tokens in the sequence, the newest included.
Work decode_work(const InferenceSetting& setting, Side side, std::int64_t tokens);

// What a step is made of, in op_count_parts' order: exact FLOPs (half of scores and weighted sum of
// many rows where `causal`), and the bytes that belong to it: its weights, K with the scores, V
// with the weighted sum. Without the cache K and V are made in the same step and cost no reading:
// intensity() of these two is infinite then. Norms belong to no component, so the bytes add up to
// somewhat less than decode_work()'s.
struct ComponentWork {
  int component = 0;  // index into op_count_parts
  Work work;
};
std::vector<ComponentWork> component_works(const InferenceSetting& setting, Side side,
                                           std::int64_t tokens);

// New tokens per second of all sequences together.
double tokens_per_second(const Machine& machine, const InferenceSetting& setting, Side side,
                         std::int64_t tokens);

}  // namespace kv::core
