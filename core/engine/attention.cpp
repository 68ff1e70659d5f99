#include "core/engine/attention.h"

#include <algorithm>
#include <cstring>

namespace kv::core {
namespace {

// Rows of queries whose scores are worked on at once: enough for the matrix product, few enough
// that their scores stay near the processor.
int tile_rows(int rows, int total) {
  constexpr int floats_per_tile = 1 << 18;  // 1 MiB
  return std::clamp(floats_per_tile / std::max(total, 1), std::min(16, rows), std::min(256, rows));
}

// Copies `rows` rows of scores or probabilities to their place in a record, whose head has room for
// `kept` rows: all of them, or the newest alone.
void keep_rows(std::span<float> place, int head, int kept, int all_rows, int first, int rows,
               int total, const float* tile) {
  if (place.empty()) return;
  const int skip = std::max(0, all_rows - kept - first);  // rows of this tile that are not kept
  if (skip >= rows) return;
  const auto width = static_cast<std::size_t>(total);
  const auto to = static_cast<std::size_t>(head * kept + first + skip - (all_rows - kept));
  std::memcpy(place.data() + to * width, tile + static_cast<std::size_t>(skip) * width,
              static_cast<std::size_t>(rows - skip) * width * sizeof(float));
}

// One head: its OpCount has scores, weighted_sum, what of them was masked, and other.
OpCount attend_head(const AttentionShape& shape, const PastView& past, int layer, int head,
                    const float* qkv, int rows, float* out, float* tile, LayerRecord* record) {
  const int total = past.rows + rows;
  const int kv_head = head / (shape.heads / shape.kv_heads);
  const float* keys = past.block->key(layer, kv_head);
  const float* values = past.block->value(layer, kv_head);
  const int kept = record ? record->kept : 0;
  const int step = tile_rows(rows, total);
  OpCount count;
  for (int first = 0; first < rows; first += step) {
    const int here = std::min(step, rows - first);
    const float* q = qkv + std::int64_t{first} * shape.qkv_width() + head * shape.head_dim;
    const ScoreFlops cost = scores(q, shape.qkv_width(), here, keys, past.block->capacity(),
                                   shape.head_dim, total, tile);
    count.scores += cost.product;
    count.other += cost.scaling;
    if (record) keep_rows(record->scores, head, kept, rows, first, here, total, tile);
    for (int r = 0; r < here; ++r) {
      float* row = tile + std::int64_t{r} * total;
      const RowRange visible = visible_rows(past, first + r);
      count.other += softmax(row, total, visible, row);
      const Flops masked =
          2 * static_cast<Flops>(shape.head_dim) * static_cast<Flops>(total - visible.size());
      count.scores_masked += masked;
      count.weighted_sum_masked += masked;
    }
    if (record) keep_rows(record->probabilities, head, kept, rows, first, here, total, tile);
    float* place = out + std::int64_t{first} * shape.q_width() + head * shape.head_dim;
    count.weighted_sum +=
        weighted_sum(tile, here, total, values, shape.head_dim, place, shape.q_width());
  }
  return count;
}

}  // namespace

std::size_t attention_scratch(int rows, int total) {
  return aligned_count(static_cast<std::size_t>(tile_rows(rows, total)) *
                       static_cast<std::size_t>(total));
}

void append_rows(const AttentionShape& shape, const PastView& past, int layer, const float* qkv,
                 int rows) {
  // K is transposed some rows at a time: one by one, its columns, often powers of two apart, would
  // push each other out of the nearest cache.
  constexpr int rows_at_once = 16;
  KvBlock& block = *past.block;
  const auto capacity = static_cast<std::size_t>(block.capacity());
  const int stride = shape.qkv_width(), head_dim = shape.head_dim;
  for (int first = 0; first < rows; first += rows_at_once) {
    const int here = std::min(rows_at_once, rows - first);
    const int row = past.rows + first;
    const float* k = qkv + std::int64_t{first} * stride + shape.q_width();
    for (int head = 0; head < shape.kv_heads; ++head, k += head_dim) {
      for (int i = 0; i < head_dim; ++i) {
        float* const key = block.key(layer, head) + static_cast<std::size_t>(i) * capacity + row;
        for (int r = 0; r < here; ++r) key[r] = k[r * stride + i];
      }
      const float* const v = k + shape.kv_width();
      float* const values = block.value(layer, head) + std::int64_t{row} * head_dim;
      for (int r = 0; r < here; ++r)
        std::memcpy(values + r * head_dim, v + r * stride,
                    static_cast<std::size_t>(head_dim) * sizeof(float));
    }
  }
  for (int r = 0; r < rows; ++r) block.set_position(past.rows + r, past.next_position + r);
  block.set_filled(past.rows + rows);
}

void attend(const AttentionShape& shape, const PastView& past, int layer, const float* qkv,
            int rows, float* out, float* scratch, Parallel* parallel, OpCount& count,
            LayerRecord* record) {
  constexpr int most_parts = 64;
  OpCount counts[most_parts];
  parallel = worth_sharing(parallel, 2 * std::int64_t{rows} * (past.rows + rows) * shape.q_width());
  const int parts = parts_of(parallel);
  for_each_part(parallel, [&](int part) {
    float* tile =
        scratch + static_cast<std::size_t>(part) * attention_scratch(rows, past.rows + rows);
    const PartRange heads = part_range(shape.heads, part, parts);
    for (auto head = heads.begin; head < heads.end; ++head)
      counts[part] +=
          attend_head(shape, past, layer, static_cast<int>(head), qkv, rows, out, tile, record);
  });
  for (int part = 0; part < parts; ++part) count += counts[part];
}

}  // namespace kv::core
