#include "core/engine/past.h"

#include <gtest/gtest.h>

namespace kv::test {
namespace {

core::ModelConfig small_config() {
  core::ModelConfig c;
  c.layers = 2;
  c.heads = c.kv_heads = 2;
  c.head_dim = 4;
  return c;
}

// Writes `rows` rows behind the cache's, each value telling its place.
void append(core::KvCache& cache, int rows, float mark) {
  core::KvBlock& block = *cache.block;
  for (int r = 0; r < rows; ++r, ++cache.rows) {
    for (int layer = 0; layer < block.layers(); ++layer)
      for (int head = 0; head < block.kv_heads(); ++head)
        for (int i = 0; i < block.head_dim(); ++i) {
          block.key(layer, head)[i * block.capacity() + cache.rows] = mark + static_cast<float>(i);
          block.value(layer, head)[cache.rows * block.head_dim() + i] = -mark;
        }
    block.set_position(cache.rows, cache.rows);
  }
  block.set_filled(cache.rows);
}

float key_at(const core::KvCache& cache, int row) { return cache.block->key(1, 1)[row]; }
float value_at(const core::KvCache& cache, int row) {
  return cache.block->value(1, 1)[row * cache.block->head_dim()];
}

TEST(KvCache, AppendsInPlaceWhileNothingLiesBehind) {
  const auto config = small_config();
  core::KvCache cache;
  EXPECT_EQ(core::make_room(cache, config, 3), 0);
  append(cache, 3, 1);
  core::KvCache older = cache;
  EXPECT_EQ(core::make_room(cache, config, 1), 0);
  append(cache, 1, 2);
  EXPECT_EQ(cache.block, older.block);
  EXPECT_EQ(older.rows, 3);
  EXPECT_EQ(key_at(older, 2), 1);
}

TEST(KvCache, CopiesThePrefixWhenSomebodyElseWentOn) {
  const auto config = small_config();
  core::KvCache first;
  core::make_room(first, config, 5);
  append(first, 5, 1);
  core::KvCache second = first;
  second.rows = 2;
  EXPECT_EQ(core::make_room(second, config, 1), 2);
  append(second, 1, 7);
  EXPECT_NE(first.block, second.block);
  EXPECT_EQ(key_at(first, 2), 1);
  EXPECT_EQ(key_at(second, 2), 7);
  EXPECT_EQ(key_at(second, 1), 1);
  EXPECT_EQ(value_at(second, 1), -1);
  EXPECT_EQ(second.block->position(1), 1);
}

TEST(KvCache, TheSoleHolderTruncates) {
  const auto config = small_config();
  core::KvCache cache;
  core::make_room(cache, config, 5);
  append(cache, 5, 1);
  const auto* block = cache.block.get();
  cache.rows = 2;
  EXPECT_EQ(core::make_room(cache, config, 1), 0);
  EXPECT_EQ(cache.block.get(), block);
  EXPECT_EQ(cache.block->filled(), 2);
}

TEST(KvCache, GrowsByDoublingAndKeepsItsRows) {
  const auto config = small_config();
  core::KvCache cache;
  for (int row = 0; row < 300; ++row) {
    EXPECT_EQ(core::make_room(cache, config, 1), 0);
    append(cache, 1, static_cast<float>(row));
    EXPECT_LE(cache.block->capacity(), std::max(64, 2 * (row + 1)));
  }
  for (int row = 0; row < 300; ++row) {
    EXPECT_EQ(key_at(cache, row), static_cast<float>(row));
    EXPECT_EQ(value_at(cache, row), -static_cast<float>(row));
  }
}

TEST(KvCache, AFreshRowSeesWhatCameBeforeAndItself) {
  const core::PastView past{.rows = 4, .next_position = 4};
  EXPECT_EQ(core::visible_rows(past, 0).begin, 0);
  EXPECT_EQ(core::visible_rows(past, 0).end, 5);
  EXPECT_EQ(core::visible_rows(past, 2).end, 7);
}

}  // namespace
}  // namespace kv::test
