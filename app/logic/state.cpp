#include "app/logic/state.h"

#include <fmt/format.h>

#include "app/logic/action.h"
#include "app/logic/keymap.h"
#include "app/logic/lab/lab.h"
#include "app/logic/lesson/teaching.h"
#include "app/logic/playback.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

// A folder by its last name, a random model by its kind.
std::string short_name(const std::string& name) {
  if (name.starts_with("random:")) return "random";
  std::size_t end = name.size();
  while (end > 1 && name[end - 1] == '/') --end;
  const std::size_t slash = name.rfind('/', end - 1);
  return name.substr(slash == std::string::npos ? 0 : slash + 1, end - (slash + 1));
}

std::string sampling_text(const core::Sampling& s, scene::Language language) {
  if (s.temperature == 0) return scene::say(scene::words::sampling_greedy, language);
  std::string text = fmt::format("T {:g}", s.temperature);
  if (s.top_k > 0) text += fmt::format(", top-k {}", s.top_k);
  if (s.top_p < 1) text += fmt::format(", top-p {:g}", s.top_p);
  return text + fmt::format(", seed {}", s.seed);
}

std::vector<std::pair<std::string, std::string>> help_rows(scene::Language language) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const Binding& binding : bindings()) {
    if (binding.what)
      rows.emplace_back(label_of(binding.key), binding.what->in(language));
    else
      rows.back().first += "  " + label_of(binding.key);
  }
  return rows;
}

// Why the step shown has no picture of its inside, where memory is the reason.
std::optional<std::string> too_large(const AppState& state) {
  const int step = state.now.moment.step - 1;
  if (!state.now.run || step < 0) return {};
  const std::uint64_t needed = picture_bytes(*state.now.run, step, state.view.layer);
  if (needed <= state.memory_budget) return {};
  return scene::say(scene::words::say_too_large, state.view.language,
                    {scene::bytes_text(needed), scene::bytes_text(state.memory_budget)});
}

}  // namespace

scene::BenchView bench_view(const core::SideTimes& times, int prompt_tokens, int tokens,
                            const std::string& model) {
  return {.without_seconds = times.without_cache,
          .with_seconds = times.with_cache,
          .ratio = times.ratio(),
          .flop_ratio = times.flop_ratio(),
          .tokens = tokens,
          .prompt_tokens = prompt_tokens,
          .model = short_name(model)};
}

AppState initial_state(const Settings& settings) {
  AppState state;
  state.settings = settings;
  state.lab = initial_lab();
  state.playback.speed = settings.speed;
  state.view.language = settings.language;
  state.view.theme = settings.theme;
  state.view.high_contrast = settings.high_contrast;
  state.view.reduced_motion = settings.reduced_motion;
  return state;
}

scene::Timeline timeline_of(const AppState& state) {
  scene::Timeline timeline{.pace = state.playback.pace, .layer = state.view.layer};
  if (!state.now.run) return timeline;
  timeline.steps = static_cast<int>(state.now.run->steps.size());
  timeline.prompt_tokens = static_cast<int>(state.now.run->prompt.size());
  timeline.layers = state.now.run->model->config.layers;
  timeline.rotary = state.now.run->model->config.rotary();
  return timeline;
}

scene::Subject subject_of(const AppState& state) {
  scene::Subject subject{.run = state.now.run,
                         .text = state.text,
                         .costs = state.costs,
                         .model_name = short_name(state.now.model.name),
                         .cached = nullptr,
                         .uncached = nullptr,
                         .experiment = nullptr,
                         .bench = nullptr};
  if (state.bench.times && state.bench.model == state.now.model.name)
    subject.bench = std::make_shared<const scene::BenchView>(
        bench_view(*state.bench.times, state.bench.prompt_tokens, state.bench.tokens,
                   state.bench.model));
  const ExperimentDone& done = state.experiment;
  if (state.view.experiment != core::Experiment::none && done.result &&
      done.run_id == state.run_id && done.step == state.now.moment.step - 1 &&
      done.layer == state.view.layer) {
    subject.experiment = done.result;
    subject.cached = {done.result, &done.result->cached};
    subject.uncached = {done.result, &done.result->fresh};
    return subject;
  }
  for (const auto& replay : state.replays) {
    if (replay->step != state.now.moment.step - 1 || !replay->record->layer(state.view.layer))
      continue;
    (replay->side == core::Side::cached ? subject.cached : subject.uncached) = replay;
  }
  return subject;
}

scene::StatusView status_of(const AppState& state) {
  scene::StatusView status;
  status.playing = state.playback.playing;
  status.pace = state.playback.pace;
  status.speed = state.playback.speed;
  status.slider = slider_of(state);
  status.activity = state.work_title.value_or("");
  status.progress = state.work_progress;
  status.can_cancel = state.work_title.has_value();
  status.messages = state.messages;
  status.lesson = lesson_view(state);
  status.lab = lab_view(state);
  status.invites = state.lesson.lessons && state.lesson.progress.seen.empty();
  if (auto refusal = too_large(state)) status.messages.push_back(*std::move(refusal));
  for (const auto& replay : state.replays) status.memory_bytes += replay->bytes();
  status.memory_budget = state.memory_budget;
  if (state.now.run) {
    status.reused_rows = state.now.run->reused_rows;
    status.sampling = sampling_text(state.now.run->sampling, state.view.language);
  }
  if (state.view.overlay == scene::Overlay::help) status.help_rows = help_rows(state.view.language);
  return status;
}

}  // namespace kv::app
