#include <algorithm>
#include <array>
#include <limits>

#include "core/base/json_describe.h"
#include "core/base/strict_json.h"
#include "core/model/config_limits.h"
#include "core/model/config_reader.h"
#include "core/model/load_model.h"
#include "core/model/rope_json.h"

namespace kv::core {
namespace {

using nlohmann::json;

constexpr JsonLimits config_limits{std::size_t{1} << 20, 16};

constexpr const char* supported =
    "\"gpt2\" (GPT2LMHeadModel) or \"llama\" (LlamaForCausalLM), the supported families";

struct FamilyNames {
  Family family;
  const char* type;                          // model_type
  std::array<const char*, 2> architectures;  // with and without the head
};
constexpr std::array<FamilyNames, 2> families = {{
    {Family::gpt2, "gpt2", {"GPT2LMHeadModel", "GPT2Model"}},
    {Family::llama, "llama", {"LlamaForCausalLM", "LlamaModel"}},
}};

Family read_family(ConfigReader& reader) {
  const auto type = reader.text({"model_type"});
  const auto names = std::find_if(families.begin(), families.end(),
                                  [&](const FamilyNames& family) { return type == family.type; });
  if (names == families.end()) {
    reader.refuse("model_type", type ? core::quoted(*type) : "nothing", supported);
    return Family::llama;
  }
  const json* listed = reader.find({"architectures"});
  if (listed == nullptr) return names->family;
  if (!listed->is_array()) reader.refuse("architectures", describe(*listed), "a list of names");
  for (const json& name : *listed) {
    const auto& known = names->architectures;
    if (std::none_of(known.begin(), known.end(), [&](const char* one) { return name == one; }))
      reader.refuse("architectures", describe(name),
                    std::string("\"") + known[0] + "\" for model_type \"" + names->type + "\"");
  }
  return names->family;
}

void read_activation(ConfigReader& reader, Spellings spellings,
                     std::initializer_list<const char*> accepted) {
  const auto name = reader.text(spellings);
  if (!name || std::find(accepted.begin(), accepted.end(), *name) != accepted.end()) return;
  std::string expected;
  for (const char* one : accepted)
    expected += (expected.empty() ? "\"" : " or \"") + std::string(one) + "\"";
  reader.refuse(*spellings.begin(), core::quoted(*name), expected);
}

// Ids outside the vocabulary can never come up: files made from a larger model's settings carry
// them, and they are left out.
std::optional<Token> read_token(ConfigReader& reader, const char* key, const json& value,
                                int vocabulary) {
  if (!value.is_number_integer()) {
    reader.refuse(key, describe(value), "an integer, a list of integers or null");
    return {};
  }
  const bool beyond = value.is_number_unsigned() &&
                      value.get<std::uint64_t>() >= static_cast<std::uint64_t>(vocabulary);
  if (beyond || value.get<std::int64_t>() < 0) return {};
  return value.get<Token>();
}

std::vector<Token> read_tokens(ConfigReader& reader, const char* key, int vocabulary) {
  std::vector<Token> tokens;
  const auto add = [&](const json& value) {
    const auto token = read_token(reader, key, value, vocabulary);
    if (token && std::find(tokens.begin(), tokens.end(), *token) == tokens.end())
      tokens.push_back(*token);
  };
  const json* value = reader.find({key});
  if (value == nullptr) return tokens;
  if (!value->is_array()) {
    add(*value);
  } else if (value->size() > 256) {  // each is compared with all before it
    reader.refuse(key, describe(*value), "at most 256 tokens");
  } else {
    for (const json& one : *value) add(one);
  }
  return tokens;
}

WeightType read_weight_type(ConfigReader& reader) {
  const auto name = reader.text({"torch_dtype", "dtype"});
  if (!name || name == "float32") return WeightType::f32;
  if (name == "float16") return WeightType::f16;
  if (name != "bfloat16")
    reader.refuse("torch_dtype", core::quoted(*name), "\"float32\", \"float16\" or \"bfloat16\"");
  return WeightType::bf16;
}

// What both families say in the same words.
void read_common(ConfigReader& reader, ModelConfig& config) {
  config.vocabulary = reader.integer({"vocab_size"}, vocabulary_range);
  config.end_tokens = read_tokens(reader, "eos_token_id", config.vocabulary);
  const auto start = read_tokens(reader, "bos_token_id", config.vocabulary);
  if (!start.empty()) config.start_token = start.front();
  config.stored = read_weight_type(reader);
  reader.require_absent("quantization_config", "quantized weights are not supported");
  reader.require_absent("sliding_window", "every position sees all before it");
  reader.require("add_cross_attention", false, "decoder-only models");
  reader.require("is_encoder_decoder", false, "decoder-only models");
}

void read_gpt2(ConfigReader& reader, ModelConfig& config) {
  config.layers = reader.integer({"n_layer", "num_hidden_layers"}, layers_range);
  config.d_model = reader.integer({"n_embd", "hidden_size"}, d_model_range);
  config.heads = reader.integer({"n_head", "num_attention_heads"}, heads_range);
  config.kv_heads = config.heads;
  if (config.d_model % config.heads != 0)
    reader.refuse("n_embd", std::to_string(config.d_model),
                  "a multiple of " + std::to_string(config.heads) + " (n_head)");
  config.head_dim = config.d_model / config.heads;
  config.ffn = reader.integer_or({"n_inner", "intermediate_size"}, ffn_range, 4 * config.d_model);
  // n_ctx is an old word for the same; where the two differ the weights follow n_positions.
  config.context_length =
      reader.find({"n_positions", "max_position_embeddings"}) != nullptr
          ? reader.integer({"n_positions", "max_position_embeddings"}, context_range)
          : reader.integer({"n_positions", "n_ctx"}, context_range);
  config.norm_epsilon = reader.number_or({"layer_norm_epsilon", "layer_norm_eps"}, 1e-5);
  read_activation(reader, {"activation_function", "hidden_act"}, {"gelu_new", "gelu_pytorch_tanh"});
  config.tied_head = reader.boolean_or({"tie_word_embeddings"}, true);
  config.qkv_bias = config.output_bias = config.mlp_bias = true;
  reader.require("scale_attn_weights", true, "scores are divided by the root of head_dim");
  reader.require("scale_attn_by_inverse_layer_idx", false, "all layers scale alike");
}

// Absent or null, the heads share the model's width.
int read_head_dim(ConfigReader& reader, const ModelConfig& config) {
  if (reader.find({"head_dim"}) == nullptr && config.d_model % config.heads != 0)
    reader.refuse(
        "hidden_size", std::to_string(config.d_model),
        "a multiple of " + std::to_string(config.heads) + " (num_attention_heads), or a head_dim");
  return reader.integer_or({"head_dim"}, head_dim_range, config.d_model / config.heads);
}

void read_llama(ConfigReader& reader, const std::string& file, ModelConfig& config) {
  config.layers = reader.integer({"num_hidden_layers"}, layers_range);
  config.d_model = reader.integer({"hidden_size"}, d_model_range);
  config.heads = reader.integer({"num_attention_heads"}, heads_range);
  config.kv_heads = reader.integer_or({"num_key_value_heads"}, heads_range, config.heads);
  config.head_dim = read_head_dim(reader, config);
  config.ffn = reader.integer({"intermediate_size"}, ffn_range);
  config.context_length = reader.integer({"max_position_embeddings"}, context_range);
  config.norm_epsilon = reader.number_or({"rms_norm_eps"}, 1e-6);
  read_activation(reader, {"hidden_act"}, {"silu", "swish"});
  config.tied_head = reader.boolean_or({"tie_word_embeddings"}, false);
  config.qkv_bias = config.output_bias = reader.boolean_or({"attention_bias"}, false);
  config.mlp_bias = reader.boolean_or({"mlp_bias"}, false);
  // Only the order of sums depends on it.
  reader.integer_or({"pretraining_tp"}, {1, 1 << 20}, 1);
  read_rope(reader, file, config);
}

}  // namespace

Result<ModelConfig> parse_config(std::string_view json_text, const std::string& label) {
  const auto tree = parse_strict_json(json_text, label, config_limits);
  if (!tree) return tree.error();
  ConfigReader reader(*tree, label);
  ModelConfig config;
  config.family = read_family(reader);
  if (!reader.error()) {
    if (config.family == Family::gpt2)
      read_gpt2(reader, config);
    else
      read_llama(reader, label, config);
    read_common(reader, config);
  }
  if (reader.error()) return *reader.error();
  if (auto error = validate(config, label)) return *error;
  return config;
}

}  // namespace kv::core
