// The fast searches against the plainest ones: merging by heap, and many strings in one pass.
#include <gtest/gtest.h>

#include <random>

#include "core/text/bpe.h"
#include "core/text/multi_match.h"

namespace kv::test {
namespace {

using core::BpeScratch;
using core::MergeTable;
using core::Token;

// The definition of BPE: find the pair of lowest rank, leftmost, merge it, start again.
std::vector<Token> merge_plainly(const MergeTable& table, std::vector<Token> ids) {
  for (;;) {
    std::size_t best = 0;
    std::uint32_t best_rank = UINT32_MAX;
    for (std::size_t i = 0; i + 1 < ids.size(); ++i)
      if (const auto rank = table.rank(ids[i], ids[i + 1]); rank && *rank < best_rank) {
        best = i;
        best_rank = *rank;
      }
    if (best_rank == UINT32_MAX) return ids;
    ids[best] = table[best_rank].result;
    ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(best) + 1);
  }
}

// Random merges in the manner of training: each joins two tokens that exist by then.
MergeTable random_merges(std::mt19937_64& random, Token letters, int count) {
  MergeTable table;
  Token next = letters;
  for (int i = 0; i < count; ++i) {
    const auto any = [&] {
      return static_cast<Token>(random() % static_cast<std::uint64_t>(next));
    };
    const Token left = any();
    const Token right = any();
    if (table.add({left, right, next})) ++next;
  }
  return table;
}

TEST(MergeSymbols, AgreesWithTheDefinition) {
  BpeScratch scratch;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    std::mt19937_64 random(seed);
    const auto letters = static_cast<Token>(1 + random() % 4);
    const MergeTable table = random_merges(random, letters, static_cast<int>(random() % 30));
    std::vector<Token> ids(1 + random() % 60);
    for (Token& id : ids) id = static_cast<Token>(random() % static_cast<std::uint64_t>(letters));
    scratch.symbols.clear();
    for (const Token id : ids) scratch.symbols.push_back({id, 0, 0});
    core::merge_symbols(table, scratch);
    std::vector<Token> found;
    for (std::uint32_t i = 0; i != BpeScratch::end_of_list; i = scratch.symbols[i].next)
      found.push_back(scratch.symbols[i].id);
    ASSERT_EQ(found, merge_plainly(table, ids)) << "seed " << seed;
  }
}

std::string random_string(std::mt19937_64& random, std::size_t longest) {
  std::string text(1 + random() % longest, 'a');
  for (char& c : text) c = static_cast<char>('a' + random() % 3);
  return text;
}

TEST(MultiMatch, AgreesWithTryingEveryString) {
  std::size_t matches = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<std::string> strings(random() % 8);
    for (std::string& one : strings) one = random_string(random, 6);
    const std::string text = random_string(random, 80);
    const auto found = core::MultiMatch(strings).longest_at_each(text);
    ASSERT_EQ(found.size(), text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
      std::uint32_t best = core::MultiMatch::none;
      for (std::uint32_t i = 0; i < strings.size(); ++i) {
        const bool here = std::string_view(text).substr(at).starts_with(strings[i]);
        if (here && (best == core::MultiMatch::none || strings[i].size() > strings[best].size()))
          best = i;
      }
      ASSERT_EQ(found[at], best) << "seed " << seed << ", at " << at;
      matches += best != core::MultiMatch::none;
    }
  }
  EXPECT_GT(matches, 1000U);
}

// Strings that make a search that starts anew at every place quadratic.
TEST(MultiMatch, LongStringsThatAlmostMatchEverywhere) {
  const std::string text(std::size_t{1} << 20, 'a');
  const std::string almost = std::string(std::size_t{1} << 16, 'a') + "b";
  const auto found = core::MultiMatch({almost, "b" + almost}).longest_at_each(text);
  EXPECT_EQ(std::count(found.begin(), found.end(), core::MultiMatch::none),
            static_cast<std::ptrdiff_t>(text.size()));
}

}  // namespace
}  // namespace kv::test
