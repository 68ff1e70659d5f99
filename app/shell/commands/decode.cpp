#include "app/shell/commands/decode.h"

#include <algorithm>
#include <optional>

#include "app/shell/atomic_file.h"
#include "app/shell/commands/token_list.h"
#include "app/shell/interrupt.h"
#include "app/shell/memory.h"
#include "app/shell/outcome.h"
#include "app/shell/progress_bar.h"
#include "core/base/memory_need.h"

namespace kv::app {
namespace {

using core::Error;
using core::ErrorKind;
using core::Result;
using core::Status;
using core::Token;

Result<std::vector<Token>> prompt_tokens(const DecodeOptions& options, const ModelSource& source) {
  if (options.tokens) return parse_token_list(*options.tokens);
  return encode_prompt(source, *options.prompt);
}

// How many tokens to make: what was asked for, if the context has room for all of it.
Result<int> steps_for(const DecodeOptions& options, const ModelSource& source, int prompt) {
  const int context = source.config.context_length;
  const int room = context - prompt + 1;  // the last new token is never computed with
  if (room >= 1 && !options.steps) return std::min(DecodeOptions::default_steps, room);
  if (room >= 1 && *options.steps <= room) return *options.steps;
  const std::string wanted =
      options.steps ? " and " + std::to_string(*options.steps) + " steps" : "";
  return Error{ErrorKind::usage, "context: found a prompt of " + std::to_string(prompt) +
                                     " tokens" + wanted + ", expected no more than the " +
                                     std::to_string(context) + " positions of " +
                                     core::quoted(source.name) + " can hold"};
}

Status check_room(const core::Run& run, int steps, const DecodeOptions& options) {
  const int tokens = static_cast<int>(run.prompt.size()) + steps;
  const auto& config = run.model->config;
  std::uint64_t needed = core::decode_bytes(config, tokens, options.sides != Sides::cached);
  if (!options.dump.empty()) {
    needed += core::record_bytes(config, {}, 0, tokens, tokens);
    needed +=
        static_cast<std::uint64_t>(tokens) * static_cast<std::uint64_t>(config.vocabulary) * 8;
  }
  return core::check_memory(core::quoted(run.model->name), needed, available_memory_bytes(),
                            "a shorter prompt or fewer steps");
}

bool is_end(const core::Run& run) {
  return std::ranges::count(run.model->config.end_tokens, run.steps.back()->token) > 0;
}

// Share of the work done after `done` of `steps` steps: without the cache a step costs about as
// much as it has rows.
double share_done(const core::Run& run, int done, int steps, Sides sides) {
  const auto work = [&](double n) {
    const double prompt = static_cast<double>(run.prompt.size());
    return sides == Sides::cached ? prompt + n : prompt * n + n * n / 2;
  };
  return work(done) / work(steps);
}

Result<core::Run> decode_all(core::Run run, int steps, const DecodeOptions& options) {
  core::Workspace work;
  const int rows =
      static_cast<int>(run.prompt.size()) + (options.sides == Sides::cached ? 0 : steps - 1);
  core::warm_up(*run.model, rows, work);
  ProgressBar bar("decoding");
  for (int i = 0; i < steps; ++i) {
    const auto progress = bar.part(share_done(run, i, steps, options.sides),
                                   share_done(run, i + 1, steps, options.sides));
    auto next = core::extend(std::move(run), work,
                             {.use_cache = options.sides != Sides::uncached,
                              .with_uncached = options.sides == Sides::both,
                              .keep_logits = !options.dump.empty(),
                              .progress = &progress});
    if (!next) return next;
    run = *std::move(next);
    if (options.stop && is_end(run)) break;
  }
  return run;
}

// Everything that can be refused is, before weights are read.
Result<Decoded> run_decode(const DecodeOptions& options) {
  for (const std::string* path : {&options.csv, &options.dump})
    if (!path->empty())
      if (auto error = check_writable(*path)) return *error;
  auto source = open_source(options.model);
  if (!source) return source.error();
  auto prompt = prompt_tokens(options, *source);
  if (!prompt) return prompt.error();
  const auto steps = steps_for(options, *source, static_cast<int>(prompt->size()));
  if (!steps) return steps.error();
  auto opened = load_weights(*std::move(source));
  if (!opened) return opened.error();
  auto run = core::start_run(opened->model, *std::move(prompt), options.sampling);
  if (!run) return run.error();
  if (auto error = check_room(*run, *steps, options)) return *error;
  run = decode_all(*std::move(run), *steps, options);
  if (!run) return run.error();
  return Decoded{*std::move(opened), *std::move(run), options.sides};
}

}  // namespace

std::vector<Token> Decoded::new_tokens() const {
  std::vector<Token> tokens;
  for (const auto& step : run.steps) tokens.push_back(step->token);
  return tokens;
}

std::string Decoded::text_of(Token token) const {
  return opened.tokenizer ? opened.tokenizer->token_text(token) : std::string();
}

std::string Decoded::new_text() const {
  if (!opened.tokenizer) return {};
  // Decoded on its own, a continuation would lose the space that some tokenizers put before a text.
  const std::string whole = opened.tokenizer->decode(core::tokens_of(run), true);
  return core::displayable(
      std::string_view(whole).substr(opened.tokenizer->decode(run.prompt, true).size()));
}

int decode(const DecodeOptions& options) {
  const auto decoded = run_decode(options);
  if (interrupted()) return exit_interrupted;
  if (!decoded) return fail(decoded.error());
  if (!options.dump.empty())
    if (auto error = dump_decode(*decoded, options.dump)) return fail(*error);
  if (!options.csv.empty())
    if (auto error = write_file(options.csv, decode_csv(*decoded))) return fail(*error);
  return print(options.json ? decode_json(*decoded) : decode_table(*decoded));
}

}  // namespace kv::app
