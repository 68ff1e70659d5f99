// Attention of fresh rows over past and fresh rows, for one layer.
#pragma once

#include "core/engine/kernels.h"
#include "core/engine/op_count.h"
#include "core/engine/record.h"

namespace kv::core {

struct AttentionShape {
  int heads = 0;     // query heads
  int kv_heads = 0;  // query heads h * heads / kv_heads .. share kv head h
  int head_dim = 0;
  int q_width() const { return heads * head_dim; }
  int kv_width() const { return kv_heads * head_dim; }
  int qkv_width() const { return q_width() + 2 * kv_width(); }
};
inline AttentionShape attention_shape(const ModelConfig& c) {
  return {c.heads, c.kv_heads, c.head_dim};
}

// Floats of scratch attend() wants for every part of the parallel work.
std::size_t attention_scratch(int rows, int total);

// Puts k and v of the fresh rows behind the past ones. qkv: [rows, qkv_width].
void append_rows(const AttentionShape& shape, const PastView& past, int layer, const float* qkv,
                 int rows);

// out[rows, q_width] = softmax(mask(q K^T / sqrt(head_dim))) V, head by head, over the past and the
// appended fresh rows. Scores are dense, then masked. `record` may be null.
void attend(const AttentionShape& shape, const PastView& past, int layer, const float* qkv,
            int rows, float* out, float* scratch, Parallel* parallel, OpCount& count,
            LayerRecord* record);

}  // namespace kv::core
