#include "core/files/shard_index.h"

#include "core/base/json_describe.h"
#include "core/base/strict_json.h"
#include "core/files/folder.h"
#include "core/files/safetensors.h"

namespace kv::core {

Result<std::map<std::string, std::string>> parse_shard_index(std::string_view text,
                                                             const std::string& label) {
  const auto index = parse_strict_json(text, label);
  if (!index) return index.error();
  if (!index->is_object()) return input_error(label, "", describe(*index), "an object");
  const auto found = index->find("weight_map");
  if (found == index->end())
    return input_error(label, "weight_map", "nothing", "an object from tensor to file");
  if (!found->is_object() || found->empty() || found->size() > safetensors_tensor_limit)
    return input_error(label, "weight_map", describe(*found), "an object of 1 to 65536 tensors");
  std::map<std::string, std::string> shards;
  for (const auto& [tensor, shard] : found->items()) {
    if (!shard.is_string() || !is_plain_name(shard.get_ref<const std::string&>()))
      return input_error(label, "weight_map." + core::quoted(tensor), describe(shard),
                         "the name of a file in the same folder");
    shards.emplace(tensor, shard.get<std::string>());
  }
  return shards;
}

}  // namespace kv::core
