#include "core/cost/cache_kinds.h"

#include <algorithm>

namespace kv::core {
namespace {

constexpr int usual_groups = 8;

// A model with groups of its own keeps them. Latent attention has keys and values for every head.
bool has_groups(const ModelConfig& config) {
  return config.kv_heads > 1 && config.kv_heads < config.heads;
}

int usual_kv_heads(int heads) {
  int groups = std::min(usual_groups, heads);
  while (heads % groups != 0) --groups;
  return groups;
}

Uint128 wide(int value) { return static_cast<Uint128>(value); }

int head_dim_of(const CostConfig& config) {
  return config.latent ? config.latent->qk_nope_head_dim : config.model.head_dim;
}

}  // namespace

int kv_heads_of(const ModelConfig& config, CacheKind kind) {
  switch (kind) {
    case CacheKind::multi_head:
      return config.heads;
    case CacheKind::grouped_query:
      return has_groups(config) ? config.kv_heads : usual_kv_heads(config.heads);
    case CacheKind::multi_query:
      return 1;
    case CacheKind::latent:
      break;
  }
  return 0;
}

Uint128 cached_values_of(const CostConfig& config, CacheKind kind) {
  if (kind == kind_of(config)) return cached_values_per_token(config);
  const Uint128 layers = wide(config.model.layers), head_dim = wide(head_dim_of(config));
  if (kind == CacheKind::latent) return layers * ((9 * head_dim + 1) / 2);
  return 2 * layers * wide(kv_heads_of(config.model, kind)) * head_dim;
}

Uint128 cache_bytes_of(const CostConfig& config, CacheKind kind, KvDtype dtype, std::int64_t tokens,
                       std::int64_t batch) {
  const Uint128 values =
      cached_values_of(config, kind) * static_cast<Uint128>(tokens) * static_cast<Uint128>(batch);
  return (values * wide(info_of(dtype).bits) + 7) / 8;
}

CacheKind kind_of(const CostConfig& config) {
  if (config.latent) return CacheKind::latent;
  if (config.model.kv_heads == config.model.heads) return CacheKind::multi_head;
  return config.model.kv_heads == 1 ? CacheKind::multi_query : CacheKind::grouped_query;
}

}  // namespace kv::core
