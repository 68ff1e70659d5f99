// `kvscope decode`: runs a model with and without its cache and tells what each side did.
#pragma once

#include <optional>
#include <string>

#include "app/shell/open_model.h"
#include "core/run/run.h"

namespace kv::app {

enum class Sides { both, cached, uncached };

struct DecodeOptions {
  std::string model;
  std::optional<std::string> prompt;
  std::optional<std::string> tokens;  // "1,2,3"
  std::optional<int> steps;           // new tokens; default_steps where the context has room
  bool stop = false;                  // end early at the model's end token
  Sides sides = Sides::both;
  core::Sampling sampling;
  bool json = false;
  std::string csv;   // path, empty: none
  std::string dump;  // path, empty: none

  static constexpr int default_steps = 16;
};

// What was decoded, for the printers.
struct Decoded {
  OpenedModel opened;
  core::Run run;
  Sides sides = Sides::both;

  bool has_cached() const { return sides != Sides::uncached; }
  bool has_uncached() const { return sides != Sides::cached; }
  std::vector<core::Token> new_tokens() const;
  // As it stands in the text; empty without a tokenizer.
  std::string text_of(core::Token token) const;
  // What all new tokens add to the prompt, special tokens by name; empty without a tokenizer.
  std::string new_text() const;
};

int decode(const DecodeOptions& options);

// The printers, one file each.
std::string decode_json(const Decoded& decoded);
std::string decode_table(const Decoded& decoded);
std::string decode_csv(const Decoded& decoded);
core::Status dump_decode(const Decoded& decoded, const std::string& path);

}  // namespace kv::app
