// Every input that was ever worth keeping, and thousands made of these: what is read is sound, what
// is refused is refused in words. run.sh goes on from here with libFuzzer.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <set>

#include "core/base/error.h"
#include "tests/fuzz/mutations.h"
#include "tests/fuzz/targets.h"

namespace kv::test {

// Found by its tests, whose names are else full of addresses.
static void PrintTo(const FuzzTarget& target, std::ostream* out) { *out << target.name; }

namespace {

namespace fs = std::filesystem;
const fs::path folder = fs::path(KVSCOPE_SOURCE_DIR) / "tests/fuzz";

constexpr std::size_t most_bytes = 16384;
constexpr std::size_t most_files = 40, most_bytes_of_all = 200'000;

int mutations() {
  const char* shortened = std::getenv("KVSCOPE_SHORT");
  return shortened && *shortened && *shortened != '0' ? 200 : 2000;
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> corpus_of(const std::string& name) {
  std::vector<fs::path> files;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder / "corpus" / name, none))
    files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

std::string complaint_about(const FuzzTarget& target, const std::string& input) {
  // On the heap and no longer than it is, so that reading beyond its end is seen.
  const std::vector<std::uint8_t> bytes(input.begin(), input.end());
  return target.run(bytes);
}

class Fuzz : public testing::TestWithParam<FuzzTarget> {};

TEST_P(Fuzz, TakesItsCorpus) {
  const auto files = corpus_of(GetParam().name);
  EXPECT_FALSE(files.empty());
  for (const fs::path& file : files)
    EXPECT_EQ(complaint_about(GetParam(), content_of(file)), "") << file;
}

TEST_P(Fuzz, TakesWhatIsMadeOfIt) {
  const std::string name = GetParam().name;
  std::vector<std::string> inputs;
  for (const fs::path& file : corpus_of(name)) inputs.push_back(content_of(file));
  ASSERT_FALSE(inputs.empty());
  const auto words = dictionary_words(content_of(folder / "dictionaries" / (name + ".dict")));
  for (int i = 0; i < mutations(); ++i) {
    const std::string input = mutated(inputs, words, static_cast<std::uint64_t>(i), most_bytes);
    ASSERT_EQ(complaint_about(GetParam(), input), "")
        << "mutation " << i << ": " << core::quoted(input, most_bytes);
  }
}

TEST_P(Fuzz, HasASmallCorpus) {
  const auto files = corpus_of(GetParam().name);
  std::uintmax_t bytes = 0;
  for (const fs::path& file : files) bytes += fs::file_size(file);
  EXPECT_LT(files.size(), most_files);
  EXPECT_LT(bytes, most_bytes_of_all);
}

INSTANTIATE_TEST_SUITE_P(Targets, Fuzz,
                         testing::ValuesIn(fuzz_targets().begin(), fuzz_targets().end()),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(FuzzCorpus, BelongsToTargets) {
  for (const char* kind : {"corpus", "dictionaries"})
    for (const auto& entry : fs::directory_iterator(folder / kind))
      EXPECT_NE(fuzz_target(entry.path().stem().string()), nullptr) << entry.path();
}

TEST(FuzzMutations, AreTheSameForTheSameSeedAndDifferForAnother) {
  const std::vector<std::string> inputs = {"{\"a\": 1}", "[2, 3]"}, words = {"null"};
  std::set<std::string> all;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const std::string one = mutated(inputs, words, seed, 64);
    EXPECT_EQ(one, mutated(inputs, words, seed, 64));
    EXPECT_LE(one.size(), 64U);
    all.insert(one);
  }
  EXPECT_GT(all.size(), 150U);
}

TEST(FuzzMutations, ReadADictionary) {
  const auto words = dictionary_words("# none\n\"a\\\"b\"\n\n\"\\\\x\\x0A\\xE2\"\n\"\"\n");
  EXPECT_EQ(words, (std::vector<std::string>{"a\"b", "\\x\n\xE2"}));
}

}  // namespace
}  // namespace kv::test
