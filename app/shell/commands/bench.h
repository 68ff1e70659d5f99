// `kvscope bench`: wall-clock times of both sides on this machine.
#pragma once

#include <string>

#include "app/shell/thread_pool.h"

namespace kv::app {

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
