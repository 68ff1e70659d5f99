// Keys and values that were computed before: where they live, and what a forward may see of them.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/aligned_buffer.h"
#include "core/model/config.h"

namespace kv::core {

// Rows of keys and values of all layers and kv heads. Row r belongs to one position of the text.
// Per layer and kv head, keys lie transposed, [head_dim][capacity], so that the scores of one query
// are sums of long contiguous columns; values lie [capacity][head_dim].
class KvBlock {
 public:
  KvBlock(int layers, int kv_heads, int head_dim, int capacity);

  // Element (dimension i, row r) is key(layer, head)[i * capacity() + r].
  float* key(int layer, int kv_head) { return slab_.data() + offset(layer, kv_head); }
  const float* key(int layer, int kv_head) const { return slab_.data() + offset(layer, kv_head); }
  // Element (row r, dimension i) is value(layer, head)[r * head_dim + i].
  float* value(int layer, int kv_head) { return key(layer, kv_head) + piece_; }
  const float* value(int layer, int kv_head) const { return key(layer, kv_head) + piece_; }

  int layers() const { return layers_; }
  int kv_heads() const { return kv_heads_; }
  int head_dim() const { return head_dim_; }
  int capacity() const { return capacity_; }

  // Rows written so far; rows below it are never written again while somebody may read them.
  int filled() const { return filled_; }
  void set_filled(int rows) { filled_ = rows; }

  // The position of the text a row was computed for.
  int position(int row) const { return positions_[static_cast<std::size_t>(row)]; }
  void set_position(int row, int position) { positions_[static_cast<std::size_t>(row)] = position; }

  void copy_rows(const KvBlock& from, int rows);

  std::uint64_t bytes() const { return slab_.size() * sizeof(float); }

 private:
  std::size_t offset(int layer, int kv_head) const {
    return 2 * piece_ * static_cast<std::size_t>(layer * kv_heads_ + kv_head);
  }

  int layers_, kv_heads_, head_dim_, capacity_;
  int filled_ = 0;
  std::size_t piece_;  // floats of one head's keys (or values), a multiple of the alignment
  AlignedBuffer slab_;
  std::vector<std::int32_t> positions_;
};

// Rows shared by whoever holds a copy: the first `rows` rows of a block. Copying one is cheap and
// shares the rows; appending never disturbs another holder.
struct KvCache {
  std::shared_ptr<KvBlock> block;
  int rows = 0;
};

// Makes sure `fresh` rows can be appended after cache.rows without touching a row that another
// holder refers to: appends in place when nothing lies behind, truncates when this is the sole
// holder, else copies the kept rows. Capacity grows by doubling, never to the whole context at
// once. Returns how many rows had to be copied because somebody else holds the ones behind.
int make_room(KvCache& cache, const ModelConfig& config, int fresh);

enum class StorageType { float32 };

enum class Visibility {
  causal,  // a fresh position sees all earlier rows and itself
  all,     // no mask: it sees every row there is, also later fresh ones; to show what goes wrong
};

// What forward() is given: rows with their positions and storage, and what a fresh row may see.
// Fresh rows are appended to `block` behind `rows`.
struct PastView {
  KvBlock* block = nullptr;
  int rows = 0;
  int next_position = 0;  // of the first fresh row
  StorageType storage = StorageType::float32;
  Visibility visibility = Visibility::causal;
};

// The view of a cache as decoding uses it: every row, the next position behind them.
inline PastView view_of(const KvCache& cache) {
  return {.block = cache.block.get(), .rows = cache.rows, .next_position = cache.rows};
}

// Rows [begin, end) of the past and fresh rows together that fresh row `fresh_row` may see, once
// the fresh rows have been appended to the block.
struct RowRange {
  int begin = 0;
  int end = 0;
  int size() const { return end - begin; }
};
inline RowRange visible_rows(const PastView& past, int fresh_row) {
  switch (past.visibility) {
    case Visibility::causal:
      break;
    case Visibility::all:
      return {0, past.block->filled()};
  }
  return {0, past.rows + fresh_row + 1};
}

}  // namespace kv::core
