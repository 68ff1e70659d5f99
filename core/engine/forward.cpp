#include "core/engine/forward.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "core/engine/attention.h"
#include "core/engine/kernels.h"

namespace kv::core {
namespace {

void keep(std::span<float> place, const float* values) {
  if (!place.empty()) std::memcpy(place.data(), values, place.size_bytes());
}

// [rows, heads * head_dim] at `from`, rows `stride` apart, to [heads, rows, head_dim].
void keep_heads(std::span<float> place, const float* from, int stride, int rows, int heads,
                int head_dim) {
  if (place.empty()) return;
  for (int h = 0; h < heads; ++h)
    for (int r = 0; r < rows; ++r)
      std::memcpy(place.data() + (std::int64_t{h} * rows + r) * head_dim,
                  from + std::int64_t{r} * stride + h * head_dim,
                  static_cast<std::size_t>(head_dim) * sizeof(float));
}

void keep_qkv(LayerRecord* record, const ModelConfig& c, const float* qkv, int rows) {
  if (!record) return;
  const int stride = c.q_width() + 2 * c.kv_width();
  keep_heads(record->q, qkv, stride, rows, c.heads, c.head_dim);
  keep_heads(record->k, qkv + c.q_width(), stride, rows, c.kv_heads, c.head_dim);
  keep_heads(record->v, qkv + c.q_width() + c.kv_width(), stride, rows, c.kv_heads, c.head_dim);
}

// x[rows, d_model]: each token's row, plus its position's where positions are learned.
Flops embed(const Model& model, std::span<const Token> tokens, int first_position, float* x) {
  const auto width = static_cast<std::size_t>(model.config.d_model);
  const int rows = static_cast<int>(tokens.size());
  for (std::size_t r = 0; r < tokens.size(); ++r)
    std::memcpy(x + r * width,
                model.token_embedding.data + static_cast<std::size_t>(tokens[r]) * width,
                width * sizeof(float));
  if (model.config.rotary()) return 0;
  return add_rows(x,
                  model.position_embedding.data + static_cast<std::size_t>(first_position) * width,
                  rows, model.config.d_model);
}

Flops norm(const ModelConfig& c, const NormWeights& w, const float* x, int rows, float* y) {
  return c.family == Family::gpt2 ? layer_norm(w, c.norm_epsilon, x, rows, c.d_model, y)
                                  : rms_norm(w, c.norm_epsilon, x, rows, c.d_model, y);
}

Flops activate(const ModelConfig& c, const float* hidden, int rows, float* active) {
  return c.gated_mlp() ? silu_gate(hidden, rows, c.ffn, active)
                       : gelu_new(hidden, rows, c.ffn, active);
}

std::uint64_t bytes_of(const Matrix& m) {
  return static_cast<std::uint64_t>(m.out) * static_cast<std::uint64_t>(m.in) * sizeof(float);
}
std::uint64_t bytes_of(const float* vector, int width) {
  return vector ? static_cast<std::uint64_t>(width) * sizeof(float) : 0;
}
std::uint64_t bytes_of(const NormWeights& w, int width) {
  return bytes_of(w.gain, width) + bytes_of(w.bias, width);
}

// Every weight a forward touches, once; of the embeddings only the rows that were looked up.
std::uint64_t weight_bytes_read(const Model& model, int rows) {
  const int d = model.config.d_model;
  const auto row_bytes =
      static_cast<std::uint64_t>(rows) * static_cast<std::uint64_t>(d) * sizeof(float);
  std::uint64_t bytes = row_bytes + (model.config.rotary() ? 0 : row_bytes);
  for (const LayerWeights& w : model.layers) {
    bytes += bytes_of(w.attention_norm, d) + bytes_of(w.mlp_norm, d);
    bytes += bytes_of(w.qkv) + bytes_of(w.qkv_bias, w.qkv.out);
    bytes += bytes_of(w.output) + bytes_of(w.output_bias, d);
    bytes += bytes_of(w.up) + bytes_of(w.up_bias, w.up.out);
    bytes += bytes_of(w.down) + bytes_of(w.down_bias, d);
  }
  return bytes + bytes_of(model.final_norm, d) + bytes_of(model.head);
}

ByteCount bytes_moved(const Model& model, int past, int rows, bool keep_rows) {
  const auto per_row = cache_bytes_per_token(model.config);
  return {.weights = weight_bytes_read(model, rows),
          .cache_read = static_cast<std::uint64_t>(past) * per_row,
          .cache_write = keep_rows ? static_cast<std::uint64_t>(rows) * per_row : 0};
}

}  // namespace

ForwardResult forward(const Model& model, const PastView& past, std::span<const Token> fresh,
                      Workspace& work, const ForwardOptions& options) {
  const ModelConfig& c = model.config;
  const AttentionShape shape = attention_shape(c);
  const int n = static_cast<int>(fresh.size());
  const int logit_rows = options.logits == LogitRows::all ? n : 1;
  Parallel* const parallel = options.parallel;
  Record* const record = options.record;
  assert(n > 0 && past.block && past.block->capacity() >= past.rows + n);
  work.prepare(model, n, past.rows + n, parts_of(parallel), logit_rows, past.next_position);
  if (record) record->prepare(c, past.rows, n, logit_rows);

  OpCount count;
  count.other += embed(model, fresh, past.next_position, work.x);
  if (record) keep(record->embedding, work.x);

  for (int index = 0; index < c.layers; ++index) {
    const LayerWeights& w = model.layers[static_cast<std::size_t>(index)];
    LayerRecord* const kept = record ? record->layer(index) : nullptr;
    if (kept) keep(kept->input, work.x);

    // Attention: x += W_o softmax(q K^T / sqrt(head_dim)) V
    count.other += norm(c, w.attention_norm, work.x, n, work.normed);
    const Flops per_column = product(w.qkv, work.normed, n, work.qkv, parallel);
    count.q += per_column * static_cast<Flops>(c.q_width());
    count.k += per_column * static_cast<Flops>(c.kv_width());
    count.v += per_column * static_cast<Flops>(c.kv_width());
    if (w.qkv_bias) count.other += add_bias(work.qkv, w.qkv_bias, n, w.qkv.out);
    if (c.rotary())  // q and k stand next to each other: one turn over both
      count.other += rotate(work.qkv, shape.qkv_width(), n, c.heads + c.kv_heads, c.head_dim,
                            work.cosines, work.sines);
    append_rows(shape, past, index, work.qkv, n);
    keep_qkv(kept, c, work.qkv, n);
    attend(shape, past, index, work.qkv, n, work.attended, work.scores, parallel, count, kept);
    count.output += product(w.output, work.attended, n, work.added, parallel) *
                    static_cast<Flops>(w.output.out);
    if (w.output_bias) count.other += add_bias(work.added, w.output_bias, n, c.d_model);
    if (kept) keep(kept->attention_output, work.added);
    count.other += add_rows(work.x, work.added, n, c.d_model);

    // MLP: x += W_down act(W_up x)
    count.other += norm(c, w.mlp_norm, work.x, n, work.normed);
    count.mlp +=
        product(w.up, work.normed, n, work.hidden, parallel) * static_cast<Flops>(w.up.out);
    if (w.up_bias) count.other += add_bias(work.hidden, w.up_bias, n, w.up.out);
    count.other += activate(c, work.hidden, n, work.active);
    count.mlp +=
        product(w.down, work.active, n, work.added, parallel) * static_cast<Flops>(w.down.out);
    if (w.down_bias) count.other += add_bias(work.added, w.down_bias, n, c.d_model);
    if (kept) keep(kept->mlp_output, work.added);
    count.other += add_rows(work.x, work.added, n, c.d_model);

    const double share = static_cast<double>(index + 1) / (c.layers + 1);
    if (options.progress && !(*options.progress)(share))
      return {.logits = {}, .count = count, .bytes = {}, .abandoned = true};
  }

  const float* last = work.x + std::int64_t{n - logit_rows} * c.d_model;
  count.other += norm(c, model.final_norm, last, logit_rows, work.normed);
  if (record) keep(record->final_norm, work.normed);
  count.head += product(model.head, work.normed, logit_rows, work.logits, parallel) *
                static_cast<Flops>(model.head.out);

  const auto logits = static_cast<std::size_t>(logit_rows) * static_cast<std::size_t>(c.vocabulary);
  return {.logits = {work.logits, logits},
          .count = count,
          .bytes = bytes_moved(model, past.rows, n, options.keep_rows)};
}

}  // namespace kv::core
