#include "app/logic/lab/lab_execution.h"
#include "app/logic/work.h"
#include "core/model/random_model.h"

namespace kv::app {
namespace {

using core::Side;

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
    take_times(
        core::time_model(*asked.model, asked.prompt_tokens, asked.tokens, bench_options(0, 1)));
  }

  void operator()(const job::Execute& asked) const {
    const auto model = model_of(asked.key.model, asked.key.sizes);
    if (model) take_execution(**model, request_of(asked.key), 0);
  }

  void operator()(const job::Probe&) const {
    auto probe = core::probe_machine(bench_options(0, 1));
    if (probe)
      result.probe = std::make_shared<const core::MachineProbe>(*std::move(probe));
    else
      result.error = probe.error();
  }

  void operator()(const job::BenchAttention& asked) const {
    take_times(core::time_attention(asked.bench, bench_options(0, 1)));
  }

  void operator()(const job::BenchModel& asked) const {
    const auto model = model_of(asked.name, asked.sizes);
    if (!model) return;
    const int context = (*model)->config.context_length;
    take_times(
        core::time_model(**model, 1, std::min(asked.tokens, context - 1), bench_options(0, 0.5)));
    if (!result.error)
      take_execution(**model,
                     {.shape = {.prompt = 1, .context = context},
                      .tokens = context,
                      .padded = false,
                      .flop_budget = asked_flops},
                     0.5);
  }

 private:
  // A part of the progress, from `begin` to `end`.
  core::BenchOptions bench_options(double begin, double end) const {
    core::BenchOptions options{.parallel = tools.parallel, .progress = {}};
    if (tools.progress)
      options.progress = [this, begin, end](double share) {
        return tools.progress(begin + (end - begin) * share);
      };
    return options;
  }

  // By name, else random weights of those sizes. Nothing, and the error in the result.
  std::optional<std::shared_ptr<const core::Model>> model_of(const std::string& name,
                                                             const core::ModelConfig& sizes) const {
    if (!name.empty()) {
      auto opened = tools.open_model(name, tools.progress);
      if (opened) return opened->model;
      result.error = opened.error();
      return {};
    }
    core::RandomModelSpec spec;
    spec.config = sizes;
    auto made = core::make_random_model(spec, "random", most_executed_bytes);
    if (made) return *std::move(made);
    result.error = made.error();
    return {};
  }

  void take_execution(const core::Model& model, const core::ExecuteRequest& request,
                      double begin) const {
    auto execution = core::execute(model, request, bench_options(begin, 1));
    if (execution)
      result.execution = std::make_shared<const core::Execution>(*std::move(execution));
    else
      result.error = execution.error();
  }

  void take_times(core::Result<core::SideTimes> times) const {
    if (times)
      result.times = std::make_shared<const core::SideTimes>(*std::move(times));
    else
      result.error = times.error();
  }
};

}  // namespace

WorkResult perform(const Work& work, WorkTools& tools) {
  WorkResult result{.work = work};
  std::visit(Performer{work, tools, result}, work.job);
  return result;
}

}  // namespace kv::app
