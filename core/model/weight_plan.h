// Which tensors a family's files must hold, of which shape, and where each goes in a Model.
#pragma once

#include <string>
#include <vector>

#include "core/files/safetensors.h"
#include "core/files/weight_files.h"
#include "core/model/model.h"

namespace kv::core {

struct WeightSlot {
  std::string name;               // in the file, without the family's prefix
  bool prefixable = true;         // may also stand with the prefix ("transformer.", "model.")
  std::string alternative;        // taken when `name` is absent; may be empty
  TensorShape shape;              // in the file
  const float* target = nullptr;  // first of the values in the model; null when planned without one
  bool transposed = false;        // the file has [in, out] where the model has [out, in]
};

// All weights of the model in a fixed order. With `model` null the targets are null.
std::vector<WeightSlot> weight_plan(const ModelConfig& config, const Model* model);

// A slot and the tensor that fills it.
struct PlannedWeight {
  WeightSlot slot;
  WeightFiles::Found source;
};

// Finds a tensor for each slot: present under exactly one of its names, of a computable type and
// the exact shape. Also refuses biases that the config says are not there. Nothing is read.
Result<std::vector<PlannedWeight>> find_weights(std::vector<WeightSlot> plan,
                                                const WeightFiles& files, const Folder& folder,
                                                const ModelConfig& config);

}  // namespace kv::core
