#include "core/cost/cache_kinds.h"

#include <gtest/gtest.h>

#include "core/cost/presets.h"

namespace kv::core {
namespace {

const CostConfig& preset(const char* name) { return find_preset(name)->cost; }

ModelConfig heads_of(int heads, int kv_heads) {
  ModelConfig model;
  model.layers = 32;
  model.d_model = 4096;
  model.heads = heads;
  model.kv_heads = kv_heads;
  model.head_dim = 4096 / heads;
  return model;
}

double gigabytes(const CostConfig& config, CacheKind kind, std::int64_t tokens) {
  return to_double(cache_bytes_of(config, kind, KvDtype::bf16, tokens)) / 1e9;
}

// 32,768 tokens, 32 layers, width 4096, 32 heads, 16 bits.
TEST(CacheKinds, ThePublishedComparison) {
  for (const int own : {32, 8}) {
    const CostConfig config = dense_cost_config(heads_of(32, own));
    EXPECT_NEAR(gigabytes(config, CacheKind::multi_head, 32768), 17.18, 0.005);
    EXPECT_NEAR(gigabytes(config, CacheKind::grouped_query, 32768), 4.29, 0.005);
    EXPECT_NEAR(gigabytes(config, CacheKind::multi_query, 32768), 17.18 / 32, 0.005);
    EXPECT_EQ(to_string(cache_bytes_of(config, CacheKind::latent, KvDtype::bf16, 32768)),
              std::to_string(32768LL * 32 * 576 * 2));
  }
}

TEST(CacheKinds, HeadsOfEachKind) {
  const auto grouped = [](int heads, int kv_heads) {
    return kv_heads_of(heads_of(heads, kv_heads), CacheKind::grouped_query);
  };
  EXPECT_EQ(grouped(32, 4), 4);  // its own
  EXPECT_EQ(grouped(32, 32), 8);
  EXPECT_EQ(grouped(32, 1), 8);  // one for all is another kind
  EXPECT_EQ(grouped(12, 12), 6);
  EXPECT_EQ(grouped(25, 25), 5);
  EXPECT_EQ(grouped(11, 11), 1);
  EXPECT_EQ(grouped(4, 4), 4);
  EXPECT_EQ(grouped(1, 1), 1);
  for (const int kv_heads : {32, 8, 1}) {
    const ModelConfig model = heads_of(32, kv_heads);
    EXPECT_EQ(kv_heads_of(model, CacheKind::multi_head), 32);
    EXPECT_EQ(kv_heads_of(model, CacheKind::multi_query), 1);
    EXPECT_EQ(kv_heads_of(model, CacheKind::latent), 0);
  }
}

TEST(CacheKinds, WhichKindAModelIs) {
  EXPECT_EQ(kind_of(preset("llama-2-7b")), CacheKind::multi_head);
  EXPECT_EQ(kind_of(preset("gpt2")), CacheKind::multi_head);
  EXPECT_EQ(kind_of(preset("llama-3-8b")), CacheKind::grouped_query);
  EXPECT_EQ(kind_of(preset("deepseek-v2")), CacheKind::latent);
  EXPECT_EQ(kind_of(dense_cost_config(heads_of(32, 1))), CacheKind::multi_query);
  EXPECT_EQ(kind_of(dense_cost_config(heads_of(1, 1))), CacheKind::multi_head);
}

// A model's own kind costs what the model costs, and the kinds go from large to small.
TEST(CacheKinds, AModelsOwnKindIsTheModel) {
  for (const Preset& one : presets()) {
    SCOPED_TRACE(one.name);
    EXPECT_EQ(to_string(cached_values_of(one.cost, kind_of(one.cost))),
              to_string(cached_values_per_token(one.cost)));
    for (const KvDtypeInfo& info : kv_dtypes)
      EXPECT_EQ(to_string(cache_bytes_of(one.cost, kind_of(one.cost), info.dtype, 77, 3)),
                to_string(kv_cache_bytes(one.cost, info.dtype, 77, 3)));
    EXPECT_GT(cached_values_of(one.cost, CacheKind::multi_head),
              cached_values_of(one.cost, CacheKind::grouped_query));
    EXPECT_GT(cached_values_of(one.cost, CacheKind::grouped_query),
              cached_values_of(one.cost, CacheKind::multi_query));
  }
}

// DeepSeek-V2: 60 layers, 128 heads of 128; 576 values a layer are just 4.5 head_dim.
TEST(CacheKinds, ALatentModelWithOtherCaches) {
  const CostConfig& config = preset("deepseek-v2");
  EXPECT_EQ(to_string(cached_values_of(config, CacheKind::multi_head)),
            std::to_string(60 * 2 * 128 * 128));
  EXPECT_EQ(to_string(cached_values_of(config, CacheKind::grouped_query)),
            std::to_string(60 * 2 * 8 * 128));
  EXPECT_EQ(to_string(cached_values_of(config, CacheKind::multi_query)),
            std::to_string(60 * 2 * 128));
  EXPECT_EQ(to_string(cached_values_of(config, CacheKind::latent)), "34560");
  CostConfig narrow = config;
  narrow.latent->qk_nope_head_dim = 64;  // and not the model's head_dim
  EXPECT_EQ(to_string(cached_values_of(narrow, CacheKind::multi_query)),
            std::to_string(60 * 2 * 64));
}

TEST(CacheKinds, HalvesCountWhole) {
  ModelConfig model = heads_of(32, 32);
  model.layers = 3;
  model.head_dim = 5;  // 4.5 x 5 = 22.5 values a layer
  const CostConfig config = dense_cost_config(model);
  EXPECT_EQ(to_string(cached_values_of(config, CacheKind::latent)), "69");
  EXPECT_EQ(to_string(cache_bytes_of(config, CacheKind::latent, KvDtype::int4, 1)), "35");
}

}  // namespace
}  // namespace kv::core
