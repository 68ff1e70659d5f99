// Text to tokens and back, from a tokenizer.json: byte-level BPE (GPT-2, Llama-3, SmolLM
// patterns) and the sentencepiece-style BPE with byte fallback (Llama-2, TinyStories).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/model/config.h"

namespace kv::core {

class Tokenizer {
 public:
  // Refuses what it cannot do exactly (other models than BPE, unknown normalizers and patterns) by
  // name. `label` stands in messages ("folder/tokenizer.json"). `vocabulary` is the number of rows
  // of the model's embedding: ids must lie below it; 0 when no model is at hand.
  static Result<Tokenizer> parse(std::string_view json_text, const std::string& label,
                                 int vocabulary = 0);

  // Ids of `text`. With `special`, the file's post_processor is applied (start tokens and such) and
  // special tokens written out in the text become one id; without, neither. Refuses (usage error)
  // more than max_text_bytes and text that is no valid UTF-8.
  Result<std::vector<Token>> encode(std::string_view text, bool special = true) const;

  // The bytes the tokens stand for, special tokens left out unless asked for. encode() then
  // decode() gives the text back, whatever it was.
  std::string decode(std::span<const Token> tokens, bool keep_special = false) const;

  // The token as it stands within a text, leading space included ("▁" and byte-level letters
  // undone). Special tokens give their name.
  std::string token_bytes(Token token) const;

  // token_bytes() for a screen: control characters as C escapes, and bytes that are only part of a
  // character as <0xE4>, never mojibake. Always valid UTF-8.
  std::string token_text(Token token) const;

  bool is_special(Token token) const;
  // One more than the largest id, added tokens included.
  int size() const;

  static constexpr std::size_t max_text_bytes = std::size_t{1} << 20;

 private:
  struct Data;
  explicit Tokenizer(std::shared_ptr<const Data> data);
  std::shared_ptr<const Data> data_;
};

// Any bytes made showable: valid UTF-8 stays, the rest becomes <0xHH>; control characters stay.
std::string displayable(std::string_view bytes);

}  // namespace kv::core
