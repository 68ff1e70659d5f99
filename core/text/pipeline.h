// What happens to a text before and after byte pair encoding, as a tokenizer.json says it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/model/config.h"
#include "core/text/added_tokens.h"
#include "core/text/bpe.h"
#include "core/text/split.h"
#include "core/text/vocabulary.h"

namespace kv::core {

// "▁", which stands for a space in sentencepiece-style vocabularies.
inline constexpr std::string_view space_mark = "\xE2\x96\x81";

// Where the pre-tokenizer puts a space (or its mark) in front, unless one is there already.
enum class PrefixSpace {
  never,
  first,   // the very beginning of the text
  always,  // the beginning and after every added token
};

struct Pipeline {
  // Normalizer.
  bool prepend_mark = false;    // a mark before every stretch between added tokens, always
  bool replace_spaces = false;  // " " becomes "▁"
  // Pre-tokenizer.
  bool byte_level = false;
  bool metaspace = false;       // " " becomes "▁", after normalized added tokens were looked for
  bool split_at_marks = false;  // metaspace: pieces begin at each mark
  PrefixSpace prefix_space = PrefixSpace::never;
  std::vector<Splitter> splitters;  // byte level: applied one after the other
  // Post-processor: what it puts before and after the text.
  std::vector<Token> before;
  std::vector<Token> after;

  bool marks_spaces() const { return replace_spaces || metaspace; }
};

// Everything a tokenizer.json holds that encoding and decoding need.
struct TokenizerParts {
  std::string label;  // the file, for messages
  Vocabulary vocabulary;
  BpeModel model;
  Pipeline pipeline;
  AddedTokenFinder raw_tokens;         // looked for in the text as it came
  AddedTokenFinder normalized_tokens;  // looked for after the normalizer
  std::vector<bool> normalized;        // by id, for added tokens: found after the normalizer
};

// The text, which must not be empty, as the normalizer leaves it.
std::string normalize(const Pipeline& pipeline, std::string_view text);

// encode_text() and decode_tokens() do what Tokenizer's encode() and decode() promise; the text is
// checked already.
Result<std::vector<Token>> encode_text(const TokenizerParts& parts, std::string_view text,
                                       bool special);
std::string decode_tokens(const TokenizerParts& parts, std::span<const Token> tokens,
                          bool keep_special);

// The bytes of one token within a text.
std::string piece_bytes(const TokenizerParts& parts, Token token);

}  // namespace kv::core
