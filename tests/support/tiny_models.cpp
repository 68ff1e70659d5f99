#include "tests/support/tiny_models.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <random>
#include <utility>

#include "core/model/load_model.h"

namespace kv::test {
namespace {

using core::DType;
using core::Family;
using core::ModelConfig;

// Five bits of fraction, exponent 0 to -8: exact in float32, bfloat16 and float16 alike.
float small_value(std::mt19937_64& random, double spread) {
  const double uniform = static_cast<double>(random() >> 11) * 0x1p-53 * 2 - 1;
  const double value = uniform * spread;
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  if (exponent < -8) return 0;
  return static_cast<float>(std::ldexp(std::round(fraction * 32) / 32, exponent));
}

std::uint16_t f16_bits(float value) {
  if (value == 0) return 0;
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t exponent = ((bits >> 23) & 0xFF) - (127 - 15);
  return static_cast<std::uint16_t>((bits >> 16 & 0x8000) | exponent << 10 | (bits >> 13 & 0x3FF));
}

std::string encode(const std::vector<float>& values, DType dtype) {
  std::string bytes;
  const auto put = [&](const auto& one) {
    char raw[sizeof one];
    std::memcpy(raw, &one, sizeof one);
    bytes.append(raw, sizeof one);
  };
  for (const float value : values) {
    if (dtype == DType::f32)
      put(value);
    else if (dtype == DType::bf16)
      put(static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(value) >> 16));
    else
      put(f16_bits(value));
  }
  return bytes;
}

class Maker {
 public:
  Maker(const FolderOptions& options, std::string prefix)
      : options_(options),
        prefix_(options.prefix ? std::move(prefix) : ""),
        random_(options.seed) {}

  std::vector<StoredTensor> tensors;

  void add(const std::string& name, std::initializer_list<int> shape, float centre, double spread) {
    core::TensorShape sizes;
    std::size_t count = 1;
    for (const int size : shape) {
      sizes.sizes[sizes.rank++] = static_cast<std::uint64_t>(size);
      count *= static_cast<std::size_t>(size);
    }
    std::vector<float> values(count);
    for (float& value : values) value = centre + small_value(random_, spread);
    if (centre != 0)  // keep to few bits
      for (float& value : values) value = std::round(value * 32) / 32;
    const bool head = name.starts_with("lm_head");
    tensors.push_back(
        {(head ? "" : prefix_) + name, options_.dtype, sizes, encode(values, options_.dtype)});
  }
  void gain(const std::string& name, int size) { add(name, {size}, 1, 0.25); }
  void bias(const std::string& name, int size) { add(name, {size}, 0, 0.25); }
  void matrix(const std::string& name, int rows, int columns, int in) {
    add(name, {rows, columns}, 0, 2 / std::sqrt(in));
  }
  void shuffle() { std::shuffle(tensors.begin(), tensors.end(), random_); }

 private:
  const FolderOptions& options_;
  std::string prefix_;
  std::mt19937_64 random_;
};

void make_gpt2(Maker& maker, const ModelConfig& c) {
  const int d = c.d_model;
  maker.matrix("wte.weight", c.vocabulary, d, d);
  maker.matrix("wpe.weight", c.context_length, d, d);
  for (int i = 0; i < c.layers; ++i) {
    const std::string at = "h." + std::to_string(i) + ".";
    maker.gain(at + "ln_1.weight", d);
    maker.bias(at + "ln_1.bias", d);
    maker.matrix(at + "attn.c_attn.weight", d, 3 * d, d);
    maker.bias(at + "attn.c_attn.bias", 3 * d);
    maker.matrix(at + "attn.c_proj.weight", d, d, d);
    maker.bias(at + "attn.c_proj.bias", d);
    maker.gain(at + "ln_2.weight", d);
    maker.bias(at + "ln_2.bias", d);
    maker.matrix(at + "mlp.c_fc.weight", d, c.ffn, d);
    maker.bias(at + "mlp.c_fc.bias", c.ffn);
    maker.matrix(at + "mlp.c_proj.weight", c.ffn, d, c.ffn);
    maker.bias(at + "mlp.c_proj.bias", d);
  }
  maker.gain("ln_f.weight", d);
  maker.bias("ln_f.bias", d);
}

void make_llama(Maker& maker, const ModelConfig& c) {
  const int d = c.d_model, q = c.heads * c.head_dim, kv = c.kv_heads * c.head_dim;
  maker.matrix("embed_tokens.weight", c.vocabulary, d, d);
  for (int i = 0; i < c.layers; ++i) {
    const std::string at = "layers." + std::to_string(i) + ".";
    maker.gain(at + "input_layernorm.weight", d);
    maker.matrix(at + "self_attn.q_proj.weight", q, d, d);
    maker.matrix(at + "self_attn.k_proj.weight", kv, d, d);
    maker.matrix(at + "self_attn.v_proj.weight", kv, d, d);
    maker.matrix(at + "self_attn.o_proj.weight", d, q, q);
    if (c.qkv_bias) {
      maker.bias(at + "self_attn.q_proj.bias", q);
      maker.bias(at + "self_attn.k_proj.bias", kv);
      maker.bias(at + "self_attn.v_proj.bias", kv);
    }
    if (c.output_bias) maker.bias(at + "self_attn.o_proj.bias", d);
    maker.gain(at + "post_attention_layernorm.weight", d);
    maker.matrix(at + "mlp.gate_proj.weight", c.ffn, d, d);
    maker.matrix(at + "mlp.up_proj.weight", c.ffn, d, d);
    maker.matrix(at + "mlp.down_proj.weight", d, c.ffn, c.ffn);
    if (c.mlp_bias) {
      maker.bias(at + "mlp.gate_proj.bias", c.ffn);
      maker.bias(at + "mlp.up_proj.bias", c.ffn);
      maker.bias(at + "mlp.down_proj.bias", d);
    }
  }
  maker.gain("norm.weight", d);
}

nlohmann::json gpt2_json(const ModelConfig& c) {
  return {{"model_type", "gpt2"},
          {"architectures", {"GPT2LMHeadModel"}},
          {"n_layer", c.layers},
          {"n_embd", c.d_model},
          {"n_head", c.heads},
          {"n_inner", c.ffn},
          {"n_positions", c.context_length},
          {"activation_function", "gelu_new"},
          {"layer_norm_epsilon", c.norm_epsilon}};
}

nlohmann::json llama_json(const ModelConfig& c) {
  nlohmann::json json = {{"model_type", "llama"},
                         {"architectures", {"LlamaForCausalLM"}},
                         {"num_hidden_layers", c.layers},
                         {"hidden_size", c.d_model},
                         {"num_attention_heads", c.heads},
                         {"num_key_value_heads", c.kv_heads},
                         {"head_dim", c.head_dim},
                         {"intermediate_size", c.ffn},
                         {"max_position_embeddings", c.context_length},
                         {"hidden_act", "silu"},
                         {"rms_norm_eps", c.norm_epsilon},
                         {"attention_bias", c.qkv_bias},
                         {"mlp_bias", c.mlp_bias},
                         {"rope_theta", c.rope_theta},
                         {"rope_scaling", nullptr}};
  if (c.rope_scaling)
    json["rope_scaling"] = {
        {"rope_type", "llama3"},
        {"factor", c.rope_scaling->factor},
        {"low_freq_factor", c.rope_scaling->low_freq_factor},
        {"high_freq_factor", c.rope_scaling->high_freq_factor},
        {"original_max_position_embeddings", c.rope_scaling->original_context_length}};
  return json;
}

std::string shard_name(int shard, int shards) {
  const auto five = [](int number) {
    std::string digits = std::to_string(number);
    return std::string(5 - digits.size(), '0') + digits;
  };
  return "model-" + five(shard + 1) + "-of-" + five(shards) + ".safetensors";
}

}  // namespace

ModelConfig tiny_gpt2() {
  ModelConfig c;
  c.family = Family::gpt2;
  c.layers = 2;
  c.d_model = 12;
  c.heads = c.kv_heads = 3;
  c.head_dim = 4;
  c.ffn = 48;
  c.vocabulary = 13;
  c.context_length = 10;
  c.qkv_bias = c.output_bias = c.mlp_bias = true;
  c.tied_head = true;
  c.end_tokens = {12};
  c.start_token = 12;
  return c;
}

ModelConfig tiny_llama() {
  ModelConfig c;
  c.family = Family::llama;
  c.layers = 2;
  c.d_model = 20;
  c.heads = 4;
  c.kv_heads = 2;
  c.head_dim = 4;
  c.ffn = 24;
  c.vocabulary = 11;
  c.context_length = 32;
  c.end_tokens = {2};
  c.start_token = 1;
  return c;
}

nlohmann::json config_json(const ModelConfig& c) {
  nlohmann::json json = c.family == Family::gpt2 ? gpt2_json(c) : llama_json(c);
  json["vocab_size"] = c.vocabulary;
  json["tie_word_embeddings"] = c.tied_head;
  json["eos_token_id"] = c.end_tokens;
  json["bos_token_id"] = nullptr;
  if (c.start_token) json["bos_token_id"] = *c.start_token;
  json["torch_dtype"] = c.stored == core::WeightType::f32   ? "float32"
                        : c.stored == core::WeightType::f16 ? "float16"
                                                            : "bfloat16";
  return json;
}

std::vector<StoredTensor> random_tensors(const ModelConfig& config, const FolderOptions& options) {
  const bool gpt2 = config.family == Family::gpt2;
  Maker maker(options, gpt2 ? "transformer." : "model.");
  (gpt2 ? make_gpt2 : make_llama)(maker, config);
  if (!config.tied_head)
    maker.matrix("lm_head.weight", config.vocabulary, config.d_model, config.d_model);
  maker.shuffle();
  return std::move(maker.tensors);
}

std::string safetensors_bytes(const std::string& header, const std::string& data) {
  const std::uint64_t length = header.size();
  char raw[8];
  std::memcpy(raw, &length, 8);
  return std::string(raw, 8) + header + data;
}

std::string safetensors_bytes(const std::vector<StoredTensor>& tensors) {
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  std::string data;
  for (const StoredTensor& tensor : tensors) {
    nlohmann::ordered_json shape = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < tensor.shape.rank; ++i) shape.push_back(tensor.shape.sizes[i]);
    header[tensor.name] = {{"dtype", core::name_of(tensor.dtype)},
                           {"shape", shape},
                           {"data_offsets", {data.size(), data.size() + tensor.bytes.size()}}};
    data += tensor.bytes;
  }
  std::string text = header.dump();
  text.append((8 - text.size() % 8) % 8, ' ');
  return safetensors_bytes(text, data);
}

Files model_files(const ModelConfig& config, const FolderOptions& options) {
  Files files;
  ModelConfig written = config;
  written.stored = options.dtype == DType::f16    ? core::WeightType::f16
                   : options.dtype == DType::bf16 ? core::WeightType::bf16
                                                  : core::WeightType::f32;
  files["config.json"] = config_json(written).dump(2);
  const auto tensors = random_tensors(config, options);
  if (options.shards == 1) {
    files["model.safetensors"] = safetensors_bytes(tensors);
    return files;
  }
  std::vector<std::vector<StoredTensor>> parts(static_cast<std::size_t>(options.shards));
  nlohmann::json map = nlohmann::json::object();
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const std::size_t shard = i % parts.size();
    parts[shard].push_back(tensors[i]);
    map[tensors[i].name] = shard_name(static_cast<int>(shard), options.shards);
  }
  for (std::size_t shard = 0; shard < parts.size(); ++shard)
    files[shard_name(static_cast<int>(shard), options.shards)] = safetensors_bytes(parts[shard]);
  const nlohmann::json index = {{"metadata", {{"total_size", 0}}}, {"weight_map", map}};
  files["model.safetensors.index.json"] = index.dump(2);
  return files;
}

std::shared_ptr<const core::Model> tiny_model(const ModelConfig& config,
                                              const FolderOptions& options) {
  auto model = core::load_model(memory_folder(model_files(config, options)), {});
  if (model) return *model;
  std::cerr << "tiny_model: " << model.error().message << '\n';
  std::abort();
}

}  // namespace kv::test
