#include "core/files/weight_files.h"

#include <algorithm>
#include <map>

#include "core/files/shard_index.h"

namespace kv::core {
namespace {

constexpr const char* single_file = "model.safetensors";
constexpr const char* index_file = "model.safetensors.index.json";
constexpr const char* pickle_file = "pytorch_model.bin";
constexpr std::uint64_t index_limit = std::uint64_t{16} << 20;  // bytes

Error no_weights(const Folder& folder) {
  const auto size = folder.size(single_file);
  Error error = size ? input_error(path_in(folder, single_file), "", "a file that comes and goes",
                                   "a regular file")
                     : size.error();
  error.message += std::string(", or ") + index_file + " with its shards";
  if (folder.has(pickle_file))
    error.message += std::string(" (") + pickle_file + " is not read: convert it to safetensors)";
  return error;
}

}  // namespace

Result<WeightFiles> WeightFiles::open(const Folder& folder) {
  WeightFiles weights;
  if (folder.has(single_file)) {
    weights.listing_ = single_file;
    auto file = open_safetensors(folder, single_file);
    if (!file) return file.error();
    weights.files_.push_back(*std::move(file));
    if (auto error = weights.sort_by_name(folder)) return *error;
  } else if (folder.has(index_file)) {
    weights.listing_ = index_file;
    if (auto error = weights.open_shards(folder)) return *error;
  } else {
    return no_weights(folder);
  }
  return weights;
}

Status WeightFiles::open_shards(const Folder& folder) {
  const auto text = read_text(folder, index_file, index_limit);
  if (!text) return text.error();
  const auto shard_of = parse_shard_index(*text, path_in(folder, index_file));
  if (!shard_of) return shard_of.error();

  std::map<std::string, std::uint32_t> opened;
  std::size_t tensors = 0;
  for (const auto& [tensor, shard] : *shard_of) {
    if (!opened.emplace(shard, static_cast<std::uint32_t>(files_.size())).second) continue;
    auto file = open_safetensors(folder, shard);
    if (!file) return file.error();
    tensors += file->tensors.size();
    if (tensors > safetensors_tensor_limit)
      return input_error(path_in(folder, shard), "header",
                         std::to_string(tensors) + " tensors in the shards so far",
                         "at most " + std::to_string(safetensors_tensor_limit));
    files_.push_back(*std::move(file));
  }
  if (auto error = sort_by_name(folder)) return error;
  for (const auto& [tensor, shard] : *shard_of) {
    const Found found = find(tensor);
    if (!found || *found.file != shard)
      return input_error(path_in(folder, shard), tensor_in_message(tensor), "nothing",
                         std::string("a tensor, as ") + index_file + " says");
  }
  return {};
}

Status WeightFiles::sort_by_name(const Folder& folder) {
  by_name_.clear();
  for (std::uint32_t file = 0; file < files_.size(); ++file)
    for (std::uint32_t tensor = 0; tensor < files_[file].tensors.size(); ++tensor)
      by_name_.push_back({file, tensor});
  const auto name = [this](Place place) { return std::string_view(at(place).name); };
  std::sort(by_name_.begin(), by_name_.end(), [&](Place a, Place b) { return name(a) < name(b); });
  const auto twice = std::adjacent_find(by_name_.begin(), by_name_.end(),
                                        [&](Place a, Place b) { return name(a) == name(b); });
  if (twice == by_name_.end()) return {};
  return input_error(path_in(folder, files_[twice->file].name), tensor_in_message(name(*twice)),
                     "it also in " + core::quoted(files_[(twice + 1)->file].name),
                     "each tensor in one shard");
}

WeightFiles::Found WeightFiles::find(std::string_view name) const {
  const auto place =
      std::lower_bound(by_name_.begin(), by_name_.end(), name,
                       [this](Place a, std::string_view b) { return at(a).name < b; });
  if (place == by_name_.end() || at(*place).name != name) return {};
  return {&files_[place->file].name, &at(*place)};
}

}  // namespace kv::core
