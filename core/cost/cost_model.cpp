#include "core/cost/cost_model.h"

#include <cassert>

namespace kv::core {
namespace {

Uint128 wide(std::int64_t value) {
  assert(value >= 0);
  return static_cast<Uint128>(value);
}

Uint128 latent_attention_parameters(const ModelConfig& model, const LatentAttention& latent) {
  const Uint128 width = wide(model.d_model);
  const Uint128 heads = wide(model.heads);
  const Uint128 query_rank = wide(latent.q_lora_rank);
  const Uint128 rank = wide(latent.kv_lora_rank);
  const Uint128 rope = wide(latent.qk_rope_head_dim);
  const Uint128 nope = wide(latent.qk_nope_head_dim);
  const Uint128 value = wide(latent.v_head_dim);
  const Uint128 queries = width * query_rank + query_rank + query_rank * heads * (nope + rope);
  const Uint128 keys_and_values = width * (rank + rope) + rank + rank * heads * (nope + value);
  return queries + keys_and_values + heads * value * width;
}

Uint128 plain_attention_parameters(const ModelConfig& model) {
  const Uint128 width = wide(model.d_model);
  return 2 * width * (wide(model.q_width()) + wide(model.kv_width()));
}

Uint128 gated_mlp_parameters(const ModelConfig& model, int ffn) {
  return 3 * wide(model.d_model) * wide(ffn);
}

// Layers and final norm of a model that is latent, a mixture or both, with `experts` of the routed
// ones counted in every mixture layer.
Uint128 body_parameters(const CostConfig& config, int experts) {
  const ModelConfig& model = config.model;
  assert(!model.qkv_bias && !model.output_bias && !model.mlp_bias && !model.tied_head);
  const Uint128 width = wide(model.d_model);
  const Uint128 attention = config.latent ? latent_attention_parameters(model, *config.latent)
                                          : plain_attention_parameters(model);
  Uint128 sum = wide(model.layers) * (attention + 2 * width) + width;
  if (!config.mixture) return sum + wide(model.layers) * gated_mlp_parameters(model, model.ffn);
  const ExpertMixture& mixture = *config.mixture;
  const Uint128 router = wide(mixture.routed_experts) * (width + (mixture.router_bias ? 1 : 0));
  const Uint128 used = wide(experts) + wide(mixture.shared_experts);
  sum += wide(mixture.dense_layers) * gated_mlp_parameters(model, model.ffn);
  sum += wide(model.layers - mixture.dense_layers) *
         (router + used * gated_mlp_parameters(model, mixture.expert_ffn));
  return sum;
}

Uint128 embedding_parameters(const ModelConfig& model) {
  return wide(model.vocabulary) * wide(model.d_model);
}

WeightFormat format_of(WeightType type) {
  switch (type) {
    case WeightType::f16:
      return {"f16", 16};
    case WeightType::bf16:
      return {"bf16", 16};
    case WeightType::f32:
      break;
  }
  return {"f32", 32};
}

}  // namespace

const KvDtypeInfo& info_of(KvDtype dtype) {
  for (const KvDtypeInfo& info : kv_dtypes) {
    if (info.dtype == dtype) return info;
  }
  assert(false);
  return kv_dtypes.front();
}

std::optional<KvDtype> find_kv_dtype(std::string_view name) {
  for (const KvDtypeInfo& info : kv_dtypes) {
    if (name == info.name) return info.dtype;
  }
  return std::nullopt;
}

CostConfig dense_cost_config(const ModelConfig& model) {
  return {.model = model,
          .latent = std::nullopt,
          .mixture = std::nullopt,
          .weights = format_of(model.stored)};
}

bool has_closed_form(const CostConfig& config) { return !config.latent && !config.mixture; }

Uint128 total_parameters(const CostConfig& config) {
  if (has_closed_form(config)) return parameter_count(config.model);
  const int experts = config.mixture ? config.mixture->routed_experts : 0;
  return body_parameters(config, experts) + 2 * embedding_parameters(config.model);
}

Uint128 active_parameters(const CostConfig& config) {
  const ModelConfig& model = config.model;
  if (!has_closed_form(config)) {
    const int experts = config.mixture ? config.mixture->chosen_experts : 0;
    return body_parameters(config, experts) + embedding_parameters(model);
  }
  Uint128 sum = parameter_count(model);
  if (!model.tied_head) sum -= embedding_parameters(model);
  if (!model.rotary()) sum -= wide(model.context_length) * wide(model.d_model);
  return sum;
}

Uint128 weight_bytes(const CostConfig& config) {
  return (total_parameters(config) * wide(config.weights.bits) + 7) / 8;
}

Uint128 cached_values_per_token(const CostConfig& config) {
  const Uint128 layers = wide(config.model.layers);
  if (config.latent) {
    return layers * (wide(config.latent->kv_lora_rank) + wide(config.latent->qk_rope_head_dim));
  }
  return 2 * layers * wide(config.model.kv_width());
}

Uint128 kv_cache_bytes(const CostConfig& config, KvDtype dtype, std::int64_t tokens,
                       std::int64_t batch) {
  const Uint128 values = cached_values_per_token(config) * wide(tokens) * wide(batch);
  return (values * wide(info_of(dtype).bits) + 7) / 8;
}

RunCost cost_of_run(const CostConfig& config, std::int64_t length, const RunOptions& options) {
  RunCost cost;
  cost.length = length;
  cost.prompt_tokens = options.prompt_tokens;
  cost.kv_bytes = kv_cache_bytes(config, options.kv_dtype, length, options.batch);
  cost.weight_bytes = weight_bytes(config);
  if (!has_closed_form(config)) return cost;
  const Uint128 batch = wide(options.batch);
  const auto whole = [&](Side side) {
    return run_cost(config.model, side, options.prompt_tokens, length, options.logits) * batch;
  };
  const auto layer = [&](Side side) {
    return layer_run_cost(config.model, side, options.prompt_tokens, length) * batch;
  };
  cost.cached = whole(Side::cached);
  cost.uncached = whole(Side::uncached);
  cost.layer_cached = layer(Side::cached);
  cost.layer_uncached = layer(Side::uncached);
  return cost;
}

}  // namespace kv::core
