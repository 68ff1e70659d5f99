#include "app/shell/commands/tokenize.h"

#include "app/shell/open_model.h"
#include "app/shell/outcome.h"
#include "app/shell/read_path.h"

namespace kv::app {
namespace {

// What would be wrong usage of --text is a bad file with --file.
core::Error blame(const TokenizeOptions& options, const core::Error& error) {
  if (!options.file || error.kind != core::ErrorKind::usage) return error;
  return {core::ErrorKind::input, core::one_line(*options.file, 200) + ": " + error.message};
}

}  // namespace

int tokenize(const TokenizeOptions& options) {
  const auto tokenizer = open_tokenizer(options.model);
  if (!tokenizer) return fail(tokenizer.error());
  const auto text = options.file ? read_path(*options.file, core::Tokenizer::max_text_bytes)
                                 : core::Result(*options.text);
  if (!text) return fail(text.error());
  const auto ids = tokenizer->encode(*text);
  if (!ids) return fail(blame(options, ids.error()));
  std::string line = "[";
  for (const core::Token id : *ids) line += (line.size() > 1 ? ", " : "") + std::to_string(id);
  return print(line + "]\n");
}

}  // namespace kv::app
