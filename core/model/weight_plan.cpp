#include "core/model/weight_plan.h"

#include <utility>

namespace kv::core {
namespace {

constexpr const char* head_name = "lm_head.weight";

std::uint64_t wide(int value) { return static_cast<std::uint64_t>(value); }

const char* prefix_of(Family family) { return family == Family::gpt2 ? "transformer." : "model."; }

// Collects slots. Targets are given as pointers into a model that may not be there.
class Planner {
 public:
  std::vector<WeightSlot> slots;

  void vector(std::string name, int size, const float* target) {
    slots.push_back({std::move(name), true, "", {wide(size)}, target, false});
  }
  void matrix(std::string name, int out, int in, const float* target) {
    slots.push_back({std::move(name), true, "", {wide(out), wide(in)}, target, false});
  }
  // GPT-2's Conv1D layers store [in, out].
  void transposed(std::string name, int out, int in, const float* target) {
    slots.push_back({std::move(name), true, "", {wide(in), wide(out)}, target, true});
  }
};

// Row `row` of a matrix that several tensors share.
const float* row_of(const Matrix& matrix, int row) {
  if (matrix.data == nullptr) return nullptr;
  return matrix.data + static_cast<std::size_t>(row) * static_cast<std::size_t>(matrix.in);
}

const float* element_of(const float* vector, int index) {
  return vector == nullptr ? nullptr : vector + index;
}

void plan_gpt2_layer(Planner& plan, const ModelConfig& c, const std::string& at,
                     const LayerWeights& layer) {
  plan.vector(at + "ln_1.weight", c.d_model, layer.attention_norm.gain);
  plan.vector(at + "ln_1.bias", c.d_model, layer.attention_norm.bias);
  plan.transposed(at + "attn.c_attn.weight", 3 * c.d_model, c.d_model, layer.qkv.data);
  plan.vector(at + "attn.c_attn.bias", 3 * c.d_model, layer.qkv_bias);
  plan.transposed(at + "attn.c_proj.weight", c.d_model, c.d_model, layer.output.data);
  plan.vector(at + "attn.c_proj.bias", c.d_model, layer.output_bias);
  plan.vector(at + "ln_2.weight", c.d_model, layer.mlp_norm.gain);
  plan.vector(at + "ln_2.bias", c.d_model, layer.mlp_norm.bias);
  plan.transposed(at + "mlp.c_fc.weight", c.ffn, c.d_model, layer.up.data);
  plan.vector(at + "mlp.c_fc.bias", c.ffn, layer.up_bias);
  plan.transposed(at + "mlp.c_proj.weight", c.d_model, c.ffn, layer.down.data);
  plan.vector(at + "mlp.c_proj.bias", c.d_model, layer.down_bias);
}

void plan_llama_layer(Planner& plan, const ModelConfig& c, const std::string& at,
                      const LayerWeights& layer) {
  const int q = c.q_width(), kv = c.kv_width();
  const std::string attention = at + "self_attn.";
  plan.vector(at + "input_layernorm.weight", c.d_model, layer.attention_norm.gain);
  plan.matrix(attention + "q_proj.weight", q, c.d_model, layer.qkv.data);
  plan.matrix(attention + "k_proj.weight", kv, c.d_model, row_of(layer.qkv, q));
  plan.matrix(attention + "v_proj.weight", kv, c.d_model, row_of(layer.qkv, q + kv));
  if (c.qkv_bias) {
    plan.vector(attention + "q_proj.bias", q, layer.qkv_bias);
    plan.vector(attention + "k_proj.bias", kv, element_of(layer.qkv_bias, q));
    plan.vector(attention + "v_proj.bias", kv, element_of(layer.qkv_bias, q + kv));
  }
  plan.matrix(attention + "o_proj.weight", c.d_model, q, layer.output.data);
  if (c.output_bias) plan.vector(attention + "o_proj.bias", c.d_model, layer.output_bias);
  plan.vector(at + "post_attention_layernorm.weight", c.d_model, layer.mlp_norm.gain);
  plan.matrix(at + "mlp.gate_proj.weight", c.ffn, c.d_model, layer.up.data);
  plan.matrix(at + "mlp.up_proj.weight", c.ffn, c.d_model, row_of(layer.up, c.ffn));
  plan.matrix(at + "mlp.down_proj.weight", c.d_model, c.ffn, layer.down.data);
  if (c.mlp_bias) {
    plan.vector(at + "mlp.gate_proj.bias", c.ffn, layer.up_bias);
    plan.vector(at + "mlp.up_proj.bias", c.ffn, element_of(layer.up_bias, c.ffn));
    plan.vector(at + "mlp.down_proj.bias", c.d_model, layer.down_bias);
  }
}

std::string layer_name(const ModelConfig& config, int layer) {
  return (config.family == Family::gpt2 ? "h." : "layers.") + std::to_string(layer) + ".";
}

// A bias in the file that the config denies would be left out silently: the numbers would be wrong.
Status refuse_unexpected_biases(const WeightFiles& files, const Folder& folder,
                                const ModelConfig& config) {
  std::vector<std::string> names = {"lm_head.bias"};
  if (config.family == Family::llama) {
    std::vector<std::string> parts = {"input_layernorm", "post_attention_layernorm"};
    if (!config.qkv_bias)
      parts.insert(parts.end(), {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"});
    if (!config.output_bias) parts.push_back("self_attn.o_proj");
    if (!config.mlp_bias)
      parts.insert(parts.end(), {"mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"});
    for (int i = 0; i < config.layers; ++i)
      for (const std::string& part : parts) names.push_back(layer_name(config, i) + part + ".bias");
  }
  for (const std::string& name : names)
    for (const std::string& full : {name, prefix_of(config.family) + name})
      if (const auto found = files.find(full))
        return input_error(path_in(folder, *found.file), tensor_in_message(full), "a bias",
                           "none, by config.json");
  return {};
}

Error missing(const WeightSlot& slot, const WeightFiles& files, const Folder& folder,
              const std::string& prefix) {
  std::string expected = "it, of shape " + to_string(slot.shape);
  if (slot.prefixable) expected += " (or as " + core::quoted(prefix + slot.name) + ")";
  if (!slot.alternative.empty()) expected += ", or tied to it " + core::quoted(slot.alternative);
  return input_error(path_in(folder, files.listing()), tensor_in_message(slot.name), "nothing",
                     expected);
}

Result<WeightFiles::Found> find_tensor(const WeightSlot& slot, const WeightFiles& files,
                                       const Folder& folder, const std::string& prefix) {
  const auto plain = files.find(slot.name);
  const auto prefixed = slot.prefixable ? files.find(prefix + slot.name) : WeightFiles::Found{};
  if (plain && prefixed)
    return input_error(path_in(folder, *plain.file), tensor_in_message(slot.name),
                       "also " + core::quoted(prefixed.tensor->name), "one of the two");
  if (plain) return plain;
  if (prefixed) return prefixed;
  if (!slot.alternative.empty())
    if (const auto other = files.find(slot.alternative)) return other;
  return missing(slot, files, folder, prefix);
}

Status check_tensor(const WeightSlot& slot, const WeightFiles::Found& found, const Folder& folder) {
  const std::string file = path_in(folder, *found.file);
  const std::string field = tensor_in_message(found.tensor->name);
  if (!is_computable(found.tensor->dtype))
    return input_error(file, field + ": dtype", name_of(found.tensor->dtype), "F32, F16 or BF16");
  if (found.tensor->shape != slot.shape)
    return input_error(file, field + ": shape", to_string(found.tensor->shape),
                       to_string(slot.shape) + ", by config.json");
  return {};
}

}  // namespace

std::vector<WeightSlot> weight_plan(const ModelConfig& config, const Model* model) {
  // Without a model every pointer of these is null.
  const LayerWeights no_layer{};
  const Model no_model{};
  const Model& into = model != nullptr ? *model : no_model;
  const bool gpt2 = config.family == Family::gpt2;
  const int d = config.d_model;

  Planner plan;
  plan.matrix(gpt2 ? "wte.weight" : "embed_tokens.weight", config.vocabulary, d,
              into.token_embedding.data);
  if (config.tied_head) plan.slots.back().alternative = head_name;
  if (gpt2) plan.matrix("wpe.weight", config.context_length, d, into.position_embedding.data);
  for (int i = 0; i < config.layers; ++i) {
    const LayerWeights& layer =
        model != nullptr ? into.layers[static_cast<std::size_t>(i)] : no_layer;
    const auto plan_layer = gpt2 ? plan_gpt2_layer : plan_llama_layer;
    plan_layer(plan, config, layer_name(config, i), layer);
  }
  plan.vector(gpt2 ? "ln_f.weight" : "norm.weight", d, into.final_norm.gain);
  if (gpt2) plan.vector("ln_f.bias", d, into.final_norm.bias);
  if (!config.tied_head) {
    plan.matrix(head_name, config.vocabulary, d, into.head.data);
    plan.slots.back().prefixable = false;
  }
  return std::move(plan.slots);
}

Result<std::vector<PlannedWeight>> find_weights(std::vector<WeightSlot> plan,
                                                const WeightFiles& files, const Folder& folder,
                                                const ModelConfig& config) {
  const std::string prefix = prefix_of(config.family);
  std::vector<PlannedWeight> weights;
  for (WeightSlot& slot : plan) {
    const auto found = find_tensor(slot, files, folder, prefix);
    if (!found) return found.error();
    if (auto error = check_tensor(slot, *found, folder)) return *error;
    weights.push_back({std::move(slot), *found});
  }
  if (auto error = refuse_unexpected_biases(files, folder, config)) return *error;
  return weights;
}

}  // namespace kv::core
