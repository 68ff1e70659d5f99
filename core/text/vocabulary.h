// Every token of a tokenizer.json by id: what it stands for and what sort of token it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/config.h"

namespace kv::core {

enum class TokenKind : std::uint8_t {
  none,   // a gap between ids
  piece,  // of the model's own vocabulary; its text may hold "▁" for a space
  byte,   // "<0x0A>" of a byte fallback; its text is that one byte
  added,  // from added_tokens; its text is taken as it is
};

// Texts lie in one block, so a file of a million ids costs a few bytes per id, not an object each.
class Vocabulary {
 public:
  static constexpr int limit = 1 << 20;                               // ids lie below it
  static constexpr std::size_t longest_text = std::size_t{64} << 10;  // bytes of one token

  // Room for ids below `size`, all of them gaps.
  explicit Vocabulary(int size = 0) : entries_(static_cast<std::size_t>(size)) {}

  int size() const { return static_cast<int>(entries_.size()); }
  bool contains(Token id) const { return kind(id) != TokenKind::none; }
  // none for an id outside [0, size()).
  TokenKind kind(Token id) const;
  bool special(Token id) const;
  // Empty for a gap. The view lives until the next set().
  std::string_view text(Token id) const;

  // `id` must be in [0, size()). A second call for an id replaces the first.
  void set(Token id, std::string_view text, TokenKind kind, bool special = false);

 private:
  struct Entry {
    std::uint32_t begin = 0;
    std::uint32_t length = 0;
    TokenKind kind = TokenKind::none;
    bool special = false;
  };
  const Entry* find(Token id) const;

  std::vector<Entry> entries_;
  std::vector<char> texts_;
};

}  // namespace kv::core
