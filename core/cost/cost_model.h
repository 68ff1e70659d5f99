// What a model costs on paper: parameters, bytes of weights and of the KV cache, FLOPs of a run.
// Also of models the engine does not run: mixtures of experts and latent attention.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/uint128.h"
#include "core/engine/closed_form.h"
#include "core/engine/op_count.h"
#include "core/model/config.h"

namespace kv::core {

enum class KvDtype { f32, f16, bf16, int8, int4 };

struct KvDtypeInfo {
  KvDtype dtype;
  const char* name;
  int bits;  // of one value; the scales of int8 and int4 are not counted
};
inline constexpr std::array<KvDtypeInfo, 5> kv_dtypes = {{
    {KvDtype::f32, "f32", 32},
    {KvDtype::f16, "f16", 16},
    {KvDtype::bf16, "bf16", 16},
    {KvDtype::int8, "int8", 8},
    {KvDtype::int4, "int4", 4},
}};

const KvDtypeInfo& info_of(KvDtype dtype);
std::optional<KvDtype> find_kv_dtype(std::string_view name);

// How a release stores its weights.
struct WeightFormat {
  const char* name = "f32";
  int bits = 32;
};

// Latent attention (MLA). Per token and layer the cache keeps one vector of kv_lora_rank values,
// from which all heads' keys and values are made, and one rotary key that all heads share. Source:
// DeepSeek-V2, arXiv 2405.04434, section 2.1.
struct LatentAttention {
  int q_lora_rank = 0;
  int kv_lora_rank = 0;
  int qk_nope_head_dim = 0;
  int qk_rope_head_dim = 0;
  int v_head_dim = 0;
};

// Mixture of experts: after the first dense layers every MLP is a router, the experts it chooses
// among, and the shared ones every token passes. ModelConfig::ffn is the width of the dense layers.
// Source: DeepSeek-V2, section 2.2; DeepSeek-V3, arXiv 2412.19437, section 2.1.2.
struct ExpertMixture {
  int dense_layers = 0;
  int expert_ffn = 0;      // width inside one expert, gated
  int routed_experts = 0;  // to choose from
  int shared_experts = 0;  // always used
  int chosen_experts = 0;  // of the routed, per token
  bool router_bias = false;
};

// A model as the cost model sees it. With `latent`, the model's kv_heads and head_dim say nothing
// about the cache; its heads and sizes otherwise mean what they always do. Neither of the two may
// be combined with biases or a tied head.
struct CostConfig {
  ModelConfig model;
  std::optional<LatentAttention> latent;
  std::optional<ExpertMixture> mixture;
  WeightFormat weights;
};

// A model of one of the engine's families, weights as its file stores them.
CostConfig dense_cost_config(const ModelConfig& model);

// Whether closed_form.h covers it: neither latent nor mixture.
bool has_closed_form(const CostConfig& config);

// All weights, each counted once.
Uint128 total_parameters(const CostConfig& config);

// Weights one token is multiplied with: all but experts that are not chosen, and tables of which
// one row is looked up (the positions, and the token embedding unless it is the head as well).
Uint128 active_parameters(const CostConfig& config);

// total_parameters() in the release's format.
Uint128 weight_bytes(const CostConfig& config);

// Values kept per position over all layers: 2 * layers * kv_heads * head_dim, or with latent
// attention layers * (kv_lora_rank + qk_rope_head_dim).
Uint128 cached_values_per_token(const CostConfig& config);

// Bytes of the cache of `batch` sequences of `tokens` positions; a last half byte counts whole.
Uint128 kv_cache_bytes(const CostConfig& config, KvDtype dtype, std::int64_t tokens,
                       std::int64_t batch = 1);

// One row of `count`: a run from `prompt_tokens` to `length` tokens, both ways. FLOPs are empty
// where no closed form covers the model, never guessed. FLOPs and cache bytes are for all `batch`
// sequences; weights are shared.
struct RunCost {
  std::int64_t length = 0;
  std::int64_t prompt_tokens = 1;
  std::optional<OpCount> cached;
  std::optional<OpCount> uncached;
  std::optional<OpCount> layer_cached;  // one layer's share
  std::optional<OpCount> layer_uncached;
  Uint128 kv_bytes = 0;
  Uint128 weight_bytes = 0;
};

struct RunOptions {
  std::int64_t prompt_tokens = 1;  // >= 1
  std::int64_t batch = 1;          // >= 1
  KvDtype kv_dtype = KvDtype::f16;
  LogitRows logits = LogitRows::last;
};

// Exact while batch * length^3 is at most 10^30 and the sizes are within validate()'s limits.
// Precondition: length >= options.prompt_tokens.
RunCost cost_of_run(const CostConfig& config, std::int64_t length, const RunOptions& options);

}  // namespace kv::core
