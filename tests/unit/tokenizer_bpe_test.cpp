// Byte pair encoding itself: order of merges, cost, unknown characters.
#include "core/text/bpe.h"

#include <gtest/gtest.h>

namespace kv::test {
namespace {

using core::BpeModel;
using core::BpeScratch;
using core::MergeTable;
using core::Token;

std::vector<Token> merged(const MergeTable& table, const std::vector<Token>& ids,
                          BpeScratch& scratch) {
  scratch.symbols.clear();
  for (const Token id : ids) scratch.symbols.push_back({id, 0, 0});
  core::merge_symbols(table, scratch);
  std::vector<Token> out;
  for (std::uint32_t i = 0; i != BpeScratch::end_of_list; i = scratch.symbols[i].next)
    out.push_back(scratch.symbols[i].id);
  return out;
}

TEST(MergeSymbols, LowestRankFirstThenLeftmost) {
  MergeTable table;
  ASSERT_TRUE(table.add({1, 2, 10}));   // bc
  ASSERT_TRUE(table.add({0, 1, 11}));   // ab
  ASSERT_TRUE(table.add({0, 0, 12}));   // aa
  ASSERT_TRUE(table.add({0, 10, 13}));  // a bc
  BpeScratch scratch;
  EXPECT_EQ(merged(table, {0, 1, 2}, scratch), (std::vector<Token>{13}));
  EXPECT_EQ(merged(table, {0, 0, 0}, scratch), (std::vector<Token>{12, 0}));
  EXPECT_EQ(merged(table, {0, 0, 1}, scratch), (std::vector<Token>{0, 11}));
  EXPECT_EQ(merged(table, {2}, scratch), (std::vector<Token>{2}));
}

TEST(MergeTable, TakesAPairOnce) {
  MergeTable table;
  EXPECT_TRUE(table.add({1, 2, 3}));
  EXPECT_FALSE(table.add({1, 2, 4}));
  EXPECT_TRUE(table.add({2, 1, 4}));
  EXPECT_EQ(table.size(), 2U);
  EXPECT_EQ(table.rank(2, 1), 1U);
  EXPECT_FALSE(table.rank(1, 1));
}

// A million equal characters: every doubling merges everywhere at once. The number of candidates
// looked at is what makes it O(n log n).
TEST(MergeSymbols, CandidatesStayLinear) {
  MergeTable table;
  for (Token level = 0; level < 10; ++level) ASSERT_TRUE(table.add({level, level, level + 1}));
  BpeScratch scratch;
  const std::size_t count = std::size_t{1} << 20;
  const auto out = merged(table, std::vector<Token>(count, 0), scratch);
  EXPECT_EQ(out, std::vector<Token>(count >> 10, 10));
  EXPECT_LE(scratch.candidates, 3 * count);
}

class EncodePiece : public testing::Test {
 protected:
  EncodePiece() {
    model_.byte_tokens.fill(BpeScratch::no_token);
    model_.tokens = {{"a", 0}, {"b", 1}};
  }
  std::vector<Token> ids(std::string_view text) {
    std::vector<Token> out;
    const auto error = core::encode_piece(model_, text, scratch_, out);
    EXPECT_FALSE(error) << error->message;
    return out;
  }
  BpeModel model_;
  BpeScratch scratch_;
};

TEST_F(EncodePiece, UnknownCharactersAreFusedOnlyIfAsked) {
  model_.unknown = 9;
  EXPECT_EQ(ids("axyb\xC3\xA9"), (std::vector<Token>{0, 9, 9, 1, 9}));
  model_.fuse_unknown = true;
  EXPECT_EQ(ids("axyb\xC3\xA9"), (std::vector<Token>{0, 9, 1, 9}));
}

TEST_F(EncodePiece, BytesStandInForACharacterOnlyAllTogether) {
  model_.byte_fallback = true;
  model_.byte_tokens[0xC3] = 5;
  model_.byte_tokens[0xA9] = 6;
  EXPECT_EQ(ids("a\xC3\xA9"), (std::vector<Token>{0, 5, 6}));
  std::vector<Token> out;
  EXPECT_TRUE(core::encode_piece(model_, "a\xC3\xA8", scratch_, out));
  model_.unknown = 9;
  EXPECT_EQ(ids("a\xC3\xA8"), (std::vector<Token>{0, 9}));
}

TEST_F(EncodePiece, AWholeTokenNeedsNoMergesIfTheFileSaysSo) {
  model_.tokens.emplace("abb", 7);
  EXPECT_EQ(ids("abb"), (std::vector<Token>{0, 1, 1}));
  model_.ignore_merges = true;
  EXPECT_EQ(ids("abb"), (std::vector<Token>{7}));
  EXPECT_EQ(ids("abbb"), (std::vector<Token>{0, 1, 1, 1}));
  EXPECT_TRUE(ids("").empty());
}

}  // namespace
}  // namespace kv::test
