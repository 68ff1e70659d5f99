#include "app/logic/lab/own_sizes.h"

#include <string>

#include "app/logic/lab/scenario_text.h"
#include "core/model/config_limits.h"

namespace kv::app {
namespace {

using core::Family;
using core::ModelConfig;

core::Status check_range(const char* key, int value, core::IntRange range) {
  if (value >= range.low && value <= range.high) return {};
  return scenario_error(key, std::to_string(value), to_string(range));
}

core::Status check_heads(const ModelConfig& m) {
  const auto wrong = [](const char* key, int found, const std::string& expected) {
    return scenario_error(key, std::to_string(found), expected);
  };
  const std::string heads = std::to_string(m.heads);
  if (m.heads % m.kv_heads != 0)
    return wrong("kv_heads", m.kv_heads, "a divisor of heads " + heads);
  if (m.family == Family::llama) {
    if (m.head_dim % 2 != 0)
      return wrong("head_dim", m.head_dim, "an even number, for rotary positions");
    return {};
  }
  if (m.kv_heads != m.heads)
    return wrong("kv_heads", m.kv_heads, heads + ", as many as heads, with mlp=plain");
  if (m.q_width() != m.d_model)
    return wrong("head_dim", m.head_dim,
                 "width " + std::to_string(m.d_model) + " / heads " + heads + ", with mlp=plain");
  return {};
}

}  // namespace

core::Error scenario_error(std::string_view key, std::string_view found,
                           std::string_view expected) {
  return {core::ErrorKind::usage, core::input_error("scenario", key, found, expected).message};
}

core::CostConfig default_sizes() {
  ModelConfig m;
  m.family = Family::llama;
  m.layers = 2;
  m.d_model = 64;
  m.heads = m.kv_heads = 4;
  m.head_dim = 16;
  m.ffn = 256;
  m.vocabulary = 512;
  m.tied_head = true;
  return own_sizes(m);
}

core::CostConfig own_sizes(const ModelConfig& like) {
  ModelConfig m;
  m.family = like.family;
  m.layers = like.layers;
  m.d_model = like.d_model;
  m.heads = like.heads;
  m.kv_heads = like.kv_heads;
  m.head_dim = like.head_dim;
  m.ffn = like.ffn;
  m.vocabulary = like.vocabulary;
  m.tied_head = like.tied_head;
  m.context_length = m.rotary() ? core::context_range.high : 4096;
  m.qkv_bias = m.output_bias = m.mlp_bias = m.family == Family::gpt2;
  return {.model = m, .latent = {}, .mixture = {}, .weights = {.name = "bf16", .bits = 16}};
}

bool same_sizes(const core::CostConfig& a, const core::CostConfig& b) {
  // Neither latent attention nor a mixture is ever changed: a model has them as published or not.
  return a.model == b.model && a.latent.has_value() == b.latent.has_value() &&
         a.mixture.has_value() == b.mixture.has_value() && a.weights.bits == b.weights.bits;
}

core::Status check_sizes(const ModelConfig& sizes) {
  const struct {
    const char* key;
    int value;
    core::IntRange range;
  } checks[] = {{"width", sizes.d_model, core::d_model_range},
                {"layers", sizes.layers, core::layers_range},
                {"heads", sizes.heads, core::heads_range},
                {"kv_heads", sizes.kv_heads, core::heads_range},
                {"head_dim", sizes.head_dim, core::head_dim_range},
                {"ffn", sizes.ffn, core::ffn_range},
                {"vocab", sizes.vocabulary, core::vocabulary_range}};
  for (const auto& check : checks)
    if (auto error = check_range(check.key, check.value, check.range)) return error;
  return check_heads(sizes);
}

}  // namespace kv::app
