#include "app/logic/open.h"

#include <algorithm>

#include "app/logic/document.h"
#include "app/logic/history.h"
#include "app/logic/lesson/teaching.h"
#include "app/logic/session.h"

namespace kv::app {
namespace {

namespace words = scene::words;
using core::Result;

constexpr std::size_t recent_models_kept = 12;

// What a run begins with, as text where it was one.
struct Beginning {
  std::string text;
  std::vector<core::Token> tokens;
};

bool fits(const OpenModel& model, const std::vector<core::Token>& tokens) {
  return !tokens.empty() &&
         tokens.size() <= static_cast<std::size_t>(model.model->config.context_length);
}

// Without words: the first few tokens of the vocabulary.
Beginning few_tokens(const OpenModel& model) {
  const core::ModelConfig& config = model.model->config;
  Beginning beginning;
  for (core::Token token = 1; token <= std::min(4, config.context_length); ++token)
    beginning.tokens.push_back(std::min(token, config.vocabulary - 1));
  return beginning;
}

// The prompt that was asked for, else the model's own, else the one that stands there, else a few
// tokens. What was asked for and does not fit is said.
Beginning beginning_for(AppState& state, const OpenModel& model) {
  const std::string asked = std::exchange(state.first_prompt, "");
  for (const std::string* text : std::initializer_list<const std::string*>{
           &asked, &model.default_prompt, &state.now.prompt_text}) {
    if (text->empty()) continue;
    if (!model.tokenizer) {
      if (text == &asked) say(state, words::say_no_tokenizer);
      continue;
    }
    auto tokens = model.tokenizer->encode(*text);
    if (tokens && fits(model, *tokens)) return {*text, *std::move(tokens)};
    if (text != &asked) continue;
    if (tokens)
      say(state, words::say_context_full, {std::to_string(model.model->config.context_length)});
    else
      say(state, tokens.error().message);
  }
  return few_tokens(model);
}

void note_recent(AppState& state, const std::string& name) {
  auto& recent = state.settings.recent_models;
  std::erase(recent, name);
  recent.insert(recent.begin(), name);
  if (recent.size() > recent_models_kept) recent.resize(recent_models_kept);
}

// The session's run on that model; an error where the two do not belong together.
Result<core::Run> begin_session(const OpenModel& model, const Session& session) {
  for (const auto& [step, token] : session.forced)
    if (token >= model.model->config.vocabulary)
      return core::Error{core::ErrorKind::input,
                         "forced: found token " + std::to_string(token) + ", expected 0 to " +
                             std::to_string(model.model->config.vocabulary - 1) + " for " +
                             model.name};
  auto run = core::start_run(model.model, session.prompt_tokens, session.sampling);
  if (run && session.steps > most_steps(*run))
    return core::Error{core::ErrorKind::input,
                       "steps: found " + std::to_string(session.steps) + ", expected at most " +
                           std::to_string(most_steps(*run)) + " for " + model.name};
  return run;
}

void go_on_with(AppState& state, OpenModel model, const Session& session) {
  auto run = begin_session(model, session);
  if (!run) return say(state, run.error().message);
  remember(state);
  state.now.model = std::move(model);
  begin_run(state, *std::move(run), session.prompt, true);
  state.now.forced = session.forced;
  state.now.wanted_steps = std::max(session.steps, 1);
  state.now.place = session.moment;
  state.playback.pace = session.pace;
  const core::ModelConfig& config = state.now.model.model->config;
  state.view.layer = std::min(session.layer, config.layers - 1);
  state.view.head = std::min(session.head, config.heads - 1);
  state.view.heat = session.heat;
  state.view.chart = session.chart;
}

}  // namespace

void load_model(AppState& state, const std::string& name) {
  state.loading = name;
  state.opening = nullptr;
}

void open_session(AppState& state, const std::string& text, const std::string& label) {
  auto session = parse_session(text, label);
  if (!session) return say(state, session.error().message);
  if (go_to_beat_named(state, session->lesson, session->beat)) return;
  if (state.now.run && session->model == state.now.model.name) {
    state.loading.clear();
    state.opening = nullptr;
    return go_on_with(state, state.now.model, *session);
  }
  state.loading = session->model;
  state.opening = std::make_shared<const Session>(*std::move(session));
}

void finish_opening(AppState& state, OpenModel model) {
  const std::string name = model.name;
  if (const auto session = std::exchange(state.opening, nullptr)) {
    go_on_with(state, std::move(model), *session);
  } else {
    const Beginning beginning = beginning_for(state, model);
    auto run = core::start_run(model.model, beginning.tokens);
    if (!run) return say(state, run.error().message);
    remember(state);
    state.now.model = std::move(model);
    begin_run(state, *std::move(run), beginning.text, true);
  }
  if (state.now.model.name == name) note_recent(state, name);
}

}  // namespace kv::app
