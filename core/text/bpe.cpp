#include "core/text/bpe.h"

#include <algorithm>
#include <functional>
#include <string>

#include "core/base/utf8.h"

namespace kv::core {
namespace {

using Symbol = BpeScratch::Symbol;

std::uint64_t pair_key(Token left, Token right) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32 |
         static_cast<std::uint32_t>(right);
}

// Candidate merge of the symbol at `place` with the one after it, if there is a rule for it.
void consider(const MergeTable& merges, BpeScratch& scratch, std::uint32_t place) {
  const Symbol& left = scratch.symbols[place];
  if (left.next == BpeScratch::end_of_list) return;
  if (const auto rank = merges.rank(left.id, scratch.symbols[left.next].id)) {
    // Of equal ranks the leftmost comes first, as the place is in the low bits.
    scratch.heap.push_back(std::uint64_t{*rank} << 32 | place);
    std::push_heap(scratch.heap.begin(), scratch.heap.end(), std::greater<>());
  }
}

std::uint64_t pop(std::vector<std::uint64_t>& heap) {
  std::pop_heap(heap.begin(), heap.end(), std::greater<>());
  const std::uint64_t top = heap.back();
  heap.pop_back();
  return top;
}

void link(BpeScratch& scratch) {
  const auto count = static_cast<std::uint32_t>(scratch.symbols.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    scratch.symbols[i].prev = i == 0 ? BpeScratch::end_of_list : i - 1;
    scratch.symbols[i].next = i + 1 == count ? BpeScratch::end_of_list : i + 1;
  }
}

// Collects the symbols a piece starts as, with the library's order of unknown tokens.
class Beginning {
 public:
  Beginning(const BpeModel& model, std::vector<Symbol>& symbols)
      : model_(model), symbols_(symbols) {}

  void known(Token id) {
    flush();
    add(id);
  }

  // False when the vocabulary cannot express the character at all.
  bool missing(std::string_view character) {
    if (model_.byte_fallback && add_bytes(character)) return true;
    if (!model_.unknown) return false;
    if (!model_.fuse_unknown) flush();
    pending_unknown_ = true;
    return true;
  }

  void flush() {
    if (pending_unknown_) add(*model_.unknown);
    pending_unknown_ = false;
  }

 private:
  void add(Token id) { symbols_.push_back({id, 0, 0}); }

  // A pending unknown token is not flushed first: so the library does, and so the ids are.
  bool add_bytes(std::string_view character) {
    const auto token = [&](char c) { return model_.byte_tokens[static_cast<unsigned char>(c)]; };
    for (const char c : character)
      if (token(c) == BpeScratch::no_token) return false;
    for (const char c : character) add(token(c));
    return true;
  }

  const BpeModel& model_;
  std::vector<Symbol>& symbols_;
  bool pending_unknown_ = false;
};

Error cannot_express(const BpeModel& model, std::string_view unit) {
  static constexpr char hex[] = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(unit[0]);
  const std::string what = model.byte_level
                               ? std::string("byte 0x") + hex[byte >> 4] + hex[byte & 15]
                               : "character " + core::quoted(unit);
  return {ErrorKind::input,
          "model.vocab: has no token for " + what + " and model.unk_token is null"};
}

Status start(const BpeModel& model, std::string_view piece, std::vector<Symbol>& symbols) {
  Beginning beginning(model, symbols);
  while (!piece.empty()) {
    const std::string_view unit = piece.substr(0, model.byte_level ? 1 : utf8_length(piece));
    Token id = BpeScratch::no_token;
    if (model.byte_level) {
      id = model.byte_tokens[static_cast<unsigned char>(unit[0])];
    } else if (const auto found = model.tokens.find(unit); found != model.tokens.end()) {
      id = found->second;
    }
    if (id != BpeScratch::no_token) {
      beginning.known(id);
    } else if (!beginning.missing(unit)) {
      return cannot_express(model, unit);
    }
    piece.remove_prefix(unit.size());
  }
  beginning.flush();
  return {};
}

}  // namespace

bool MergeTable::add(const Merge& merge) {
  const auto rank = static_cast<std::uint32_t>(merges_.size());
  if (!rank_of_pair_.try_emplace(pair_key(merge.left, merge.right), rank).second) return false;
  merges_.push_back(merge);
  return true;
}

std::optional<std::uint32_t> MergeTable::rank(Token left, Token right) const {
  const auto found = rank_of_pair_.find(pair_key(left, right));
  if (found == rank_of_pair_.end()) return {};
  return found->second;
}

void merge_symbols(const MergeTable& merges, BpeScratch& scratch) {
  auto& symbols = scratch.symbols;
  link(scratch);
  scratch.heap.clear();
  for (std::uint32_t i = 0; i < symbols.size(); ++i) consider(merges, scratch, i);
  while (!scratch.heap.empty()) {
    const std::uint64_t top = pop(scratch.heap);
    ++scratch.candidates;
    const Merge& merge = merges[static_cast<std::uint32_t>(top >> 32)];
    const auto place = static_cast<std::uint32_t>(top);
    Symbol& left = symbols[place];
    // Either symbol may have been merged with another since the candidate was noted.
    if (left.id != merge.left || left.next == BpeScratch::end_of_list) continue;
    Symbol& right = symbols[left.next];
    if (right.id != merge.right) continue;
    left.id = merge.result;
    left.next = right.next;
    right.id = BpeScratch::no_token;
    if (left.next != BpeScratch::end_of_list) symbols[left.next].prev = place;
    if (left.prev != BpeScratch::end_of_list) consider(merges, scratch, left.prev);
    consider(merges, scratch, place);
  }
}

Status encode_piece(const BpeModel& model, std::string_view piece, BpeScratch& scratch,
                    std::vector<Token>& ids) {
  if (piece.empty()) return {};
  if (model.ignore_merges) {
    if (const auto whole = model.tokens.find(piece); whole != model.tokens.end()) {
      ids.push_back(whole->second);
      return {};
    }
  }
  scratch.symbols.clear();
  if (auto error = start(model, piece, scratch.symbols)) return error;
  merge_symbols(model.merges, scratch);
  for (std::uint32_t i = 0; i != BpeScratch::end_of_list; i = scratch.symbols[i].next)
    ids.push_back(scratch.symbols[i].id);
  return {};
}

}  // namespace kv::core
