// What a stage shows beyond the run: whose sizes, how many tokens, which machine; and what was
// measured for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/cost/cost_model.h"

namespace kv::scene {

struct StageSpec {
  std::string preset = "llama-3-8b";  // a core preset's name; empty: the subject's own model
  std::int64_t tokens = 0;            // 0: the run's length (chart: 512)
  core::KvDtype dtype = core::KvDtype::f16;
  std::int64_t batch = 1;
  std::string machine = "h100";  // h100 | a100
  int component = -1;            // chart: -1 total and attention; else into core::op_count_parts
  bool log_log = true;
  bool operator==(const StageSpec&) const = default;
};

// Both sides' seconds on this machine, one of each round; medians of the rounds' ratios.
struct BenchView {
  std::vector<double> without_seconds, with_seconds;
  double ratio = 0, flop_ratio = 0;
  int tokens = 0, prompt_tokens = 0;
  std::string model;
  // Of what was run, where known: the whole model, or the one layer of an attention bench, of which
  // layers, d_model, heads, kv_heads and head_dim are set alone.
  std::optional<core::ModelConfig> sizes = {};
};

}  // namespace kv::scene
