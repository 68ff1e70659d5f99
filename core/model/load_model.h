// From a folder in the Hugging Face layout to a Model. Nothing is allocated by a number in a file
// before that number has been checked against the others and against the file's size.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "core/base/parallel.h"
#include "core/files/folder.h"
#include "core/model/model.h"

namespace kv::core {

// Reads and validates config.json. Names of families, activations and rope rules it does not know
// are refused by name. `label` stands in messages ("folder/config.json").
Result<ModelConfig> parse_config(std::string_view json_text, const std::string& label);

struct LoadOptions {
  // What the model is called; the folder's label when empty.
  std::string name = {};
  // Memory the weights may take; beyond it a machine error "needs X, have Y, try Z".
  std::uint64_t memory_limit_bytes = UINT64_MAX;
  // Called by the caller's thread with the share done, 0 to 1; returning false abandons the load.
  std::function<bool(double)> progress = {};
  // Reads and converts at the same time; the folder must bear several threads.
  Parallel* parallel = nullptr;
};

Result<ModelConfig> load_config(const Folder& folder);

// All checks of load_model() except that weights are not kept: reads every byte once.
Result<ModelConfig> check_model(const Folder& folder);

// config.json plus model.safetensors, or model.safetensors.index.json and its shards.
// Peak memory: the weights once plus a few MiB a thread.
Result<std::shared_ptr<const Model>> load_model(const Folder& folder, const LoadOptions& options);

}  // namespace kv::core
