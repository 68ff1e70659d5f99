#include "core/engine/record.h"

#include <algorithm>

namespace kv::core {
namespace {

// Hands out aligned pieces; with no slab behind it, it only adds up their sizes.
struct Pieces {
  float* slab = nullptr;
  std::size_t used = 0;

  std::span<float> take(bool wanted, int a, int b, int c = 1) {
    if (!wanted) return {};
    const std::size_t count =
        static_cast<std::size_t>(a) * static_cast<std::size_t>(b) * static_cast<std::size_t>(c);
    const std::size_t begin = used;
    used += aligned_count(count);
    return slab ? std::span<float>(slab + begin, count) : std::span<float>();
  }
};

LayerRecord take_layer(Pieces& pieces, const ModelConfig& c, const RecordRequest& r, int rows,
                       int total) {
  const int kept = r.last_row_only ? 1 : rows;
  return {.kept = kept,
          .input = pieces.take(r.hidden, rows, c.d_model),
          .q = pieces.take(r.qkv, c.heads, rows, c.head_dim),
          .k = pieces.take(r.qkv, c.kv_heads, rows, c.head_dim),
          .v = pieces.take(r.qkv, c.kv_heads, rows, c.head_dim),
          .scores = pieces.take(r.scores, c.heads, kept, total),
          .probabilities = pieces.take(r.probabilities, c.heads, kept, total),
          .attention_output = pieces.take(r.hidden, rows, c.d_model),
          .mlp_output = pieces.take(r.hidden, rows, c.d_model)};
}

bool keeps(const RecordRequest& request, int layer) {
  return request.layers.empty() || std::ranges::find(request.layers, layer) != request.layers.end();
}

}  // namespace

std::uint64_t record_bytes(const ModelConfig& config, const RecordRequest& request, int past,
                           int rows, int normed_rows) {
  Pieces pieces;
  pieces.take(request.hidden, rows, config.d_model);
  pieces.take(request.hidden, normed_rows, config.d_model);
  for (int layer = 0; layer < config.layers; ++layer)
    if (keeps(request, layer)) take_layer(pieces, config, request, rows, past + rows);
  return pieces.used * sizeof(float);
}

void Record::prepare(const ModelConfig& config, int past, int rows, int normed_rows) {
  past_ = past;
  rows_ = rows;
  const auto needed = static_cast<std::size_t>(
      record_bytes(config, request_, past, rows, normed_rows) / sizeof(float));
  if (slab_.size() < needed) {
    slab_ = AlignedBuffer(needed);
    std::ranges::fill(slab_.span(), 0.0F);  // takes the pages now, not within a measured step
  }
  Pieces pieces{slab_.data(), 0};
  embedding = pieces.take(request_.hidden, rows, config.d_model);
  final_norm = pieces.take(request_.hidden, normed_rows, config.d_model);
  layers_.clear();
  slot_of_layer_.assign(static_cast<std::size_t>(config.layers), -1);
  for (int layer = 0; layer < config.layers; ++layer) {
    if (!keeps(request_, layer)) continue;
    slot_of_layer_[static_cast<std::size_t>(layer)] = static_cast<int>(layers_.size());
    layers_.push_back(take_layer(pieces, config, request_, rows, past + rows));
  }
}

const LayerRecord* Record::layer(int index) const {
  const int slot = slot_of_layer_[static_cast<std::size_t>(index)];
  return slot < 0 ? nullptr : &layers_[static_cast<std::size_t>(slot)];
}

}  // namespace kv::core
