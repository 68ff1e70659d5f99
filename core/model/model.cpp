#include "core/model/model.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace kv::core {
namespace {

// Hands out aligned pieces of one slab; without a slab it only measures.
class Slab {
 public:
  explicit Slab(float* base) : base_(base) {}

  std::size_t count() const { return count_; }

  // The gap behind a piece is zeroed, so that reading a whole vector past its end is harmless.
  const float* take(std::size_t count) {
    const std::size_t begin = count_;
    count_ += aligned_count(count);
    if (base_ == nullptr) return nullptr;
    std::fill(base_ + begin + count, base_ + count_, 0.0f);
    return base_ + begin;
  }
  const float* vector(int size) { return take(static_cast<std::size_t>(size)); }
  Matrix matrix(int out, int in) {
    return {take(static_cast<std::size_t>(out) * static_cast<std::size_t>(in)), out, in};
  }

 private:
  float* base_;
  std::size_t count_ = 0;
};

NormWeights lay_out_norm(const ModelConfig& config, Slab& slab) {
  NormWeights norm;
  norm.gain = slab.vector(config.d_model);
  if (config.family == Family::gpt2) norm.bias = slab.vector(config.d_model);
  return norm;
}

LayerWeights lay_out_layer(const ModelConfig& config, Slab& slab) {
  const int qkv_width = config.q_width() + 2 * config.kv_width();
  const int up_width = config.gated_mlp() ? 2 * config.ffn : config.ffn;
  LayerWeights layer;
  layer.attention_norm = lay_out_norm(config, slab);
  layer.qkv = slab.matrix(qkv_width, config.d_model);
  if (config.qkv_bias) layer.qkv_bias = slab.vector(qkv_width);
  layer.output = slab.matrix(config.d_model, config.q_width());
  if (config.output_bias) layer.output_bias = slab.vector(config.d_model);
  layer.mlp_norm = lay_out_norm(config, slab);
  layer.up = slab.matrix(up_width, config.d_model);
  if (config.mlp_bias) layer.up_bias = slab.vector(up_width);
  layer.down = slab.matrix(config.d_model, config.ffn);
  if (config.mlp_bias) layer.down_bias = slab.vector(config.d_model);
  return layer;
}

void lay_out(Model& model, Slab& slab) {
  const ModelConfig& config = model.config;
  model.token_embedding = slab.matrix(config.vocabulary, config.d_model);
  if (!config.rotary())
    model.position_embedding = slab.matrix(config.context_length, config.d_model);
  model.layers.clear();
  for (int i = 0; i < config.layers; ++i) model.layers.push_back(lay_out_layer(config, slab));
  model.final_norm = lay_out_norm(config, slab);
  model.head =
      config.tied_head ? model.token_embedding : slab.matrix(config.vocabulary, config.d_model);
}

std::size_t slab_count(const ModelConfig& config) {
  Model measured;
  measured.config = config;
  Slab slab(nullptr);
  lay_out(measured, slab);
  return slab.count();
}

// Long wavelengths are stretched by `factor`, short ones left alone, those between blended.
double stretch(double frequency, const Llama3RopeScaling& scaling) {
  const double wavelength = 2 * std::numbers::pi / frequency;
  const double turns = scaling.original_context_length / wavelength;
  if (turns > scaling.high_freq_factor) return frequency;
  if (turns < scaling.low_freq_factor) return frequency / scaling.factor;
  const double smooth =
      (turns - scaling.low_freq_factor) / (scaling.high_freq_factor - scaling.low_freq_factor);
  return (1 - smooth) * frequency / scaling.factor + smooth * frequency;
}

}  // namespace

Model allocate_model(const ModelConfig& config, std::string name) {
  Model model;
  model.name = std::move(name);
  model.config = config;
  model.slab = AlignedBuffer(slab_count(config));
  Slab slab(model.slab.data());
  lay_out(model, slab);
  model.rope_frequencies = rope_frequencies(config);
  return model;
}

std::uint64_t model_bytes(const ModelConfig& config) {
  return std::uint64_t{slab_count(config)} * sizeof(float);
}

std::vector<double> rope_frequencies(const ModelConfig& config) {
  std::vector<double> frequencies;
  if (!config.rotary()) return frequencies;
  for (int i = 0; i < config.head_dim / 2; ++i) {
    const double frequency = std::pow(config.rope_theta, -2.0 * i / config.head_dim);
    frequencies.push_back(config.rope_scaling ? stretch(frequency, *config.rope_scaling)
                                              : frequency);
  }
  return frequencies;
}

}  // namespace kv::core
