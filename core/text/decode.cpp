#include <algorithm>

#include "core/text/pipeline.h"

namespace kv::core {
namespace {

std::string unmark_spaces(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(space_mark), text.size());
    out.append(text.substr(0, end));
    if (end == text.size()) break;
    out += ' ';
    text.remove_prefix(end + space_mark.size());
  }
  return out;
}

// Undoes encoding token by token. The one thing that needs memory is the space that encoding puts
// in front of a stretch of text: it is taken away again, exactly one, where it was put.
class Decoder {
 public:
  Decoder(const TokenizerParts& parts, bool keep_special)
      : parts_(parts),
        keep_special_(keep_special),
        prefixes_all_(parts.pipeline.prepend_mark ||
                      parts.pipeline.prefix_space == PrefixSpace::always),
        prefix_pending_(prefixes_all_ || parts.pipeline.prefix_space == PrefixSpace::first) {}

  // Start tokens stand before the text, so they do not end its beginning.
  void add_before_text(Token token) {
    if (kept(token)) out_ += piece_bytes(parts_, token);
  }

  void add(Token token) {
    if (parts_.vocabulary.kind(token) == TokenKind::added) {
      add_added(token);
    } else {
      append(piece_bytes(parts_, token));
    }
  }

  std::string take() { return std::move(out_); }

 private:
  bool kept(Token token) const { return keep_special_ || !parts_.vocabulary.special(token); }

  void add_added(Token token) {
    std::string text = piece_bytes(parts_, token);
    // The normalizer's mark is part of what such a token was found as.
    const bool normalized = parts_.normalized[static_cast<std::size_t>(token)];
    const bool with_mark = normalized && parts_.pipeline.prepend_mark;
    if (with_mark) {
      if (kept(token)) append(text.insert(0, " "));
    } else {
      if (kept(token)) out_ += text;
      if (!inside_text(token)) prefix_pending_ = prefixes_all_;
    }
  }

  // The unknown token most likely stands for a character, so the text goes on after it.
  bool inside_text(Token token) const {
    return parts_.model.unknown == token && !parts_.model.byte_fallback;
  }

  void append(std::string_view text) {
    if (text.empty()) return;
    if (prefix_pending_ && text[0] == ' ') text.remove_prefix(1);
    out_ += text;
    prefix_pending_ = false;
  }

  const TokenizerParts& parts_;
  bool keep_special_;
  bool prefixes_all_;
  bool prefix_pending_;
  std::string out_;
};

}  // namespace

std::string piece_bytes(const TokenizerParts& parts, Token token) {
  const std::string_view text = parts.vocabulary.text(token);
  const bool marked =
      parts.vocabulary.kind(token) == TokenKind::piece && parts.pipeline.marks_spaces();
  return marked ? unmark_spaces(text) : std::string(text);
}

std::string decode_tokens(const TokenizerParts& parts, std::span<const Token> tokens,
                          bool keep_special) {
  Decoder decoder(parts, keep_special);
  const auto& before = parts.pipeline.before;
  std::size_t at = 0;
  if (tokens.size() >= before.size() && std::equal(before.begin(), before.end(), tokens.begin()))
    while (at < before.size()) decoder.add_before_text(tokens[at++]);
  while (at < tokens.size()) decoder.add(tokens[at++]);
  return decoder.take();
}

}  // namespace kv::core
