// Small valid models in the Hugging Face layout, built in memory: a config.json, one or more
// safetensors files, an index when there are several. Tests load them as they are or break them
// first. The names, shapes and layouts are written out here a second time, independently of the
// loader, so that the two check each other.
//
//   const auto files = model_files(tiny_llama(), {.seed = 7, .dtype = core::DType::bf16});
//   const auto model = core::load_model(memory_folder(files), {});
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/files/safetensors.h"
#include "core/model/config.h"
#include "core/model/model.h"
#include "tests/support/memory_folder.h"

namespace kv::test {

// gpt2: 2 layers, 3 heads of 4, width 12, ffn 48, 13 tokens, 10 positions, tied head.
core::ModelConfig tiny_gpt2();
// llama: 2 layers, 4 heads of 4 on 2 key and value heads, width 20 (not heads times head_dim),
// ffn 24, 11 tokens, 32 positions, head of its own, no biases.
core::ModelConfig tiny_llama();

// A tensor as a file stores it.
struct StoredTensor {
  std::string name;
  core::DType dtype = core::DType::f32;
  core::TensorShape shape;
  std::string bytes;
};

struct FolderOptions {
  std::uint64_t seed = 1;
  core::DType dtype = core::DType::f32;  // f32, f16 or bf16
  bool prefix = true;                    // names begin with "transformer." or "model."
  int shards = 1;                        // 1: model.safetensors, no index
};

// config.json with the usual spellings of the family; every field of `config` is in it.
nlohmann::json config_json(const core::ModelConfig& config);

// All tensors the config asks for, in an order that depends on the seed. Norm gains lie around 1,
// everything else around 0, with a spread of about 1/sqrt(in); values are such that all three
// types store them exactly.
std::vector<StoredTensor> random_tensors(const core::ModelConfig& config,
                                         const FolderOptions& options = {});

// One safetensors file; data in the order given.
std::string safetensors_bytes(const std::vector<StoredTensor>& tensors);

// The same from a header that may be anything.
std::string safetensors_bytes(const std::string& header, const std::string& data);

// The folder of random_tensors() and config_json().
Files model_files(const core::ModelConfig& config, const FolderOptions& options = {});

// The loaded model of model_files(); fails the test and the program when it does not load.
std::shared_ptr<const core::Model> tiny_model(const core::ModelConfig& config,
                                              const FolderOptions& options = {});

}  // namespace kv::test
