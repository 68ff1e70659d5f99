#include "core/engine/past.h"

#include <algorithm>
#include <cstring>

namespace kv::core {
namespace {

constexpr int smallest_capacity = 64;  // rows; four cache lines of each key dimension

}  // namespace

KvBlock::KvBlock(int layers, int kv_heads, int head_dim, int capacity)
    : layers_(layers),
      kv_heads_(kv_heads),
      head_dim_(head_dim),
      capacity_(capacity),
      piece_(
          aligned_count(static_cast<std::size_t>(head_dim) * static_cast<std::size_t>(capacity))),
      slab_(2 * piece_ * static_cast<std::size_t>(layers) * static_cast<std::size_t>(kv_heads)),
      positions_(static_cast<std::size_t>(capacity)) {
  std::ranges::fill(slab_.span(), 0.0F);  // takes the pages now, not within a measured step
}

void KvBlock::copy_rows(const KvBlock& from, int rows) {
  const auto count = static_cast<std::size_t>(rows);
  const auto width = static_cast<std::size_t>(head_dim_);
  for (int layer = 0; layer < layers_; ++layer) {
    for (int head = 0; head < kv_heads_; ++head) {
      for (std::size_t i = 0; i < width; ++i)
        std::memcpy(key(layer, head) + i * static_cast<std::size_t>(capacity_),
                    from.key(layer, head) + i * static_cast<std::size_t>(from.capacity_),
                    count * sizeof(float));
      std::memcpy(value(layer, head), from.value(layer, head), count * width * sizeof(float));
    }
  }
  std::copy_n(from.positions_.begin(), rows, positions_.begin());
  filled_ = rows;
}

int make_room(KvCache& cache, const ModelConfig& config, int fresh) {
  const int needed = cache.rows + fresh;
  const bool sole_holder = cache.block && cache.block.use_count() == 1;
  const bool behind_is_free = cache.block && (cache.block->filled() == cache.rows || sole_holder);
  if (behind_is_free && cache.block->capacity() >= needed) {
    cache.block->set_filled(cache.rows);
    return 0;
  }
  int capacity = smallest_capacity;
  while (capacity < needed) capacity *= 2;
  auto block = std::make_shared<KvBlock>(config.layers, config.kv_heads, config.head_dim, capacity);
  if (cache.block) block->copy_rows(*cache.block, cache.rows);
  const int copied = cache.block && !behind_is_free ? cache.rows : 0;
  cache.block = std::move(block);
  return copied;
}

}  // namespace kv::core
