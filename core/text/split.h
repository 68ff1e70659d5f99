// Cutting text into the pieces that byte pair encoding works on, by the few regular expressions
// that are known to run in linear time. No pattern of a file's own is ever run.
#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"

namespace kv::core {

enum class SplitRule {
  gpt2,        // ByteLevel's own: contractions, words, numbers, the rest, white space
  llama3,      // also cl100k: numbers in groups of at most three, line breaks apart
  qwen2,       // as llama3 with every digit alone
  digits,      // every numeric character alone
  digit_runs,  // runs of numeric characters
  word,        // one word character; for single_word tokens, not for cutting
};

// The rule whose pattern, as tokenizer files spell it, is exactly `pattern`; null when none is.
const SplitRule* find_split_rule(std::string_view pattern);

// One rule made ready. Cheap to copy; const use from several threads is fine.
class Splitter {
 public:
  static Result<Splitter> make(SplitRule rule);

  SplitRule rule() const { return rule_; }

  // Appends the matches within `text` (valid UTF-8) and what lies between them, in order; together
  // they are the text. Linear in its length.
  Status split(std::string_view text, std::vector<std::string_view>& pieces) const;

  // Whether `text` matches somewhere; false also on a failure of the engine.
  bool matches(std::string_view text) const;

 private:
  struct Compiled;
  Splitter(SplitRule rule, std::shared_ptr<const Compiled> compiled)
      : rule_(rule), compiled_(std::move(compiled)) {}

  SplitRule rule_;
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace kv::core
