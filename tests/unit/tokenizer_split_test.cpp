// The known patterns, on what they differ in.
#include "core/text/split.h"

#include <gtest/gtest.h>

namespace kv::test {
namespace {

using core::SplitRule;
using Pieces = std::vector<std::string_view>;

Pieces split(SplitRule rule, std::string_view text) {
  const auto splitter = core::Splitter::make(rule);
  EXPECT_TRUE(splitter);
  Pieces pieces;
  const auto error = splitter->split(text, pieces);
  EXPECT_FALSE(error);
  return pieces;
}

TEST(Split, Gpt2) {
  EXPECT_EQ(split(SplitRule::gpt2, "I'm  here,\n\nOK 1234!"),
            (Pieces{"I", "'m", " ", " here", ",", "\n", "\n", "OK", " 1234", "!"}));
  EXPECT_EQ(split(SplitRule::gpt2, "I'M"), (Pieces{"I", "'", "M"}));
  EXPECT_EQ(split(SplitRule::gpt2, "a   "), (Pieces{"a", "   "}));
}

TEST(Split, Llama3) {
  EXPECT_EQ(split(SplitRule::llama3, "I'M  here,\n\nOK 1234!\n"),
            (Pieces{"I", "'M", " ", " here", ",\n\n", "OK", " ", "123", "4", "!\n"}));
  EXPECT_EQ(split(SplitRule::llama3, "a \n \n b"), (Pieces{"a", " \n \n", " b"}));
}

TEST(Split, Qwen2TakesDigitsOneByOne) {
  EXPECT_EQ(split(SplitRule::qwen2, "a 123"), (Pieces{"a", " ", "1", "2", "3"}));
}

TEST(Split, Digits) {
  EXPECT_EQ(split(SplitRule::digits, "a12 b"), (Pieces{"a", "1", "2", " b"}));
  EXPECT_EQ(split(SplitRule::digit_runs, "a12 b\xE2\x85\xA7"),
            (Pieces{"a", "12", " b", "\xE2\x85\xA7"}));
  EXPECT_TRUE(split(SplitRule::digits, "").empty());
}

// U+0085 is white space, U+180E and U+200B are not: as the engines have it that files are made for.
TEST(Split, WhiteSpaceIsUnicodes) {
  EXPECT_EQ(split(SplitRule::gpt2, "a\xC2\x85"), (Pieces{"a", "\xC2\x85"}));
  EXPECT_EQ(split(SplitRule::gpt2, "!\xC2\x85"), (Pieces{"!", "\xC2\x85"}));
  EXPECT_EQ(split(SplitRule::gpt2, "!\xE1\xA0\x8E"), (Pieces{"!\xE1\xA0\x8E"}));
  EXPECT_EQ(split(SplitRule::gpt2, "!\xE2\x80\x8B"), (Pieces{"!\xE2\x80\x8B"}));
}

TEST(Split, PatternsAreKnownByTheirExactText) {
  const std::string_view gpt2 =
      R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
  const SplitRule* rule = core::find_split_rule(gpt2);
  ASSERT_TRUE(rule);
  EXPECT_EQ(*rule, SplitRule::gpt2);
  EXPECT_FALSE(core::find_split_rule(""));
  EXPECT_FALSE(core::find_split_rule(std::string(gpt2) + " "));
  EXPECT_FALSE(core::find_split_rule(R"(\p{N})")) << "Digits' own, not a pattern of a file";
  EXPECT_FALSE(core::find_split_rule("(a+)+$"));
}

}  // namespace
}  // namespace kv::test
