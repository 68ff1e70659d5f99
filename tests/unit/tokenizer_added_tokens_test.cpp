// Finding added tokens in a text.
#include "core/text/added_tokens.h"

#include <gtest/gtest.h>

namespace kv::test {
namespace {

using core::AddedToken;
using core::AddedTokenFinder;

AddedToken token(core::Token id, std::string content) {
  AddedToken made;
  made.id = id;
  made.content = std::move(content);
  return made;
}

// The sections, tokens in brackets.
std::string shown(const std::vector<AddedToken>& tokens, std::string_view text,
                  bool special = true) {
  std::vector<std::string> searched;
  for (const AddedToken& one : tokens) searched.push_back(one.content);
  const auto finder = AddedTokenFinder::make(tokens, searched);
  EXPECT_TRUE(finder);
  std::string out;
  for (const auto& section : finder->split(text, special)) {
    if (!out.empty()) out += '|';
    out += section.token ? "[" + std::to_string(section.token->id) + "]" : "";
    out += section.text;
  }
  return out;
}

TEST(AddedTokens, LeftmostLongestWins) {
  const std::vector tokens = {token(1, "ab"), token(2, "abcd"), token(3, "bc"), token(4, "d")};
  EXPECT_EQ(shown(tokens, "xabcx"), "x|[1]ab|cx");
  EXPECT_EQ(shown(tokens, "abcd"), "[2]abcd");
  EXPECT_EQ(shown(tokens, "bcdbab"), "[3]bc|[4]d|b|[1]ab");
  EXPECT_EQ(shown(tokens, ""), "");
  EXPECT_EQ(shown({}, "abc"), "abc");
}

TEST(AddedTokens, SpecialOnesAreTextUnlessAskedFor) {
  std::vector tokens = {token(1, "<s>"), token(2, "<t>")};
  tokens[0].special = true;
  EXPECT_EQ(shown(tokens, "a<s>b<t>", true), "a|[1]<s>|b|[2]<t>");
  EXPECT_EQ(shown(tokens, "a<s>b<t>", false), "a<s>b|[2]<t>");
}

TEST(AddedTokens, SingleWordsStandAlone) {
  std::vector tokens = {token(1, "cat")};
  tokens[0].single_word = true;
  EXPECT_EQ(shown(tokens,
                  "cat concat cat_ cat's \xC3\xA9"
                  "cat"),
            "[1]cat| concat cat_ |[1]cat|'s \xC3\xA9"
            "cat");
  EXPECT_EQ(shown(tokens, "cat\xCC\x81"), "cat\xCC\x81") << "a combining mark belongs to the word";
}

TEST(AddedTokens, StrippingTakesWhiteSpaceAlong) {
  std::vector tokens = {token(1, "<l>"), token(2, "<r>")};
  tokens[0].lstrip = true;
  tokens[1].rstrip = true;
  EXPECT_EQ(shown(tokens, "a \t<l> b"), "a|[1] \t<l>| b");
  EXPECT_EQ(shown(tokens, "a <r>\xE3\x80\x80 b"), "a |[2]<r>\xE3\x80\x80 |b");
  EXPECT_EQ(shown(tokens, "<r>  <l>"), "[2]<r>  |[1]<l>") << "white space goes once";
}

TEST(AddedTokens, WhiteSpaceThatIsATokenMayBeTakenAlready) {
  std::vector tokens = {token(1, "<r>"), token(2, " ")};
  tokens[0].rstrip = true;
  tokens[1].lstrip = true;
  EXPECT_EQ(shown(tokens, "<r>  a"), "[1]<r>  |[2]|[2]|a");
  tokens[1].lstrip = false;
  tokens[1].rstrip = true;
  EXPECT_EQ(shown(tokens, "a   b"), "a|[2]   |[2]  |[2] |b") << "each takes all that is left";
}

// A run of white space that is itself full of stripping tokens must not be walked once for each.
TEST(AddedTokens, ManyStrippingTokensInOneRun) {
  std::vector tokens = {token(1, " ")};
  tokens[0].rstrip = true;
  tokens[0].lstrip = true;
  const std::string text(std::size_t{1} << 20, ' ');
  const auto finder = AddedTokenFinder::make(tokens, {" "});
  ASSERT_TRUE(finder);
  EXPECT_EQ(finder->split(text, true).size(), text.size());
}

}  // namespace
}  // namespace kv::test
