// Ways to break a model folder, and what must come of it.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/memory_folder.h"
#include "tests/support/tiny_models.h"

namespace kv::test {

inline constexpr const char* weights_name = "model.safetensors";
inline constexpr const char* config_name = "config.json";
inline constexpr const char* index_name = "model.safetensors.index.json";

// The three folders that the cases start from.
Files good_llama();
Files good_gpt2();
Files good_shards();  // the llama in three shards

struct BrokenFolder {
  std::string name;
  Files files;
  std::string expected;  // parts of the message, in order, with "..." between them
};

// Refused by both load_model() and check_model() with one line of valid UTF-8 that begins with the
// folder, and has all parts of `expected` in it.
void expect_refused(const Files& files, const std::string& expected);

void expect_all_refused(const std::vector<BrokenFolder>& cases);

// Loads, and check_model() agrees; returns the model.
std::shared_ptr<const core::Model> expect_loads(const Files& files);

// config.json with one key set, or taken out.
Files with_config(Files files, const std::string& key, const nlohmann::json& value);
Files without_config(Files files, const std::string& key);
Files with_file(Files files, const std::string& name, const std::string& content);
Files without_file(Files files, const std::string& name);

// Parts of a safetensors file.
std::string header_of(const std::string& file);
std::string data_of(const std::string& file);

// model.safetensors with its header changed and its data as it is.
Files with_header(Files files, const std::function<void(nlohmann::json& header)>& change);
// The same for the header's text.
Files with_header_text(Files files, const std::string& text);
// One field of one tensor's entry.
Files with_entry(Files files, const std::string& tensor, const std::string& key,
                 const nlohmann::json& value);
// model.safetensors with its tensors changed; offsets follow.
Files with_tensors(const core::ModelConfig& config,
                   const std::function<void(std::vector<StoredTensor>& tensors)>& change,
                   const FolderOptions& options = {});
StoredTensor& tensor_named(std::vector<StoredTensor>& tensors, const std::string& name);

}  // namespace kv::test
