// Tokens a file adds beside its model: special ones such as "<|endoftext|>" and others that are
// taken out of the text before it is cut into pieces.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/model/config.h"
#include "core/text/multi_match.h"
#include "core/text/split.h"

namespace kv::core {

struct AddedToken {
  Token id = 0;
  std::string content;
  bool special = false;      // left out when decoding
  bool single_word = false;  // not beside a word character
  bool lstrip = false;       // takes the white space before it along
  bool rstrip = false;       // and after it
  bool normalized = false;   // looked for after the normalizer, not before
};

// A stretch of text: one added token, or text that holds none.
struct Section {
  std::string_view text;
  const AddedToken* token = nullptr;
};

// Finds the added tokens of one stage (before or after the normalizer): the leftmost first, of
// those the longest. Linear in the text, whatever the tokens.
class AddedTokenFinder {
 public:
  AddedTokenFinder() = default;
  // `searched[i]` is how `tokens[i]` stands in the text that is searched.
  static Result<AddedTokenFinder> make(std::vector<AddedToken> tokens,
                                       const std::vector<std::string>& searched);

  // Without `special`, special tokens are ordinary text. Pointers lead into this object. Sections
  // follow each other without gaps, except that a stripping token may overlap the next one.
  std::vector<Section> split(std::string_view text, bool special) const;

 private:
  bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) const;

  std::vector<AddedToken> tokens_;
  MultiMatch match_;
  std::vector<std::size_t> lengths_;  // of the strings searched, in bytes
  std::optional<Splitter> word_;      // when a token is single_word
};

}  // namespace kv::core
