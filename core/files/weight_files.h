// All tensors of a model's folder, whether they lie in one file or in several shards.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/folder.h"
#include "core/files/safetensors.h"

namespace kv::core {

class WeightFiles {
 public:
  // A tensor and the file that holds it; both null when there is none.
  struct Found {
    const std::string* file = nullptr;
    const TensorInfo* tensor = nullptr;
    explicit operator bool() const { return tensor != nullptr; }
  };

  // Reads every header, no weights. model.safetensors if there is one, else
  // model.safetensors.index.json and all shards it names. Each tensor the index names must be in
  // the shard it names, and no tensor in two shards.
  static Result<WeightFiles> open(const Folder& folder);

  // What it points to lives as long as this object.
  Found find(std::string_view name) const;

  // The file that should have told of a missing tensor, for messages.
  const std::string& listing() const { return listing_; }

 private:
  struct Place {
    std::uint32_t file;
    std::uint32_t tensor;
  };

  Status open_shards(const Folder& folder);
  Status sort_by_name(const Folder& folder);
  const TensorInfo& at(Place place) const { return files_[place.file].tensors[place.tensor]; }

  std::vector<SafetensorsFile> files_;
  std::vector<Place> by_name_;
  std::string listing_;
};

}  // namespace kv::core
