// The same model with other caches: every query head its own keys and values, one for a group, one
// for all, or one latent vector.
#pragma once

#include <array>
#include <cstdint>

#include "core/cost/cost_model.h"

namespace kv::core {

enum class CacheKind { multi_head, grouped_query, multi_query, latent };
inline constexpr std::array<CacheKind, 4> cache_kinds = {
    CacheKind::multi_head, CacheKind::grouped_query, CacheKind::multi_query, CacheKind::latent};

// kv heads of that kind: all heads; the model's own where it has groups, or 8 where it has as many
// as query heads or one (fewer where it has fewer or 8 is no divisor: the largest divisor up to 8);
// one. 0 for latent.
int kv_heads_of(const ModelConfig& config, CacheKind kind);

// Values kept per position over all layers. Latent: the model's own where it has it, else 4.5
// head_dim a layer, as DeepSeek-V2 sizes it (d_c = 4 d_h, rotary key d_h / 2; arXiv 2405.04434,
// table 1); of a model that is latent itself the other kinds are of its heads with head_dim
// qk_nope_head_dim for keys and values alike.
Uint128 cached_values_of(const CostConfig& config, CacheKind kind);
Uint128 cache_bytes_of(const CostConfig& config, CacheKind kind, KvDtype dtype, std::int64_t tokens,
                       std::int64_t batch = 1);

// Which kind the model itself is.
CacheKind kind_of(const CostConfig& config);

}  // namespace kv::core
