#include "core/text/tokenizer.h"

#include "core/base/utf8.h"
#include "core/text/pipeline.h"
#include "core/text/showable.h"
#include "core/text/tokenizer_json.h"

namespace kv::core {

struct Tokenizer::Data {
  TokenizerParts parts;
};

Tokenizer::Tokenizer(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

Result<Tokenizer> Tokenizer::parse(std::string_view json_text, const std::string& label,
                                   int vocabulary) {
  auto parts = read_tokenizer_json(json_text, label, vocabulary);
  if (!parts) return parts.error();
  return Tokenizer(std::make_shared<const Data>(Data{std::move(*parts)}));
}

Result<std::vector<Token>> Tokenizer::encode(std::string_view text, bool special) const {
  if (text.size() > max_text_bytes)
    return Error{ErrorKind::usage, "text: found " + std::to_string(text.size()) +
                                       " bytes, expected at most " +
                                       std::to_string(max_text_bytes)};
  if (const auto at = find_invalid_utf8(text); at != std::string_view::npos)
    return Error{ErrorKind::usage, "text: found " + core::quoted(text.substr(at, 1)) + " at byte " +
                                       std::to_string(at) + ", expected valid UTF-8"};
  return encode_text(data_->parts, text, special);
}

std::string Tokenizer::decode(std::span<const Token> tokens, bool keep_special) const {
  return decode_tokens(data_->parts, tokens, keep_special);
}

std::string Tokenizer::token_bytes(Token token) const { return piece_bytes(data_->parts, token); }

std::string Tokenizer::token_text(Token token) const {
  return escape_controls(displayable(token_bytes(token)));
}

bool Tokenizer::is_special(Token token) const { return data_->parts.vocabulary.special(token); }

int Tokenizer::size() const { return data_->parts.vocabulary.size(); }

}  // namespace kv::core
