// Ids against those of an independent implementation (tests/fixtures/tokenizers/expect.js).
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/fixtures/tokenizers/kinds.h"

namespace kv::test {
namespace {

using core::Token;
using core::Tokenizer;

class TokenizerIds : public testing::TestWithParam<std::string> {};

TEST_P(TokenizerIds, AreThoseOfTheReference) {
  const Tokenizer tokenizer = load_tokenizer(GetParam());
  const auto expected = nlohmann::json::parse(read_tokenizer_fixture(GetParam(), "expected.json"));
  ASSERT_GT(expected.size(), 100U);
  for (const auto& entry : expected) {
    const auto text = entry["text"].get<std::string>();
    const auto special = tokenizer.encode(text, true);
    const auto plain = tokenizer.encode(text, false);
    ASSERT_TRUE(special && plain) << text;
    EXPECT_EQ(*special, entry["ids_special"].get<std::vector<Token>>()) << "special: " << text;
    EXPECT_EQ(*plain, entry["ids_plain"].get<std::vector<Token>>()) << "plain: " << text;
  }
}

class TokenizerGivesBack : public testing::TestWithParam<std::string> {};

// The texts of the fixtures come back from their plain ids, spelled-out special tokens included.
TEST_P(TokenizerGivesBack, TheTextsOfTheFixtures) {
  const Tokenizer tokenizer = load_tokenizer(GetParam());
  const auto expected = nlohmann::json::parse(read_tokenizer_fixture(GetParam(), "expected.json"));
  for (const auto& entry : expected) {
    const auto text = entry["text"].get<std::string>();
    const auto ids = entry["ids_plain"].get<std::vector<Token>>();
    EXPECT_EQ(tokenizer.decode(ids), what_survives(GetParam(), text)) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, TokenizerIds, testing::ValuesIn(tokenizer_kinds()), kind_name);
INSTANTIATE_TEST_SUITE_P(Kinds, TokenizerGivesBack, testing::ValuesIn(faithful_kinds()), kind_name);

// The files hold both spellings of merges; the same merges must mean the same.
TEST(TokenizerIds, OldAndNewSpellingOfMergesAgree) {
  auto file = nlohmann::json::parse(read_tokenizer_fixture("gpt2", "tokenizer.json"));
  auto& merges = file["model"]["merges"];
  ASSERT_TRUE(merges[0].is_string());
  const std::string text = "The cat sat on the mat and looked at the lamp.";
  const auto expected = *load_tokenizer("gpt2").encode(text);
  merges.insert(merges.begin(), "#version: 0.2");
  const auto with_version = Tokenizer::parse(file.dump(), "with version line");
  ASSERT_TRUE(with_version) << with_version.error().message;
  EXPECT_EQ(*with_version->encode(text), expected);
  merges.erase(merges.begin());
  for (auto& merge : merges) {
    const auto both = merge.get<std::string>();
    const auto space = both.find(' ');
    merge = {both.substr(0, space), both.substr(space + 1)};
  }
  merges.insert(merges.begin(), "#version: 0.2");
  EXPECT_FALSE(Tokenizer::parse(file.dump(), "mixed")) << "the version line belongs to strings";
  merges.erase(merges.begin());
  const auto pairs = Tokenizer::parse(file.dump(), "pairs");
  ASSERT_TRUE(pairs) << pairs.error().message;
  EXPECT_EQ(*pairs->encode(text), expected);
}

}  // namespace
}  // namespace kv::test
