#include "app/logic/branch.h"

#include <algorithm>

#include "app/logic/document.h"
#include "app/logic/history.h"
#include "app/logic/playback.h"
#include "app/logic/run_text.h"

namespace kv::app {
namespace {

namespace words = scene::words;

void branch_to(AppState& state, std::vector<core::Token> tokens, const std::string& text) {
  auto branched = core::branch(*state.now.run, std::move(tokens));
  if (!branched) return say(state, branched.error().message);
  remember(state);
  const int reused = branched->reused_rows;
  const std::size_t all = branched->prompt.size();
  begin_run(state, *std::move(branched), text, false);
  if (reused > 0) say(state, words::say_branched, {std::to_string(reused), std::to_string(all)});
}

}  // namespace

void set_prompt(AppState& state, const std::string& text) {
  if (!state.now.run) return;
  if (!state.now.model.tokenizer) return say(state, words::say_no_tokenizer);
  auto tokens = state.now.model.tokenizer->encode(text);
  if (!tokens) return say(state, tokens.error().message);
  branch_to(state, *std::move(tokens), text);
}

void set_prompt_tokens(AppState& state, std::vector<core::Token> tokens) {
  if (state.now.run) branch_to(state, std::move(tokens), "");
}

void set_sampling(AppState& state, const core::Sampling& sampling) {
  if (!state.now.run || state.now.run->sampling == sampling) return;
  if (const auto error = core::validate(sampling)) return say(state, error->message);
  remember(state);
  const int kept = state.now.moment.step;
  core::Run run = core::rewind(*state.now.run, kept);
  run.sampling = sampling;
  replace_run(state, std::move(run));
  refresh_text(state, kept);
  state.now.sampling_since = kept;
  state.now.wanted_steps = std::max(kept, 1);
  state.now.forced.clear();
}

void force_token(AppState& state, int step, core::Token token) {
  if (!state.now.run || step < 0 || step >= static_cast<int>(state.now.run->steps.size())) return;
  if (state.now.run->steps[static_cast<std::size_t>(step)]->token == token)
    return go_to(state, scene::rest_after(step + 1));  // what was chosen already: nothing to cut
  auto chosen = core::choose_instead(*state.now.run, step, token);
  if (!chosen) return say(state, chosen.error().message);
  remember(state);
  const std::string rows = std::to_string(chosen->cache.rows);
  replace_run(state, *std::move(chosen));
  refresh_text(state, step);
  state.now.wanted_steps = step + 1;
  state.now.forced.clear();
  state.now.sampling_since = std::min(state.now.sampling_since, step + 1);
  state.now.moment = scene::rest_after(step + 1);
  say(state, words::say_branched, {rows, rows});
}

void reset(AppState& state) {
  if (!state.now.run) return;
  auto run = core::start_run(state.now.run->model, state.now.run->prompt, state.now.run->sampling);
  if (!run) return say(state, run.error().message);
  remember(state);
  begin_run(state, *std::move(run), state.now.prompt_text, false);
}

}  // namespace kv::app
