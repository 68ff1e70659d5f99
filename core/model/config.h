// What a model is made of: the sizes and switches of the two families, as plain numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/uint128.h"

namespace kv::core {

using Token = std::int32_t;

enum class Family {
  gpt2,   // LayerNorm, learned positions, gelu_new, one MLP up-projection, biases
  llama,  // RMSNorm, rotary positions (rotate-half), SwiGLU, grouped-query attention
};

// How weights are stored in the file. They are always computed with in float32.
enum class WeightType { f32, f16, bf16 };

// The "llama3" rule for stretching rotary frequencies; source: the Llama 3.1 release, as in
// transformers' modeling_rope_utils (rope_type "llama3").
struct Llama3RopeScaling {
  double factor = 8;
  double low_freq_factor = 1;
  double high_freq_factor = 4;
  int original_context_length = 8192;
  bool operator==(const Llama3RopeScaling&) const = default;
};

struct ModelConfig {
  Family family = Family::llama;
  int layers = 0;
  int d_model = 0;         // width of the residual stream
  int heads = 0;           // query heads
  int kv_heads = 0;        // key and value heads; heads % kv_heads == 0
  int head_dim = 0;        // heads * head_dim may differ from d_model
  int ffn = 0;             // width inside the MLP
  int vocabulary = 0;      // tokens
  int context_length = 0;  // positions the model was made for
  double norm_epsilon = 1e-5;
  double rope_theta = 10000;                      // llama only
  std::optional<Llama3RopeScaling> rope_scaling;  // llama only
  bool qkv_bias = false;                          // biases on q, k and v
  bool output_bias = false;                       // bias on the attention's output projection
  bool mlp_bias = false;                          // biases inside the MLP
  bool tied_head = false;                         // the head is the token embedding
  std::vector<Token> end_tokens;                  // may be empty
  std::optional<Token> start_token;
  WeightType stored = WeightType::f32;

  bool gated_mlp() const { return family == Family::llama; }
  bool rotary() const { return family == Family::llama; }
  int q_width() const { return heads * head_dim; }
  int kv_width() const { return kv_heads * head_dim; }
  bool operator==(const ModelConfig&) const = default;
};

// Number of weights, each counted once (a tied head is not counted again).
Uint128 parameter_count(const ModelConfig& config);

// Bytes of one position's keys and values over all layers: 2 * layers * kv_heads * head_dim *
// bytes per value.
std::uint64_t cache_bytes_per_token(const ModelConfig& config, int bytes_per_value = 4);

// Whether the sizes are within what the program takes (the limits are listed in the .cpp) and fit
// each other. `file` and the key names of the family appear in the message; an input error.
Status validate(const ModelConfig& config, const std::string& file);

const char* name_of(Family family);
const char* name_of(WeightType type);

}  // namespace kv::core
