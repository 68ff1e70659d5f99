#include "core/files/safetensors.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstring>

#include "core/files/float_reader.h"
#include "core/files/safetensors_writer.h"
#include "core/files/weight_files.h"
#include "tests/support/memory_folder.h"
#include "tests/support/tiny_models.h"

namespace kv::core {
namespace {

using test::memory_folder;
using test::safetensors_bytes;

Result<SafetensorsFile> open_one(const std::string& bytes) {
  return open_safetensors(memory_folder({{"a.safetensors", bytes}}), "a.safetensors");
}

std::string written(std::span<const TensorView> tensors) {
  std::string bytes;
  const auto error = write_safetensors(tensors, [&](std::span<const std::byte> part) {
    const std::size_t size = bytes.size();
    bytes.resize(size + part.size());
    std::memcpy(bytes.data() + size, part.data(), part.size());
    return true;
  });
  EXPECT_FALSE(error) << error->message;
  return bytes;
}

TEST(Safetensors, ListsTensorsInTheOrderOfTheirBytes) {
  const auto file = open_one(safetensors_bytes(
      R"({"b":{"dtype":"F16","shape":[2,2],"data_offsets":[4,12]},)"
      R"("a":{"dtype":"I32","shape":[],"data_offsets":[0,4]},"__metadata__":{"k":"v"}}  )",
      std::string(12, '\1')));
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->name, "a.safetensors");
  ASSERT_EQ(file->tensors.size(), 2u);
  const TensorInfo& a = file->tensors[0];
  const TensorInfo& b = file->tensors[1];
  EXPECT_EQ(a.name, "a");
  EXPECT_EQ(a.dtype, DType::i32);
  EXPECT_EQ(a.shape, TensorShape{});
  EXPECT_EQ(a.elements, 1u);
  EXPECT_EQ(b.shape, (TensorShape{2, 2}));
  EXPECT_EQ(b.elements, 4u);
  EXPECT_EQ(a.end, b.begin);
  EXPECT_EQ(b.end - b.begin, 8u);
  EXPECT_EQ(to_string(b.shape), "[2, 2]");
}

TEST(Safetensors, SmallestFileHoldsNothing) {
  const auto file = open_one(safetensors_bytes("{}", ""));
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_TRUE(file->tensors.empty());
}

TEST(Safetensors, TakesTheLongestHeader) {
  std::string header = "{}";
  header.resize(safetensors_header_limit, ' ');
  EXPECT_TRUE(open_one(safetensors_bytes(header, "")));
  EXPECT_FALSE(open_one(safetensors_bytes(header + " ", "")));
}

TEST(Safetensors, TakesTheLongestName) {
  const auto named = [](std::size_t length) {
    return open_one(safetensors_bytes("{\"" + std::string(length, 'n') +
                                          R"(":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
                                      "x"));
  };
  EXPECT_TRUE(named(512));
  EXPECT_FALSE(named(513));
}

TEST(Safetensors, KnowsTheSizeOfEveryType) {
  const std::vector<std::pair<const char*, int>> bytes_of_8 = {
      {"BOOL", 8},        {"F4", 4},      {"F6_E2M3", 6}, {"F6_E3M2", 6}, {"U8", 8},
      {"I8", 8},          {"F8_E5M2", 8}, {"F8_E4M3", 8}, {"F8_E8M0", 8}, {"F8_E4M3FNUZ", 8},
      {"F8_E5M2FNUZ", 8}, {"I16", 16},    {"U16", 16},    {"F16", 16},    {"BF16", 16},
      {"I32", 32},        {"U32", 32},    {"F32", 32},    {"C64", 64},    {"F64", 64},
      {"I64", 64},        {"U64", 64}};
  for (const auto& [name, bytes] : bytes_of_8) {
    const auto dtype = dtype_named(name);
    ASSERT_TRUE(dtype) << name;
    EXPECT_STREQ(name_of(*dtype), name);
    EXPECT_EQ(bits_of(*dtype), bytes) << name;
    const std::string header = R"({"t":{"dtype":")" + std::string(name) +
                               R"(","shape":[8],"data_offsets":[0,)" + std::to_string(bytes) +
                               "]}}";
    EXPECT_TRUE(
        open_one(safetensors_bytes(header, std::string(static_cast<std::size_t>(bytes), 0))));
    const bool computable =
        std::string(name) == "F32" || std::string(name) == "F16" || std::string(name) == "BF16";
    EXPECT_EQ(is_computable(*dtype), computable) << name;
  }
  EXPECT_FALSE(dtype_named("F128"));
  EXPECT_FALSE(dtype_named("f32"));
  EXPECT_FALSE(dtype_named(""));
}

TEST(Safetensors, RefusesHalfBytes) {
  const auto file =
      open_one(safetensors_bytes(R"({"t":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}})", "x"));
  ASSERT_FALSE(file);
  EXPECT_NE(file.error().message.find("data_offsets"), std::string::npos);
}

TEST(SafetensorsWriter, WritesWhatTheReaderReads) {
  const std::vector<float> a = {1, -2, 0.5f, 3e38f, -0.0f, 1e-45f}, b, c = {7};
  const std::vector<TensorView> tensors = {
      {"logits \"\\\u00e9", {2, 3}, a}, {"empty", {4, 0}, b}, {"layers.0.q", {1, 1, 1}, c}};
  const std::string bytes = written(tensors);
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), 8);
  EXPECT_EQ(length % 8, 0u);
  const Folder folder = memory_folder({{"a.safetensors", bytes}});
  const auto file = open_safetensors(folder, "a.safetensors");
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_EQ(file->tensors.size(), 3u);
  FloatReader reader(folder);
  for (const TensorView& tensor : tensors) {
    const auto found = std::find_if(file->tensors.begin(), file->tensors.end(),
                                    [&](const TensorInfo& i) { return i.name == tensor.name; });
    ASSERT_NE(found, file->tensors.end());
    EXPECT_EQ(found->shape, tensor.shape);
    EXPECT_EQ(found->dtype, DType::f32);
    std::vector<float> read(found->elements);
    EXPECT_FALSE(reader.read(file->name, *found, 0, read));
    ASSERT_EQ(read.size(), tensor.values.size());
    for (std::size_t i = 0; i < read.size(); ++i)
      EXPECT_EQ(std::bit_cast<std::uint32_t>(read[i]),
                std::bit_cast<std::uint32_t>(tensor.values[i]));
  }
}

TEST(SafetensorsWriter, KeepsTheOrderGiven) {
  const std::vector<float> one = {1}, two = {2};
  const std::vector<TensorView> tensors = {{"z", {1}, two}, {"a", {1}, one}};
  const auto file = open_one(written(tensors));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->tensors[0].name, "z");
  EXPECT_LT(file->tensors[0].begin, file->tensors[1].begin);
}

TEST(SafetensorsWriter, RefusesBeforeWritingAnything) {
  const std::vector<float> values = {1, 2};
  const std::vector<std::vector<TensorView>> bad = {
      {{"", {2}, values}},
      {{"a\n", {2}, values}},
      {{"\xFF", {2}, values}},
      {{std::string(513, 'a'), {2}, values}},
      {{"__metadata__", {2}, values}},
      {{"a", {3}, values}},
      {{"a", {std::uint64_t{1} << 33, std::uint64_t{1} << 33}, values}},
      {{"a", {2}, values}, {"a", {2}, values}},
  };
  for (const auto& tensors : bad) {
    int calls = 0;
    const auto error = write_safetensors(tensors, [&](auto) { return ++calls > 0; });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::internal);
    EXPECT_EQ(calls, 0);
  }
}

TEST(SafetensorsWriter, StopsWhenTheSinkDoes) {
  const std::vector<float> values = {1, 2};
  const std::vector<TensorView> tensors = {{"a", {2}, values}, {"b", {2}, values}};
  for (int allowed = 0; allowed < 4; ++allowed) {
    int calls = 0;
    const auto error = write_safetensors(tensors, [&](auto) { return calls++ < allowed; });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::machine);
    EXPECT_EQ(calls, allowed + 1);
  }
}

TEST(FloatReader, ReadsAnyRangeOfAnyType) {
  constexpr std::size_t count = 1'200'000;  // more than two of its buffers
  for (const DType dtype : {DType::bf16, DType::f16, DType::f32}) {
    // Element i is i % 128, which all three types hold.
    std::string data;
    for (std::size_t i = 0; i < count; ++i) {
      const auto value = static_cast<float>(i % 128);
      std::uint32_t bits = 0;
      std::memcpy(&bits, &value, 4);
      std::uint32_t half = value == 0 ? 0 : ((bits >> 23) - 112) << 10 | ((bits >> 13) & 0x3FF);
      if (dtype == DType::bf16) half = bits >> 16;
      const std::uint32_t stored = dtype == DType::f32 ? bits : half;
      data.append(reinterpret_cast<const char*>(&stored), dtype == DType::f32 ? 4 : 2);
    }
    const Folder folder = memory_folder({{"a", data}});
    const TensorInfo tensor{"t", dtype, {count}, count, 0, data.size()};
    FloatReader reader(folder);
    for (const auto& [first, size] : std::vector<std::pair<std::size_t, std::size_t>>{
             {0, 1}, {3, 5}, {count - 1, 1}, {0, count}, {7, 600'000}, {5, 0}}) {
      std::vector<float> out(size, -1);
      ASSERT_FALSE(reader.read("a", tensor, first, out));
      for (std::size_t i = 0; i < size; ++i)
        ASSERT_EQ(out[i], static_cast<float>((first + i) % 128)) << name_of(dtype) << ' ' << i;
    }
    std::vector<float> beyond(2);
    EXPECT_TRUE(reader.read("a", tensor, count - 1, beyond));
  }
}

TEST(FloatReader, FindsTheFirstValueThatIsNotFinite) {
  std::vector<float> values(10000, 3.0e38f);
  EXPECT_EQ(find_not_finite(values), values.size());
  EXPECT_EQ(find_not_finite({}), 0u);
  const float infinity = std::numeric_limits<float>::infinity();
  for (const std::size_t at : {9999u, 5000u, 4096u, 4095u, 0u}) {
    values[at] = at % 2 == 0 ? -infinity : std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(find_not_finite(values), at);
  }
}

TEST(WeightFiles, FindsTensorsOverShards) {
  const auto files = test::model_files(test::tiny_llama(), {.shards = 4});
  const auto weights = WeightFiles::open(memory_folder(files));
  ASSERT_TRUE(weights) << weights.error().message;
  EXPECT_EQ(weights->listing(), "model.safetensors.index.json");
  const auto index = nlohmann::json::parse(files.at("model.safetensors.index.json"));
  for (const auto& [tensor, shard] : index["weight_map"].items()) {
    const auto found = weights->find(tensor);
    ASSERT_TRUE(found) << tensor;
    EXPECT_EQ(*found.file, shard);
    EXPECT_EQ(found.tensor->name, tensor);
  }
  EXPECT_FALSE(weights->find("model.norm"));
  EXPECT_FALSE(weights->find(""));
  EXPECT_FALSE(weights->find("zzz"));
}

// What read() says is passed on, of the beginning as of the header.
TEST(Safetensors, AFileThatCannotBeRead) {
  const std::string bytes = safetensors_bytes(R"({"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]}})", "x");
  for (const std::uint64_t fails : {std::uint64_t{0}, std::uint64_t{8}}) {
    Folder folder = memory_folder({{"a.safetensors", bytes}});
    const auto read = folder.read;
    folder.read = [=](std::string_view name, std::uint64_t offset, std::span<std::byte> out) {
      if (offset == fails) return Status(input_error(name, "", "a read error of the disk", "bytes"));
      return read(name, offset, out);
    };
    const auto file = open_safetensors(folder, "a.safetensors");
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().message, "a.safetensors: found a read error of the disk, expected bytes");
  }
}

TEST(WeightFiles, AFileThatComesAndGoes) {
  Folder folder = memory_folder({{"model.safetensors", "x"}});
  folder.has = [](std::string_view) { return false; };
  const auto files = WeightFiles::open(folder);
  ASSERT_FALSE(files);
  EXPECT_NE(files.error().message.find("a file that comes and goes"), std::string::npos);
}

TEST(WeightFiles, NotMoreTensorsInAllShardsThanInOneFile) {
  const auto shard = [](char letter, int tensors) {
    std::string header = "{";
    for (int i = 0; i < tensors; ++i)
      header += std::string(i ? "," : "") + "\"" + letter + std::to_string(i) +
                R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
    return safetensors_bytes(header + "}", "");
  };
  const int half = static_cast<int>(safetensors_tensor_limit / 2);
  const std::string index = R"({"weight_map":{"a0":"a.safetensors","b0":"b.safetensors"}})";
  const auto open = [&](int more) {
    return WeightFiles::open(memory_folder({{"model.safetensors.index.json", index},
                                            {"a.safetensors", shard('a', half)},
                                            {"b.safetensors", shard('b', half + more)}}));
  };
  EXPECT_TRUE(open(0));
  const auto beyond = open(1);
  ASSERT_FALSE(beyond);
  EXPECT_NE(beyond.error().message.find("b.safetensors: header: found 65537 tensors"),
            std::string::npos)
      << beyond.error().message;
}

}  // namespace
}  // namespace kv::core
