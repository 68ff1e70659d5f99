// Ten thousand folders, each a good one with something changed at random: each loads or is refused
// with one line, and none takes more memory than its files and 64 MiB.
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <random>

#include "core/base/utf8.h"
#include "core/model/load_model.h"
#include "tests/malformed/allocation_meter.h"
#include "tests/malformed/broken_folder.h"

namespace kv::test {
namespace {

constexpr int mutations_of_each_folder = 2500;
constexpr std::size_t allowance = std::size_t{64} << 20;

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  // Changes one file of the folder, mostly its JSON.
  void change(Files& files) {
    auto file = files.begin();
    std::advance(file, static_cast<std::ptrdiff_t>(below(files.size())));
    std::string& bytes = file->second;
    if (below(4) == 0) return change_bytes(bytes);
    if (!file->first.ends_with(".safetensors")) return change_text(bytes);
    std::string header = header_of(bytes);
    change_text(header);
    // Half the time the length says what it said before.
    const std::string changed = safetensors_bytes(header, data_of(bytes));
    bytes = below(2) == 0 ? changed : bytes.substr(0, 8) + changed.substr(8);
  }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  void change_text(std::string& text) {
    if (below(3) == 0) return change_bytes(text);
    swap_tokens(text);
  }

  void change_bytes(std::string& bytes) {
    const std::size_t times = 1 + below(3);
    for (std::size_t i = 0; i < times && !bytes.empty(); ++i) {
      const std::size_t at = below(bytes.size());
      switch (below(6)) {
        case 0:
          bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
          break;
        case 1:
          bytes[at] = static_cast<char>(random_());
          break;
        case 2:
          bytes.resize(at);
          break;
        case 3:
          bytes.insert(at, 1 + below(20), static_cast<char>(random_()));
          break;
        case 4:
          bytes.erase(at, 1 + below(20));
          break;
        default:
          bytes.insert(at, bytes.substr(below(bytes.size()), 1 + below(60)));
          break;
      }
    }
  }

  // Begin and length of each string, number and word.
  static std::vector<std::pair<std::size_t, std::size_t>> tokens_of(const std::string& text) {
    std::vector<std::pair<std::size_t, std::size_t>> tokens;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = at;
      if (text[at] == '"')
        at = std::min(text.find('"', at + 1), text.size() - 1) + 1;
      else
        at = std::min(std::max(text.find_first_of(" \n,:[]{}\"", at), at + 1), text.size());
      if (std::string(" \n,:").find(text[begin]) == std::string::npos)
        tokens.emplace_back(begin, at - begin);
    }
    return tokens;
  }

  void swap_tokens(std::string& text) {
    static constexpr std::array<const char*, 24> words = {"0",
                                                          "1",
                                                          "-1",
                                                          "2147483648",
                                                          "4294967296",
                                                          "18446744073709551615",
                                                          "18446744073709551616",
                                                          "1e999",
                                                          "1e-999",
                                                          "0.5",
                                                          "null",
                                                          "true",
                                                          "[]",
                                                          "{}",
                                                          "\"\"",
                                                          "[[[[[[[[[[[[0]]]]]]]]]]]]",
                                                          "\"F16\"",
                                                          "\"I64\"",
                                                          "\"llama\"",
                                                          "\"gpt2\"",
                                                          "\"..\"",
                                                          "9223372036854775808",
                                                          ",",
                                                          "\"\\u0000\""};
    const auto tokens = tokens_of(text);
    if (tokens.empty()) return;
    const auto [at, length] = tokens[below(tokens.size())];
    if (below(2) == 0) {
      text.replace(at, length, words[below(words.size())]);
      return;
    }
    const auto [from, count] = tokens[below(tokens.size())];
    text.replace(at, length, text.substr(from, count));
  }

  std::mt19937_64 random_;
};

std::size_t size_of(const Files& files) {
  std::size_t size = 0;
  for (const auto& [name, content] : files) size += content.size();
  return size;
}

// Whether it loaded.
bool expect_loads_or_is_refused(const Files& files) {
  const core::Folder folder = memory_folder(files);
  const AllocationMeter meter;
  const auto model = core::load_model(folder, {});
  const auto config = core::check_model(folder);
  EXPECT_LE(meter.peak(), size_of(files) + allowance);
  EXPECT_EQ(static_cast<bool>(model), static_cast<bool>(config));
  if (model) {
    EXPECT_EQ((*model)->config, *config);
    EXPECT_LE(core::model_bytes((*model)->config), 4 * size_of(files) + 65536);
    return true;
  }
  const std::string& message = model.error().message;
  EXPECT_EQ(model.error().kind, core::ErrorKind::input) << message;
  EXPECT_EQ(message, config.error().message);
  EXPECT_TRUE(message.starts_with("folder/")) << message;
  EXPECT_NE(message.find(": found "), std::string::npos) << message;
  EXPECT_NE(message.find(", expected "), std::string::npos) << message;
  EXPECT_LT(message.size(), 1000u) << message;
  EXPECT_EQ(core::find_invalid_utf8(message), std::string::npos) << message;
  for (const char c : message) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << message;
  return false;
}

void mutate_often(const Files& good, std::uint64_t seed) {
  ASSERT_TRUE(core::load_model(memory_folder(good), {}));
  int loaded = 0, refused = 0;
  for (int i = 0; i < mutations_of_each_folder; ++i) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", mutation " + std::to_string(i));
    Files files = good;
    Mutator mutator(seed * 1'000'003 + static_cast<std::uint64_t>(i));
    mutator.change(files);
    ++(expect_loads_or_is_refused(files) ? loaded : refused);
    if (testing::Test::HasFailure()) return;
  }
  // Neither side may be empty, or the mutations are too mild or too wild to show anything.
  EXPECT_GT(loaded, mutations_of_each_folder / 50);
  EXPECT_GT(refused, mutations_of_each_folder / 2);
}

TEST(Mutation, OfLlama) { mutate_often(good_llama(), 1); }
TEST(Mutation, OfGpt2) { mutate_often(good_gpt2(), 2); }
TEST(Mutation, OfShards) { mutate_often(good_shards(), 3); }
TEST(Mutation, OfHalfPrecision) {
  core::ModelConfig config = tiny_llama();
  config.tied_head = true;
  config.qkv_bias = config.output_bias = config.mlp_bias = true;
  config.rope_scaling = core::Llama3RopeScaling{8, 1, 4, 16};
  mutate_often(model_files(config, {.seed = 6, .dtype = core::DType::f16, .prefix = false}), 4);
}

}  // namespace
}  // namespace kv::test
