#include "app/logic/document.h"

#include <algorithm>

#include "app/logic/playback.h"
#include "app/logic/run_text.h"

namespace kv::app {
namespace {

// The steps, from the first on, that are the same in both runs up to their logits; -1: not even
// the prompt is. The token of the last one may differ, it was chosen from the same logits.
int common_steps(const core::Run& a, const core::Run& b) {
  if (a.model != b.model || a.prompt != b.prompt) return -1;
  const std::size_t most = std::min(a.steps.size(), b.steps.size());
  std::size_t common = 0;
  while (common < most && a.steps[common]->past == b.steps[common]->past) {
    const bool same_token = a.steps[common]->token == b.steps[common]->token;
    ++common;
    if (!same_token) break;
  }
  return static_cast<int>(common);
}

void clamp_view(AppState& state) {
  const core::ModelConfig& config = state.now.run->model->config;
  state.view.layer = std::clamp(state.view.layer, 0, config.layers - 1);
  state.view.head = std::clamp(state.view.head, 0, config.heads - 1);
  state.now.moment = scene::clamp(timeline_of(state), state.now.moment);
  state.view.pinned.reset();
  state.view.zoom = {};
}

}  // namespace

void say(AppState& state, std::string message) {
  std::erase(state.messages, message);
  state.messages.push_back(std::move(message));
  if (state.messages.size() > messages_kept) state.messages.erase(state.messages.begin());
}

void say(AppState& state, const scene::Phrase& phrase,
         std::initializer_list<std::string_view> arguments) {
  say(state, scene::say(phrase, state.view.language, arguments));
}

int most_steps(const core::Run& run) {
  return run.model->config.context_length - static_cast<int>(run.prompt.size()) + 1;
}

void extend_run(AppState& state, core::Run run) {
  state.now.run = std::make_shared<const core::Run>(std::move(run));
  refresh_text(state, static_cast<int>(state.now.run->steps.size()) - 1);
}

void fill_in(AppState& state, int step, core::UncachedStep uncached) {
  state.now.run = std::make_shared<const core::Run>(
      core::with_uncached(*state.now.run, step, std::move(uncached)));
  refresh_costs(state, step);
}

void replace_run(AppState& state, core::Run run) {
  const int common = state.now.run ? common_steps(*state.now.run, run) : -1;
  ++state.run_id;
  state.now.run = std::make_shared<const core::Run>(std::move(run));
  std::erase_if(state.replays, [&](const auto& replay) { return replay->step >= common; });
  stop_moving(state);
  state.now.place.reset();
  clamp_view(state);
}

void begin_run(AppState& state, core::Run run, std::string prompt_text, bool at_once) {
  replace_run(state, std::move(run));
  refresh_text(state, -1);
  state.now.prompt_text = std::move(prompt_text);
  state.now.wanted_steps = 1;
  state.now.forced.clear();
  state.now.sampling_since = 0;
  state.now.moment = scene::rest_after(0);
  if (at_once)
    state.now.place = scene::rest_after(1);
  else
    wait_for_step(state, scene::Pace::token);
}

void keep_replay(AppState& state, std::shared_ptr<const core::Replay> replay) {
  std::erase_if(state.replays, [&](const auto& other) {
    return other->step == replay->step && other->side == replay->side &&
           other->record->request().layers == replay->record->request().layers;
  });
  state.replays.insert(state.replays.begin(), std::move(replay));
  touch_replays(state);
  std::uint64_t bytes = 0;
  std::size_t kept = 0;
  for (; kept < std::min(state.replays.size(), replays_kept); ++kept) {
    bytes += state.replays[kept]->bytes();
    if (bytes > state.memory_budget) break;
  }
  state.replays.resize(kept);
}

void touch_replays(AppState& state) {
  const auto shown = [&](const auto& replay) {
    return replay->step == state.now.moment.step - 1 && replay->record->layer(state.view.layer);
  };
  std::stable_partition(state.replays.begin(), state.replays.end(), shown);
}

}  // namespace kv::app
