#include "app/logic/work.h"

#include <algorithm>
#include <ranges>

#include "app/logic/action.h"
#include "app/logic/document.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

namespace words = scene::words;
using core::Side;

double uncached_flops(const core::Run& run, int step) {
  return core::to_double(
      core::forward_cost(run.model->config, 0, run.steps[static_cast<std::size_t>(step)]->total())
          .total());
}

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
  const auto all = std::views::iota(0, static_cast<int>(run.steps.size()));
  const auto cheap = std::ranges::partition_point(
      all, [&](int step) { return uncached_flops(run, step) <= cheap_flops; });
  for (int step = static_cast<int>(cheap - all.begin()) - 1; step >= 0; --step)
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

struct Performer {
  const Work& work;
  WorkTools& tools;
  WorkResult& result;

  core::StepOptions options() const {
    return {.parallel = tools.parallel, .progress = tools.progress ? &tools.progress : nullptr};
  }

  // Nothing when abandoned.
  std::shared_ptr<const core::Replay> replayed(const core::Run& run, int step, Side side,
                                               int layer) const {
    auto replay = core::replay(run, step, side, scene::record_for_picture(run, step, side, layer),
                               tools.workspace, options());
    if (!replay) return nullptr;
    return std::make_shared<const core::Replay>(*std::move(replay));
  }

  void operator()(const job::Load& load) const {
    auto model = tools.open_model(load.name, tools.progress);
    if (model)
      result.model = *std::move(model);
    else
      result.error = model.error();
  }

  void operator()(const job::Extend& extend) const {
    core::StepOptions asked = options();
    asked.forced = extend.forced;
    auto run = core::extend(*extend.run, tools.workspace, asked);
    if (!run) {
      result.error = run.error();
      return;
    }
    const int step = static_cast<int>(run->steps.size()) - 1;
    if (extend.picture && uncached_flops(*run, step) <= cheap_flops) {
      for (const Side side : {Side::cached, Side::uncached})
        if (auto replay = replayed(*run, step, side, extend.layer)) {
          if (side == Side::uncached) result.uncached = core::judge(*run, *replay);
          result.replays.push_back(std::move(replay));
        }
    }
    result.run = std::make_shared<const core::Run>(*std::move(run));
  }

  void operator()(const job::Replay& asked) const {
    if (!asked.picture) {
      result.uncached = core::compute_uncached(*asked.run, asked.step, tools.workspace, options());
      if (!result.uncached) result.error = core::Error{core::ErrorKind::internal, "abandoned"};
      return;
    }
    auto replay = replayed(*asked.run, asked.step, asked.side, asked.layer);
    if (!replay) {
      result.error = core::Error{core::ErrorKind::internal, "abandoned"};
      return;
    }
    if (asked.side == Side::uncached) result.uncached = core::judge(*asked.run, *replay);
    result.replays.push_back(std::move(replay));
  }

  void operator()(const job::Experiment& asked) const {
    auto done = core::run_experiment(
        *asked.run, asked.step, asked.experiment,
        scene::record_for_picture(*asked.run, asked.step, Side::uncached, asked.layer),
        tools.workspace, options());
    if (done)
      result.experiment = std::make_shared<const core::ExperimentResult>(*std::move(done));
    else
      result.error = core::Error{core::ErrorKind::internal, "abandoned"};
  }

  void operator()(const job::Bench& asked) const {
    auto times = core::time_model(*asked.model, asked.prompt_tokens, asked.tokens,
                                  {.parallel = tools.parallel, .progress = tools.progress});
    if (times)
      result.times = std::make_shared<const core::SideTimes>(*std::move(times));
    else
      result.error = times.error();
  }
};

}  // namespace

bool abandoned(const core::Error& error) {
  return error.kind == core::ErrorKind::internal && error.message == "abandoned";
}

std::uint64_t picture_bytes(const core::Run& run, int step, int layer) {
  std::uint64_t bytes = 0;
  for (const Side side : {Side::cached, Side::uncached})
    bytes += core::replay_bytes(run, step, side, scene::record_for_picture(run, step, side, layer));
  return bytes;
}

std::optional<Work> next_work(const AppState& state) {
  if (!state.loading.empty()) return Work{job::Load{state.loading}, state.run_id};
  if (!state.now.run || state.cancelled) return {};
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
  return {};
}

bool still_needed(const AppState& state, const Work& work) {
  if (const auto* load = std::get_if<job::Load>(&work.job)) return state.loading == load->name;
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
  if (std::holds_alternative<job::Bench>(work.job)) return words::work_bench.in(language);
  if (const auto* experiment = std::get_if<job::Experiment>(&work.job))
    return scene::say(words::work_extend, language, {std::to_string(experiment->step + 1)});
  const auto& replay = std::get<job::Replay>(work.job);
  return scene::say(
      words::work_replay, language,
      {std::to_string(replay.step + 1),
       (replay.side == Side::cached ? words::side_with : words::side_without).in(language)});
}

WorkResult perform(const Work& work, WorkTools& tools) {
  WorkResult result{.work = work};
  std::visit(Performer{work, tools, result}, work.job);
  return result;
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
