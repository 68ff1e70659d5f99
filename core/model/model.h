// A model: its sizes and its weights, in float32, laid out for decoding.
//
// Every matrix is stored [out, in] with the weights of one output next to each other, so a
// vector product reads memory in one straight line. The projections of q, k and v are one matrix
// (their outputs stacked in that order), and so are gate and up of a gated MLP.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/aligned_buffer.h"
#include "core/model/config.h"

namespace kv::core {

// Element (o, i) is data[o * in + i]; data is 64-byte aligned.
struct Matrix {
  const float* data = nullptr;
  int out = 0;
  int in = 0;
};

struct NormWeights {
  const float* gain = nullptr;  // [d_model]
  const float* bias = nullptr;  // [d_model], LayerNorm only
};

struct LayerWeights {
  NormWeights attention_norm;
  Matrix qkv;                          // [q_width + 2 kv_width, d_model]: q, then k, then v
  const float* qkv_bias = nullptr;     // [q_width + 2 kv_width] or null
  Matrix output;                       // [d_model, q_width]
  const float* output_bias = nullptr;  // [d_model] or null
  NormWeights mlp_norm;
  Matrix up;                         // gated: [2 ffn, d_model], gate then up; else [ffn, d_model]
  const float* up_bias = nullptr;    // as many as up has outputs, or null
  Matrix down;                       // [d_model, ffn]
  const float* down_bias = nullptr;  // [d_model] or null
};

// Immutable once made; share it by pointer. Pointers inside refer to `slab`.
struct Model {
  std::string name;  // as asked for: a built-in name, a folder, or a random: description
  ModelConfig config;
  Matrix token_embedding;     // [vocabulary, d_model], a row per token
  Matrix position_embedding;  // [context_length, d_model], gpt2 only
  std::vector<LayerWeights> layers;
  NormWeights final_norm;
  Matrix head;  // [vocabulary, d_model]; the token embedding itself when tied
  std::vector<double> rope_frequencies;  // [head_dim / 2] radians per position, llama only
  AlignedBuffer slab;
};

// A model with room for all its weights, none of them set. Where each piece lies is decided here
// and nowhere else: loaders and the random maker fill the pieces through writable().
Model allocate_model(const ModelConfig& config, std::string name);

// Bytes of slab that allocate_model() will take.
std::uint64_t model_bytes(const ModelConfig& config);

// The same memory for whoever fills a model that nobody else sees yet.
inline float* writable(Model& model, const float* piece) {
  return model.slab.data() + (piece - model.slab.data());
}

// Rotary frequencies theta^(-2i / head_dim), stretched where the config says so. In float64.
std::vector<double> rope_frequencies(const ModelConfig& config);

}  // namespace kv::core
