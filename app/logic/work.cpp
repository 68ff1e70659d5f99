#include "app/logic/work.h"

#include <algorithm>

#include "app/logic/action.h"
#include "app/logic/document.h"
#include "app/logic/lab/lab.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

namespace words = scene::words;
using core::Side;

bool has_replay(const AppState& state, int step, Side side, int layer) {
  return std::ranges::any_of(state.replays, [&](const auto& replay) {
    return replay->step == step && replay->side == side && replay->record->layer(layer);
  });
}

// What the picture of the step shown lacks, cached side first: it is what the lens shows.
std::optional<job::Replay> missing_replay(const AppState& state) {
  const int step = state.now.moment.step - 1;
  const int layer = state.view.layer;
  if (step < 0 || step >= static_cast<int>(state.now.run->steps.size())) return {};
  if (picture_bytes(*state.now.run, step, layer) > state.memory_budget) return {};
  for (const Side side : {Side::cached, Side::uncached})
    if (!has_replay(state, step, side, layer)) return job::Replay{state.now.run, step, side, layer};
  return {};
}

// The newest step whose uncached side nobody has computed, where that is cheap.
std::optional<job::Replay> missing_agreement(const AppState& state) {
  const core::Run& run = *state.now.run;
  // A later step costs more: the cheap ones are the first ones.
  const auto cheap = std::ranges::partition_point(
      run.steps, [&](const auto& step) { return uncached_flops(run, step->index) <= cheap_flops; });
  for (int step = static_cast<int>(cheap - run.steps.begin()) - 1; step >= 0; --step)
    if (!run.steps[static_cast<std::size_t>(step)]->uncached)
      return job::Replay{state.now.run, step, Side::uncached, state.view.layer, false};
  return {};
}

std::optional<job::Experiment> missing_experiment(const AppState& state) {
  const int step = state.now.moment.step - 1, layer = state.view.layer;
  if (state.view.experiment == core::Experiment::none || step < 1) return {};
  if (step >= static_cast<int>(state.now.run->steps.size())) return {};
  const ExperimentDone& done = state.experiment;
  if (done.run_id == state.run_id && done.step == step && done.layer == layer && done.result &&
      done.result->experiment == state.view.experiment)
    return {};
  return job::Experiment{state.now.run, step, layer, state.view.experiment};
}

// Once a model: the person may ask for another by coming back.
std::optional<job::Bench> missing_bench(const AppState& state) {
  const std::string& name = state.now.model.name;
  if (state.view.stage != scene::Stage::bench || state.bench.model == name) return {};
  constexpr int usual = 100;
  const int room = state.now.run->model->config.context_length - 1;
  const int asked = state.view.spec.tokens > 0 ? static_cast<int>(state.view.spec.tokens) : usual;
  return job::Bench{name, state.now.run->model, 1, std::min(asked, room)};
}

std::optional<core::Token> forced_at(const AppState& state, int step) {
  for (const auto& [at, token] : state.now.forced)
    if (at == step) return token;
  return {};
}

}  // namespace

static bool still_needed_in_lab(const AppState& state, const Work& work) {
  const auto next = next_work(state);
  if (!next || next->job.index() != work.job.index()) return false;
  const auto* mine = std::get_if<job::Execute>(&work.job);
  return !mine || mine->key == std::get<job::Execute>(next->job).key;
}

bool abandoned(const core::Error& error) {
  return error.kind == core::ErrorKind::internal && error.message == "abandoned";
}

double uncached_flops(const core::Run& run, int step) {
  return core::to_double(
      core::forward_cost(run.model->config, 0, run.steps[static_cast<std::size_t>(step)]->total())
          .total());
}

std::uint64_t picture_bytes(const core::Run& run, int step, int layer) {
  std::uint64_t bytes = 0;
  for (const Side side : {Side::cached, Side::uncached})
    bytes += core::replay_bytes(run, step, side, scene::record_for_picture(run, step, side, layer));
  return bytes;
}

std::optional<Work> next_work(const AppState& state) {
  if (!state.loading.empty()) return Work{job::Load{state.loading}, state.run_id};
  if (state.cancelled) return {};
  // What somebody looks at comes first; elsewhere the laboratory's work gives way.
  const auto lab = next_lab_work(state);
  if (lab && (in_lab(state) || !state.now.run)) return lab;
  if (!state.now.run) return {};
  const int steps = static_cast<int>(state.now.run->steps.size());
  const int wanted = std::min(state.now.wanted_steps, most_steps(*state.now.run));
  if (steps < wanted)
    return Work{
        job::Extend{state.now.run, forced_at(state, steps), state.view.layer, steps + 1 == wanted},
        state.run_id};
  if (auto experiment = missing_experiment(state))
    return Work{*std::move(experiment), state.run_id, false};
  if (auto replay = missing_replay(state)) return Work{*std::move(replay), state.run_id, false};
  if (auto replay = missing_agreement(state)) return Work{*std::move(replay), state.run_id, false};
  if (auto bench = missing_bench(state)) return Work{*std::move(bench), state.run_id, false};
  return lab;
}

bool still_needed(const AppState& state, const Work& work) {
  if (const auto* load = std::get_if<job::Load>(&work.job)) return state.loading == load->name;
  if (is_lab_work(work)) return still_needed_in_lab(state, work);
  if (work.run_id != state.run_id || state.cancelled) return false;
  if (const auto* extend = std::get_if<job::Extend>(&work.job))
    return state.loading.empty() &&
           static_cast<int>(extend->run->steps.size()) < state.now.wanted_steps;
  // Filling in the picture gives way to what somebody waits for, and to another picture.
  const auto next = next_work(state);
  if (!next || next->wanted_now) return false;
  if (work.job.index() != next->job.index()) return false;
  if (const auto* mine = std::get_if<job::Experiment>(&work.job)) {
    const auto& wanted = std::get<job::Experiment>(next->job);
    return mine->step == wanted.step && mine->layer == wanted.layer &&
           mine->experiment == wanted.experiment;
  }
  if (std::holds_alternative<job::Bench>(work.job)) return true;
  const auto& mine = std::get<job::Replay>(work.job);
  const auto& wanted = std::get<job::Replay>(next->job);
  return mine.step == wanted.step && mine.side == wanted.side && mine.layer == wanted.layer &&
         mine.picture == wanted.picture;
}

std::string title_of(const Work& work, scene::Language language) {
  if (const auto* load = std::get_if<job::Load>(&work.job))
    return scene::say(words::work_loading, language, {load->name});
  if (const auto* extend = std::get_if<job::Extend>(&work.job))
    return scene::say(words::work_extend, language,
                      {std::to_string(extend->run->steps.size() + 1)});
  if (const auto* execute = std::get_if<job::Execute>(&work.job))
    return scene::say(words::work_execute, language,
                      {scene::grouped_text(static_cast<core::Uint128>(execute->key.tokens))});
  if (std::holds_alternative<job::Probe>(work.job)) return words::work_probe.in(language);
  if (std::holds_alternative<job::Bench>(work.job) ||
      std::holds_alternative<job::BenchAttention>(work.job) ||
      std::holds_alternative<job::BenchModel>(work.job))
    return words::work_bench.in(language);
  if (const auto* experiment = std::get_if<job::Experiment>(&work.job))
    return scene::say(words::work_extend, language, {std::to_string(experiment->step + 1)});
  const auto& replay = std::get<job::Replay>(work.job);
  return scene::say(
      words::work_replay, language,
      {std::to_string(replay.step + 1),
       (replay.side == Side::cached ? words::side_with : words::side_without).in(language)});
}

AppState settle(AppState state, WorkTools& tools) {
  while (const auto work = next_work(state)) {
    const WorkResult result = perform(*work, tools);
    state = update(std::move(state), act::Finished{result});
    if (result.error && abandoned(*result.error)) break;  // it would be asked for again
  }
  return state;
}

}  // namespace kv::app
