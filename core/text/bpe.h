// Byte pair encoding: which tokens a piece of text becomes. Source: Sennrich, Haddow and Birch
// 2016; options as in the Hugging Face tokenizers library, whose ids these are.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"
#include "core/model/config.h"
#include "core/text/mix_hash.h"

namespace kv::core {

// One rule: `left` followed by `right` becomes `result`.
struct Merge {
  Token left = 0;
  Token right = 0;
  Token result = 0;
};

// The rules in order of rank: the lowest rank is applied first, anywhere in the text.
class MergeTable {
 public:
  // False, and nothing changed, when a rule for this pair is there already.
  bool add(const Merge& merge);
  std::size_t size() const { return merges_.size(); }
  const Merge& operator[](std::uint32_t rank) const { return merges_[rank]; }
  std::optional<std::uint32_t> rank(Token left, Token right) const;

 private:
  std::vector<Merge> merges_;  // by rank
  std::unordered_map<std::uint64_t, std::uint32_t, MixHash> rank_of_pair_;
};

// Scratch memory of encode(), kept between pieces so that short words allocate nothing.
struct BpeScratch {
  struct Symbol {
    Token id;            // no_token once merged into its left neighbour
    std::uint32_t prev;  // places in `symbols`; end_of_list at the ends
    std::uint32_t next;
  };
  static constexpr Token no_token = -1;
  static constexpr std::uint32_t end_of_list = UINT32_MAX;

  std::vector<Symbol> symbols;
  std::vector<std::uint64_t> heap;  // rank << 32 | place of the left symbol
  // Candidates looked at since the scratch was made: the cost in units of O(log n).
  std::uint64_t candidates = 0;
};

// Merges scratch.symbols (whose ids are set, links not) until no rule applies; what is left is
// chained from place 0. Every merge adds at most two candidates, so n symbols cost at most 3n of
// them, each O(log n), however the rules look.
void merge_symbols(const MergeTable& merges, BpeScratch& scratch);

// A BPE model as its file describes it. Texts are bytes in a byte-level model, characters
// otherwise.
struct BpeModel {
  MergeTable merges;
  bool byte_level = false;
  bool byte_fallback = false;
  bool fuse_unknown = false;
  bool ignore_merges = false;    // a piece that is a token as a whole stays whole
  std::optional<Token> unknown;  // stands for what the vocabulary lacks
  // The token of each byte: its letter's (byte level) or its "<0x0A>" (byte fallback); no_token
  // where the vocabulary has none.
  std::array<Token, 256> byte_tokens{};
  // Single characters (not at byte level) and, with ignore_merges, whole tokens.
  std::unordered_map<std::string, Token, TextHash, std::equal_to<>> tokens;
};

// Appends the tokens of `piece` to `ids`. An input error naming the character or byte that the
// vocabulary cannot express.
Status encode_piece(const BpeModel& model, std::string_view piece, BpeScratch& scratch,
                    std::vector<Token>& ids);

}  // namespace kv::core
