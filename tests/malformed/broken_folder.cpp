#include "tests/malformed/broken_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/utf8.h"
#include "core/model/load_model.h"

namespace kv::test {
namespace {

using nlohmann::json;

bool has_parts(const std::string& message, std::string parts) {
  std::size_t at = 0;
  while (true) {
    const auto gap = parts.find("...");
    at = message.find(parts.substr(0, gap), at);
    if (at == std::string::npos) return false;
    if (gap == std::string::npos) return true;
    at += gap;
    parts.erase(0, gap + 3);
  }
}

void expect_good_message(const core::Error& error, const std::string& expected) {
  EXPECT_EQ(error.kind, core::ErrorKind::input);
  const std::string& message = error.message;
  EXPECT_TRUE(message.starts_with("folder/")) << message;
  EXPECT_TRUE(has_parts(message, expected))
      << "message:  " << message << "\nexpected: " << expected;
  EXPECT_EQ(message.find_first_of(std::string("\n\r\t\0", 4)), std::string::npos) << message;
  EXPECT_EQ(core::find_invalid_utf8(message), std::string::npos) << message;
  EXPECT_LT(message.size(), 700u) << message;
}

}  // namespace

Files good_llama() { return model_files(tiny_llama(), {.seed = 3}); }
Files good_gpt2() { return model_files(tiny_gpt2(), {.seed = 4}); }
Files good_shards() { return model_files(tiny_llama(), {.seed = 5, .shards = 3}); }

void expect_refused(const Files& files, const std::string& expected) {
  const core::Folder folder = memory_folder(files);
  const auto model = core::load_model(folder, {});
  const auto config = core::check_model(folder);
  ASSERT_FALSE(model);
  ASSERT_FALSE(config);
  expect_good_message(model.error(), expected);
  expect_good_message(config.error(), expected);
}

void expect_all_refused(const std::vector<BrokenFolder>& cases) {
  for (const BrokenFolder& broken : cases) {
    SCOPED_TRACE(broken.name);
    expect_refused(broken.files, broken.expected);
  }
}

std::shared_ptr<const core::Model> expect_loads(const Files& files) {
  const core::Folder folder = memory_folder(files);
  const auto config = core::check_model(folder);
  EXPECT_TRUE(config) << config.error().message;
  const auto model = core::load_model(folder, {});
  EXPECT_TRUE(model) << model.error().message;
  if (!config || !model) return nullptr;
  EXPECT_EQ(*config, (*model)->config);
  return *model;
}

Files with_config(Files files, const std::string& key, const json& value) {
  json config = json::parse(files[config_name]);
  config[key] = value;
  files[config_name] = config.dump();
  return files;
}

Files without_config(Files files, const std::string& key) {
  json config = json::parse(files[config_name]);
  config.erase(key);
  files[config_name] = config.dump();
  return files;
}

Files with_file(Files files, const std::string& name, const std::string& content) {
  files[name] = content;
  return files;
}

Files without_file(Files files, const std::string& name) {
  files.erase(name);
  return files;
}

std::string header_of(const std::string& file) {
  std::uint64_t length = 0;
  std::memcpy(&length, file.data(), 8);
  return file.substr(8, length);
}

std::string data_of(const std::string& file) { return file.substr(8 + header_of(file).size()); }

Files with_header_text(Files files, const std::string& text) {
  std::string& file = files[weights_name];
  file = safetensors_bytes(text, data_of(file));
  return files;
}

Files with_header(Files files, const std::function<void(json& header)>& change) {
  json header = json::parse(header_of(files[weights_name]));
  change(header);
  return with_header_text(std::move(files), header.dump());
}

Files with_entry(Files files, const std::string& tensor, const std::string& key,
                 const json& value) {
  return with_header(std::move(files), [&](json& header) {
    EXPECT_TRUE(header.contains(tensor)) << tensor;
    header[tensor][key] = value;
  });
}

Files with_tensors(const core::ModelConfig& config,
                   const std::function<void(std::vector<StoredTensor>& tensors)>& change,
                   const FolderOptions& options) {
  Files files = model_files(config, options);
  auto tensors = random_tensors(config, options);
  change(tensors);
  files[weights_name] = safetensors_bytes(tensors);
  return files;
}

StoredTensor& tensor_named(std::vector<StoredTensor>& tensors, const std::string& name) {
  const auto found = std::find_if(tensors.begin(), tensors.end(),
                                  [&](const StoredTensor& one) { return one.name == name; });
  if (found == tensors.end()) throw std::out_of_range(name);
  return *found;
}

}  // namespace kv::test
