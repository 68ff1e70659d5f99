#include "core/cost/presets.h"

#include <array>

namespace kv::core {
namespace {

constexpr WeightFormat f32 = {"f32", 32};
constexpr WeightFormat f16 = {"f16", 16};
constexpr WeightFormat bf16 = {"bf16", 16};
// The release scales blocks of fp8 weights and keeps embeddings, norms, routers and head in bf16,
// so its files are somewhat larger than one byte per parameter.
constexpr WeightFormat fp8 = {"fp8", 8};

WeightType stored_as(const WeightFormat& format) {
  if (format.bits == 32) return WeightType::f32;
  return format.name == std::string_view("f16") ? WeightType::f16 : WeightType::bf16;
}

CostConfig gpt2(int layers, int width, int heads) {
  ModelConfig model;
  model.family = Family::gpt2;
  model.layers = layers;
  model.d_model = width;
  model.heads = heads;
  model.kv_heads = heads;
  model.head_dim = width / heads;
  model.ffn = 4 * width;
  model.vocabulary = 50257;
  model.context_length = 1024;
  model.qkv_bias = model.output_bias = model.mlp_bias = true;
  model.tied_head = true;
  model.end_tokens = {50256};
  return {.model = model, .latent = {}, .mixture = {}, .weights = f32};
}

struct LlamaSizes {
  int layers, width, heads, kv_heads, head_dim, ffn, vocabulary, context;
  double theta;
  WeightFormat weights;
};

CostConfig llama(const LlamaSizes& sizes) {
  ModelConfig model;
  model.family = Family::llama;
  model.layers = sizes.layers;
  model.d_model = sizes.width;
  model.heads = sizes.heads;
  model.kv_heads = sizes.kv_heads;
  model.head_dim = sizes.head_dim;
  model.ffn = sizes.ffn;
  model.vocabulary = sizes.vocabulary;
  model.context_length = sizes.context;
  model.rope_theta = sizes.theta;
  model.stored = stored_as(sizes.weights);
  return {.model = model, .latent = {}, .mixture = {}, .weights = sizes.weights};
}

CostConfig tied(CostConfig config) {
  config.model.tied_head = true;
  return config;
}

CostConfig qwen(const LlamaSizes& sizes) {
  CostConfig config = llama(sizes);
  config.model.qkv_bias = true;
  config.model.norm_epsilon = 1e-6;
  return config;
}

CostConfig stretched(CostConfig config) {
  config.model.rope_scaling = Llama3RopeScaling{};  // the defaults are that release's
  return config;
}

// Both DeepSeek models: 128 heads and the same latent sizes.
CostConfig deepseek(const LlamaSizes& sizes, const ExpertMixture& mixture) {
  CostConfig config = llama(sizes);
  config.model.norm_epsilon = 1e-6;
  config.latent = LatentAttention{.q_lora_rank = 1536,
                                  .kv_lora_rank = 512,
                                  .qk_nope_head_dim = 128,
                                  .qk_rope_head_dim = 64,
                                  .v_head_dim = 128};
  config.mixture = mixture;
  return config;
}

constexpr ExpertMixture deepseek_v2_mixture = {.dense_layers = 1,
                                               .expert_ffn = 1536,
                                               .routed_experts = 160,
                                               .shared_experts = 2,
                                               .chosen_experts = 6,
                                               .router_bias = false};
constexpr ExpertMixture deepseek_v3_mixture = {.dense_layers = 3,
                                               .expert_ffn = 2048,
                                               .routed_experts = 256,
                                               .shared_experts = 1,
                                               .chosen_experts = 8,
                                               .router_bias = true};

// Sizes in the order of LlamaSizes: layers, width, heads, kv heads, head dim, ffn, vocabulary,
// context, rotary theta, format of the released weights.
std::array<Preset, 16> make_presets() {
  return {{
      {"gpt2", "openai-community/gpt2 config.json (124M); Radford et al. 2019", gpt2(12, 768, 12)},
      {"gpt2-medium", "openai-community/gpt2-medium config.json; Radford et al. 2019",
       gpt2(24, 1024, 16)},
      {"gpt2-large", "openai-community/gpt2-large config.json; Radford et al. 2019",
       gpt2(36, 1280, 20)},
      {"gpt2-xl", "openai-community/gpt2-xl config.json; Radford et al. 2019", gpt2(48, 1600, 25)},
      {"llama-2-7b", "meta-llama/Llama-2-7b-hf config.json; arXiv 2307.09288",
       llama({32, 4096, 32, 32, 128, 11008, 32000, 4096, 1e4, f16})},
      {"llama-2-13b", "meta-llama/Llama-2-13b-hf config.json; arXiv 2307.09288",
       llama({40, 5120, 40, 40, 128, 13824, 32000, 4096, 1e4, f16})},
      {"llama-2-70b", "meta-llama/Llama-2-70b-hf config.json; arXiv 2307.09288",
       llama({80, 8192, 64, 8, 128, 28672, 32000, 4096, 1e4, f16})},
      {"llama-3-8b", "meta-llama/Meta-Llama-3-8B config.json; arXiv 2407.21783",
       llama({32, 4096, 32, 8, 128, 14336, 128256, 8192, 5e5, bf16})},
      {"llama-3-70b", "meta-llama/Meta-Llama-3-70B config.json; arXiv 2407.21783",
       llama({80, 8192, 64, 8, 128, 28672, 128256, 8192, 5e5, bf16})},
      {"llama-3-405b", "meta-llama/Llama-3.1-405B config.json; arXiv 2407.21783",
       stretched(llama({126, 16384, 128, 8, 128, 53248, 128256, 131072, 5e5, bf16}))},
      // Its window of 4,096 positions is not modelled: figures beyond it are of full attention.
      {"mistral-7b", "mistralai/Mistral-7B-v0.1 config.json; arXiv 2310.06825",
       llama({32, 4096, 32, 8, 128, 14336, 32000, 32768, 1e4, bf16})},
      {"smollm-135m", "HuggingFaceTB/SmolLM-135M config.json (July 2024)",
       tied(llama({30, 576, 9, 3, 64, 1536, 49152, 2048, 1e4, f32}))},
      {"qwen2.5-0.5b", "Qwen/Qwen2.5-0.5B config.json; arXiv 2412.15115",
       tied(qwen({24, 896, 14, 2, 64, 4864, 151936, 32768, 1e6, bf16}))},
      {"qwen2.5-7b", "Qwen/Qwen2.5-7B config.json; arXiv 2412.15115",
       qwen({28, 3584, 28, 4, 128, 18944, 152064, 131072, 1e6, bf16})},
      {"deepseek-v2", "deepseek-ai/DeepSeek-V2 config.json; arXiv 2405.04434",
       deepseek({60, 5120, 128, 128, 128, 12288, 102400, 163840, 1e4, bf16}, deepseek_v2_mixture)},
      // Without the multi-token prediction module, which decoding does not need.
      {"deepseek-v3", "deepseek-ai/DeepSeek-V3 config.json; arXiv 2412.19437",
       deepseek({61, 7168, 128, 128, 128, 18432, 129280, 163840, 1e4, fp8}, deepseek_v3_mixture)},
  }};
}

}  // namespace

std::span<const Preset> presets() {
  static const std::array<Preset, 16> table = make_presets();
  return table;
}

const Preset* find_preset(std::string_view name) {
  for (const Preset& preset : presets()) {
    if (name == preset.name) return &preset;
  }
  return nullptr;
}

}  // namespace kv::core
