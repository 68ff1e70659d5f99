#include "core/text/vocabulary.h"

namespace kv::core {

const Vocabulary::Entry* Vocabulary::find(Token id) const {
  return id >= 0 && id < size() ? &entries_[static_cast<std::size_t>(id)] : nullptr;
}

TokenKind Vocabulary::kind(Token id) const {
  const Entry* entry = find(id);
  return entry ? entry->kind : TokenKind::none;
}

bool Vocabulary::special(Token id) const {
  const Entry* entry = find(id);
  return entry && entry->special;
}

std::string_view Vocabulary::text(Token id) const {
  const Entry* entry = find(id);
  return entry ? std::string_view(texts_.data() + entry->begin, entry->length) : std::string_view();
}

void Vocabulary::set(Token id, std::string_view text, TokenKind kind, bool special) {
  Entry& entry = entries_[static_cast<std::size_t>(id)];
  entry = {static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(text.size()), kind,
           special};
  texts_.insert(texts_.end(), text.begin(), text.end());
}

}  // namespace kv::core
