// Scratch of forward(): made once, grown when a call needs more, reused by the next.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/aligned_buffer.h"
#include "core/model/config.h"

namespace kv::core {

struct Model;

// Bytes prepare() takes for these sizes, rotary tables included, to be asked before a large run.
std::uint64_t workspace_bytes(const ModelConfig& config, int rows, int total, int parts,
                              int logit_rows);

// One per thread that decodes. After prepare() the pointers hold until the next prepare().
class Workspace {
 public:
  // Room for `rows` fresh rows, scores over `total` rows in `parts` parts, logits of `logit_rows`
  // rows, and rotary angles of positions first .. first + rows - 1. Allocates only to grow.
  void prepare(const Model& model, int rows, int total, int parts, int logit_rows, int first);

  float* x = nullptr;         // [rows, d_model], the residual stream
  float* normed = nullptr;    // [rows, d_model]
  float* qkv = nullptr;       // [rows, q_width + 2 kv_width]
  float* attended = nullptr;  // [rows, q_width]
  float* added = nullptr;     // [rows, d_model], what is about to be added to x
  float* hidden = nullptr;    // [rows, outputs of the MLP's first product]
  float* active = nullptr;    // [rows, ffn]
  float* scores = nullptr;    // attention_scratch() for every part
  float* logits = nullptr;    // [logit_rows, vocabulary]

  // [rows, head_dim / 2] of the rows prepared for.
  const float* cosines = nullptr;
  const float* sines = nullptr;

  std::uint64_t bytes() const {
    return (slab_.size() + cosine_table_.size() + sine_table_.size()) * sizeof(float);
  }

 private:
  void prepare_rotary(const Model& model, int positions);

  AlignedBuffer slab_;
  std::vector<double> frequencies_;
  int positions_ = 0;  // positions the tables hold
  std::vector<float> cosine_table_, sine_table_;
};

}  // namespace kv::core
