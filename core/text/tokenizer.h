// Text to tokens and back, from a tokenizer.json: byte-level BPE (GPT-2, Llama-3, Qwen2, SmolLM
// patterns) and the sentencepiece-style BPE with byte fallback (Llama-2, TinyStories). Ids are
// those of the Hugging Face tokenizers library.
//
// Which texts come back from encode() and decode() byte for byte, special tokens kept:
//   byte level                          every text
//   Prepend and Replace normalizer      every text without U+2581 (the mark that stands for a
//   space;
//                                       it comes back as one)
//   Metaspace with a space in front     as before, and not if the text begins with a space: one is
//                                       lost, for "a" and " a" have the same ids
//   byte level with add_prefix_space    every text that does not begin with a space, likewise
// Where the space in front is added anew after every added token, "begins" means there, too. White
// space beside an added token that strips it (lstrip, rstrip) is lost, and so is what a vocabulary
// without byte fallback lacks (it becomes the unknown token).
//
// Time: parse() O(file size), but for a logarithm in looking names up; encode() O(n log n) in the
// bytes of the text, whatever the text, the merges and the added tokens; decode() linear in its
// output. All of it is const after parse() and may be used from several threads at once.
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
  // more than max_text_bytes and text that is no valid UTF-8, and (input error) a character that
  // the file has neither a token for nor an unknown token.
  Result<std::vector<Token>> encode(std::string_view text, bool special = true) const;

  // The bytes the tokens stand for, special tokens left out unless asked for. The space or mark
  // that encode() puts in front is taken away again. encode() then decode() gives the text back, as
  // said above. Ids that are no tokens stand for nothing.
  std::string decode(std::span<const Token> tokens, bool keep_special = false) const;

  // The token as it stands within a text, leading space included ("▁" and byte-level letters
  // undone). Special tokens give their name. What a model yields token by token can be shown by
  // appending these, though a character may take several tokens.
  std::string token_bytes(Token token) const;

  // token_bytes() for a screen: control characters as C escapes, and bytes that are only part of a
  // character as <0xE4>, never mojibake. Always valid UTF-8 of one line.
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
