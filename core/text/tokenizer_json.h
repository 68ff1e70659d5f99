// Reading a tokenizer.json, the file of the Hugging Face tokenizers library, strictly.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/text/pipeline.h"

namespace kv::core {

// As Tokenizer::parse(). truncation and padding are ignored: a text is taken as a whole.
Result<TokenizerParts> read_tokenizer_json(std::string_view text, const std::string& label,
                                           int vocabulary);

}  // namespace kv::core
