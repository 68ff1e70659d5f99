// Files made to use memory: never more than the file and 64 MiB.
#include <gtest/gtest.h>

#include "core/model/load_model.h"
#include "tests/malformed/allocation_meter.h"
#include "tests/malformed/broken_folder.h"

namespace kv::test {
namespace {

constexpr std::size_t allowance = std::size_t{64} << 20;

std::string repeated(const std::string& text, std::size_t bytes) {
  std::string all;
  all.reserve(bytes + text.size());
  while (all.size() < bytes) all += text;
  return all;
}

void expect_bounded(const char* name, const std::string& content) {
  const core::Folder folder = memory_folder(with_file(good_llama(), name, content));
  const AllocationMeter meter;
  const auto model = core::load_model(folder, {});
  EXPECT_LE(meter.peak(), content.size() + allowance);
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().kind, core::ErrorKind::input);
  EXPECT_LT(model.error().message.size(), 1000u);
}

void expect_header_bounded(const std::string& header) {
  expect_bounded(weights_name, safetensors_bytes(header, ""));
}

constexpr std::size_t most = (std::size_t{16} << 20) - 1024;  // of header

TEST(Memory, MeterCounts) {
  const AllocationMeter meter;
  { const std::vector<char> block(1 << 20); }
  { const std::vector<char> block(3 << 20); }
  EXPECT_GE(meter.peak(), std::size_t{3} << 20);
  EXPECT_LT(meter.peak(), std::size_t{4} << 20);
}

TEST(Memory, HeaderOfNumbers) { expect_header_bounded("{\"a\":[" + repeated("0,", most) + "0]}"); }

TEST(Memory, HeaderOfEmptyArrays) {
  expect_header_bounded("{\"a\":[" + repeated("[],", most) + "0]}");
}

TEST(Memory, HeaderOfEmptyObjects) {
  expect_header_bounded("{\"a\":[" + repeated("{},", most) + "0]}");
}

TEST(Memory, HeaderOfShortStrings) {
  expect_header_bounded("{\"a\":[" + repeated("\"\",", most) + "0]}");
}

TEST(Memory, HeaderOfOneString) {
  expect_header_bounded("{\"a\":\"" + std::string(most, 'x') + "\"}");
}

TEST(Memory, HeaderOfOneNumber) { expect_header_bounded("{\"a\":" + std::string(most, '1') + "}"); }

TEST(Memory, HeaderOfStringsOfAMebibyte) {
  const std::string one = "\"" + std::string((1 << 20) - 8, 'x') + "\",";
  expect_header_bounded("{\"a\":[" + repeated(one, most - one.size()) + "0]}");
}

TEST(Memory, HeaderOfManyKeys) {
  std::string keys = "{";
  for (int i = 0; keys.size() < most; ++i) keys += "\"" + std::to_string(i) + "\":0,";
  expect_header_bounded(keys + "\"a\":0}");
}

TEST(Memory, HeaderOfManyMetadata) {
  std::string keys = "{\"__metadata__\":{";
  for (int i = 0; keys.size() < most; ++i) keys += "\"" + std::to_string(i) + "\":\"\",";
  expect_header_bounded(keys + "\"a\":\"\"}}");
}

TEST(Memory, HeaderOfManyTensors) {
  std::string text = "{";
  for (int i = 0; text.size() < most; ++i)
    text += "\"" + std::to_string(i) + R"(":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},)";
  expect_header_bounded(text + R"("a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}})");
}

TEST(Memory, HeaderOfLongNames) {
  std::string text = "{";
  for (int i = 0; text.size() < most; ++i) {
    const std::string number = std::to_string(i);
    text += "\"" + std::string(512 - number.size(), 'n') + number +
            R"(":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},)";
  }
  expect_header_bounded(text + R"("a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}})");
}

TEST(Memory, Config) {
  expect_bounded(config_name, "{\"a\":[" + repeated("0,", (1 << 20) - 100) + "0]}");
  expect_bounded(config_name, repeated(" ", 30 << 20));
}

TEST(Memory, Index) {
  Files files = good_shards();
  std::string keys = "{\"weight_map\":{";
  for (int i = 0; keys.size() < most; ++i) keys += "\"" + std::to_string(i) + "\":\"\",";
  const std::string index = keys + "\"a\":\"\"}}";
  files[index_name] = index;
  const core::Folder folder = memory_folder(files);
  const AllocationMeter meter;
  EXPECT_FALSE(core::load_model(folder, {}));
  EXPECT_LE(meter.peak(), index.size() + allowance);
}

// The weights once, and a few MiB to read through.
TEST(Memory, OfALoadedModelIsItsWeights) {
  core::ModelConfig config = tiny_gpt2();
  config.d_model = 96;
  config.heads = config.kv_heads = 4;
  config.head_dim = 24;
  config.ffn = 384;
  config.vocabulary = 60000;
  for (const core::DType dtype : {core::DType::f32, core::DType::bf16}) {
    const core::Folder folder = memory_folder(model_files(config, {.dtype = dtype}));
    const AllocationMeter meter;
    const auto model = core::load_model(folder, {});
    ASSERT_TRUE(model) << model.error().message;
    EXPECT_GE(meter.peak(), core::model_bytes(config));
    EXPECT_LE(meter.peak(), core::model_bytes(config) + (std::size_t{6} << 20));
    const AllocationMeter checking;
    EXPECT_TRUE(core::check_model(folder));
    EXPECT_LE(checking.peak(), std::size_t{6} << 20);
  }
}

TEST(Memory, ModelBeyondTheLimitIsRefusedBeforeAllocating) {
  core::ModelConfig config = tiny_llama();
  config.vocabulary = 100000;
  const core::Folder folder = memory_folder(model_files(config), "models/large");
  core::LoadOptions options;
  options.memory_limit_bytes = core::model_bytes(config) - 1;
  const AllocationMeter meter;
  const auto refused = core::load_model(folder, options);
  EXPECT_LE(meter.peak(), std::size_t{1} << 20);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, core::ErrorKind::machine);
  EXPECT_TRUE(refused.error().message.starts_with("models/large: needs 16."))
      << refused.error().message;
  EXPECT_NE(refused.error().message.find(" MB, have 16."), std::string::npos);
  EXPECT_NE(refused.error().message.find(", try "), std::string::npos);
  options.memory_limit_bytes += 1;
  EXPECT_TRUE(core::load_model(folder, options));
}

}  // namespace
}  // namespace kv::test
