// Time on a machine known by two numbers: the larger of computing and moving (Williams, Waterman,
// Patterson, "Roofline", CACM 2009).
#pragma once

#include "core/model/config.h"

namespace kv::core {

struct Machine {
  const char* name;
  double flops_per_second;
  double bytes_per_second;

  // FLOPs per byte above which computing is the limit.
  double ridge() const { return flops_per_second / bytes_per_second; }
};

// Makers' data sheets: bf16 without sparsity, memory bandwidth.
inline constexpr Machine a100_80gb = {"A100-80G", 312e12, 2.04e12};
inline constexpr Machine h100_sxm = {"H100 SXM", 989e12, 3.35e12};

double roofline_seconds(const Machine& machine, double flops, double bytes);

// FLOPs per byte of attention between `queries` rows and `keys` rows, 2-byte elements, scores never
// written to memory, each key and value head serving `group` query heads. A group of g heads of
// width h does 4 g S T h FLOPs on 4 (g S + T) h bytes (read q, k, v; write the result): g S T / (g
// S + T).
double attention_intensity(double queries, double keys, double group = 1);

// The usual estimate of a forward over `tokens` rows without a cache: 2 FLOPs per parameter and
// row, plus attention over all pairs, or over the visible half of them. It counts embeddings as if
// they were multiplied and logits as if for every row; closed_form.h has the exact figure.
double estimated_forward_flops(const ModelConfig& config, double tokens, bool visible_half_only);

}  // namespace kv::core
