// `kvscope count`: what a run costs on paper, from the sizes alone.
#pragma once

#include <optional>
#include <string>

namespace kv::app {

struct CountOptions {
  std::string model, preset, config;  // exactly one is given
  std::string lengths;                // "128,1024"
  std::int64_t prompt_tokens = 1;
  std::int64_t batch = 1;
  std::string kv_dtype;  // empty: f16 for presets, f32 for models
  bool all_logits = false;
  bool json = false;
};

int count(const CountOptions& options);

}  // namespace kv::app
