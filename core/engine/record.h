// What a forward leaves behind for whoever wants to look: intermediate values of chosen layers, in
// one slab made beforehand. Without a record forward() spends nothing on it.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/base/aligned_buffer.h"
#include "core/model/config.h"

namespace kv::core {

// What to keep. A full record of t rows is O(t^2) per layer and head: ask for less on large runs.
struct RecordRequest {
  bool hidden = true;          // layer inputs, attention and MLP outputs, embedding, final norm
  bool qkv = true;             // q, k, v of the fresh rows, after rotary embedding
  bool scores = true;          // scaled, before the mask
  bool probabilities = true;   // after mask and softmax
  bool last_row_only = false;  // of scores and probabilities: the newest row alone
  std::vector<int> layers;     // from 0; empty: all
};

// Values of one layer; a span that was not asked for is empty. `rows` are the fresh rows, `total`
// the past and the fresh ones, `kept` the rows of scores and probabilities (all fresh, or one).
struct LayerRecord {
  int kept = 0;
  std::span<float> input;             // [rows, d_model]
  std::span<float> q;                 // [heads, rows, head_dim]
  std::span<float> k;                 // [kv_heads, rows, head_dim]
  std::span<float> v;                 // [kv_heads, rows, head_dim]
  std::span<float> scores;            // [heads, kept, total]
  std::span<float> probabilities;     // [heads, kept, total]
  std::span<float> attention_output;  // [rows, d_model], as added to the residual
  std::span<float> mlp_output;        // [rows, d_model], as added to the residual
};

class Record {
 public:
  explicit Record(RecordRequest request = {}) : request_(std::move(request)) {}

  // Makes place for a forward of `rows` on `past` rows whose final norm is taken of `normed_rows`.
  // Keeps its memory when that is large enough.
  void prepare(const ModelConfig& config, int past, int rows, int normed_rows);

  int past() const { return past_; }
  int rows() const { return rows_; }
  int total() const { return past_ + rows_; }
  int kept() const { return request_.last_row_only ? 1 : rows_; }
  const RecordRequest& request() const { return request_; }

  // Layers of the model; layer() is null for one that was not asked for.
  int layer_count() const { return static_cast<int>(slot_of_layer_.size()); }
  LayerRecord* layer(int index) {
    return const_cast<LayerRecord*>(std::as_const(*this).layer(index));
  }
  const LayerRecord* layer(int index) const;

  std::span<float> embedding;   // [rows, d_model]
  std::span<float> final_norm;  // [normed_rows, d_model]

  std::uint64_t bytes() const { return slab_.size() * sizeof(float); }

 private:
  RecordRequest request_;
  int past_ = 0, rows_ = 0;
  AlignedBuffer slab_;
  std::vector<LayerRecord> layers_;
  std::vector<int> slot_of_layer_;  // -1: not kept
};

// Bytes prepare() will take, to be asked before a large run.
std::uint64_t record_bytes(const ModelConfig& config, const RecordRequest& request, int past,
                           int rows, int normed_rows);

}  // namespace kv::core
