#include "core/model/config.h"

#include <cmath>

#include "core/base/number.h"
#include "core/model/config_limits.h"

namespace kv::core {
namespace {

// The names that the two families' config.json give the sizes.
struct KeyNames {
  const char* layers;
  const char* d_model;
  const char* heads;
  const char* ffn;
  const char* context;
  const char* epsilon;
};
constexpr KeyNames gpt2_keys = {"n_layer", "n_embd",      "n_head",
                                "n_inner", "n_positions", "layer_norm_epsilon"};
constexpr KeyNames llama_keys = {"num_hidden_layers",       "hidden_size",
                                 "num_attention_heads",     "intermediate_size",
                                 "max_position_embeddings", "rms_norm_eps"};

Status check_range(const std::string& file, const char* key, int value, IntRange range) {
  if (value >= range.low && value <= range.high) return {};
  return input_error(file, key, std::to_string(value), to_string(range));
}

Status check_sizes(const ModelConfig& config, const std::string& file, const KeyNames& keys) {
  struct {
    const char* key;
    int value;
    IntRange range;
  } const sizes[] = {
      {keys.layers, config.layers, layers_range},
      {keys.d_model, config.d_model, d_model_range},
      {keys.heads, config.heads, heads_range},
      {"num_key_value_heads", config.kv_heads, heads_range},
      {"head_dim", config.head_dim, head_dim_range},
      {keys.ffn, config.ffn, ffn_range},
      {"vocab_size", config.vocabulary, vocabulary_range},
      {keys.context, config.context_length, context_range},
  };
  for (const auto& size : sizes)
    if (auto error = check_range(file, size.key, size.value, size.range)) return error;
  if (config.heads % config.kv_heads != 0)
    return input_error(file, "num_key_value_heads", std::to_string(config.kv_heads),
                       "a divisor of " + std::to_string(config.heads) + " (" + keys.heads + ")");
  return {};
}

Status check_family(const ModelConfig& config, const std::string& file, const KeyNames& keys) {
  if (config.rotary()) {
    if (config.head_dim % 2 != 0)
      return input_error(file, "head_dim", std::to_string(config.head_dim),
                         "an even number, for rotary embedding");
    return {};
  }
  if (config.kv_heads != config.heads)
    return input_error(file, "num_key_value_heads", std::to_string(config.kv_heads),
                       std::to_string(config.heads) + ", as GPT-2 has it");
  if (config.q_width() != config.d_model)
    return input_error(file, keys.d_model, std::to_string(config.d_model),
                       std::to_string(config.q_width()) + ", heads times head_dim");
  return {};
}

// Written so that NaN fails.
bool within(double value, double low, double high) { return value >= low && value <= high; }

Status check_rope(const ModelConfig& config, const std::string& file) {
  if (!within(config.rope_theta, smallest_rope_theta, largest_rope_theta))
    return input_error(file, "rope_theta", to_text(config.rope_theta), "1 to 1e9");
  if (!config.rope_scaling) return {};
  const Llama3RopeScaling& scaling = *config.rope_scaling;
  if (!within(scaling.factor, 1, largest_rope_factor))
    return input_error(file, "rope_scaling.factor", to_text(scaling.factor), "1 to 1e6");
  if (!(scaling.low_freq_factor > 0 && scaling.low_freq_factor <= largest_rope_factor))
    return input_error(file, "rope_scaling.low_freq_factor", to_text(scaling.low_freq_factor),
                       "above 0, at most 1e6");
  if (!(scaling.high_freq_factor > scaling.low_freq_factor &&
        scaling.high_freq_factor <= largest_rope_factor))
    return input_error(file, "rope_scaling.high_freq_factor", to_text(scaling.high_freq_factor),
                       "above low_freq_factor, at most 1e6");
  return check_range(file, "rope_scaling.original_max_position_embeddings",
                     scaling.original_context_length, context_range);
}

Status check_tokens(const ModelConfig& config, const std::string& file) {
  const auto outside = [&](Token token) { return token < 0 || token >= config.vocabulary; };
  const std::string expected = "0 to " + std::to_string(config.vocabulary - 1);
  for (const Token token : config.end_tokens)
    if (outside(token)) return input_error(file, "eos_token_id", std::to_string(token), expected);
  if (config.start_token && outside(*config.start_token))
    return input_error(file, "bos_token_id", std::to_string(*config.start_token), expected);
  return {};
}

}  // namespace

Uint128 parameter_count(const ModelConfig& config) {
  const auto wide = [](int value) { return static_cast<Uint128>(value); };
  const Uint128 d = wide(config.d_model), q = wide(config.q_width()), kv = wide(config.kv_width());
  const Uint128 ffn = wide(config.ffn), vocabulary = wide(config.vocabulary);
  const Uint128 up = config.gated_mlp() ? 2 * ffn : ffn;
  const bool layer_norm = config.family == Family::gpt2;
  const Uint128 norm = layer_norm ? 2 * d : d;

  Uint128 layer = 2 * norm + (q + 2 * kv) * d + d * q + up * d + d * ffn;
  if (config.qkv_bias) layer += q + 2 * kv;
  if (config.output_bias) layer += d;
  if (config.mlp_bias) layer += up + d;

  Uint128 total = wide(config.layers) * layer + norm + vocabulary * d;
  if (!config.rotary()) total += wide(config.context_length) * d;
  if (!config.tied_head) total += vocabulary * d;
  return total;
}

std::uint64_t cache_bytes_per_token(const ModelConfig& config, int bytes_per_value) {
  return 2 * static_cast<std::uint64_t>(config.layers) *
         static_cast<std::uint64_t>(config.kv_width()) *
         static_cast<std::uint64_t>(bytes_per_value);
}

Status validate(const ModelConfig& config, const std::string& file) {
  const KeyNames& keys = config.family == Family::gpt2 ? gpt2_keys : llama_keys;
  if (auto error = check_sizes(config, file, keys)) return error;
  if (auto error = check_family(config, file, keys)) return error;
  if (!(config.norm_epsilon > 0 && config.norm_epsilon <= largest_norm_epsilon))
    return input_error(file, keys.epsilon, to_text(config.norm_epsilon), "above 0, at most 0.01");
  if (config.rotary())
    if (auto error = check_rope(config, file)) return error;
  return check_tokens(config, file);
}

const char* name_of(Family family) { return family == Family::gpt2 ? "gpt2" : "llama"; }

const char* name_of(WeightType type) {
  switch (type) {
    case WeightType::f32:
      return "f32";
    case WeightType::f16:
      return "f16";
    case WeightType::bf16:
      break;
  }
  return "bf16";
}

}  // namespace kv::core
