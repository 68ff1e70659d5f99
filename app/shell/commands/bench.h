// `kvscope bench`: wall-clock times of both sides on this machine.
#pragma once

#include <string>

#include "app/shell/open_model.h"
#include "app/shell/thread_pool.h"

namespace kv::app {

// The model of a bench that computes `rows` positions on both sides. What the sizes alone can
// refuse is refused before weights are read or made.
core::Result<OpenedModel> open_for_bench(const std::string& name, int rows);

struct BenchAttentionOptions {
  int width = 4096;
  int heads = 32;
  int steps = 128;
  int threads = 1;
  bool json = false;
};
int bench_attention(const BenchAttentionOptions& options);

struct BenchModelOptions {
  std::string model;
  int tokens = 100;
  int prompt_tokens = 1;
  int threads = 1;
  bool json = false;
};
int bench_model(const BenchModelOptions& options);

}  // namespace kv::app
