#include <algorithm>

#include "app/logic/document.h"
#include "app/logic/lab/lab.h"
#include "app/logic/lab/lab_execution.h"
#include "app/logic/lesson/model_sizes.h"

namespace kv::app {
namespace {

using scene::LabPage;

// Of what is measured against the clock where the scenario's own model is none of ours.
constexpr const char* usual_model = "story";
constexpr int usual_tokens = 100;
constexpr int script_steps = 128;  // as the published script took
constexpr int most_bench_width = 8192;

bool built_in(const AppState& state, const std::string& name) {
  return state.lesson.sizes && state.lesson.sizes->contains(name);
}

Work lab_job(auto&& job) { return Work{std::forward<decltype(job)>(job), 0, false}; }

void forget(std::vector<Measurement>& wanted, Measurement measurement) {
  std::erase(wanted, measurement);
}

}  // namespace

bool executable(const core::CostConfig& sizes) {
  return core::has_closed_form(sizes) &&
         core::parameter_count(sizes.model) * core::Uint128(sizeof(float)) <=
             core::Uint128(most_executed_bytes);
}

core::ExecuteRequest request_of(const ExecutionKey& key) {
  return {.shape = {.prompt = key.prompt, .context = key.context > 0 ? key.context : key.tokens},
          .tokens = key.tokens,
          .padded = key.context > 0,
          .flop_budget = key.flop_budget};
}

ExecutionKey execution_key(const AppState& state, const scene::Scenario& s, double flop_budget) {
  ExecutionKey key{.model = built_in(state, s.model) ? s.model : "",
                   .sizes = s.sizes.model,
                   .tokens = s.tokens,
                   .prompt = s.prompt,
                   .context = s.padded ? scene::shape_of(s).context : 0,
                   .flop_budget = flop_budget};
  // Random weights have as long a context as is asked for.
  if (key.model.empty())
    key.sizes.context_length = static_cast<int>(std::max(s.tokens, key.context));
  key.tokens = std::min(s.tokens, core::reachable_tokens(key.sizes, request_of(key)));
  return key;
}

core::AttentionBench attention_bench(const scene::Scenario& s) {
  core::AttentionBench bench;
  bench.steps = script_steps;
  const core::ModelConfig& m = s.sizes.model;
  if (m.d_model <= most_bench_width && m.heads > 0 && m.d_model % m.heads == 0) {
    bench.width = m.d_model;
    bench.heads = m.heads;
  }
  return bench;
}

job::BenchModel model_bench(const AppState& state) {
  const scene::Scenario& s = state.lab.costs.scenario;
  const bool own = s.model.empty() && executable(s.sizes);
  job::BenchModel job{.name = own                        ? ""
                              : built_in(state, s.model) ? s.model
                                                         : usual_model,
                      .sizes = s.sizes.model,
                      .tokens = usual_tokens};
  if (own)
    job.sizes.context_length = 1 << 12;
  else if (built_in(state, job.name))
    job.sizes = state.lesson.sizes->at(job.name).model;
  return job;
}

bool is_lab_work(const Work& work) {
  return std::holds_alternative<job::Execute>(work.job) ||
         std::holds_alternative<job::Probe>(work.job) ||
         std::holds_alternative<job::BenchAttention>(work.job) ||
         std::holds_alternative<job::BenchModel>(work.job);
}

std::optional<Work> next_lab_work(const AppState& state) {
  const LabState& lab = state.lab;
  if (!lab.wanted.empty()) {
    if (lab.wanted.front() == Measurement::probe) return lab_job(job::Probe{});
    if (lab.wanted.front() == Measurement::attention)
      return lab_job(job::BenchAttention{attention_bench(lab.costs.scenario)});
    return lab_job(model_bench(state));
  }
  const scene::Scenario& s = lab.scenarios.scenario;
  if (state.view.place != scene::PlaceId::scenarios || s.page != LabPage::curves) return {};
  if (!executable(s.sizes)) return {};
  ExecutionKey key = execution_key(state, s, lab.flop_budget);
  if (key.tokens < key.prompt || lab.executed.key == key) return {};
  return lab_job(job::Execute{std::move(key)});
}

void finish_lab_work(AppState& state, const WorkResult& result) {
  LabState& lab = state.lab;
  const bool stopped = result.error && abandoned(*result.error);
  if (result.error && !stopped) say(state, result.error->message);
  if (stopped) return;
  if (const auto* execute = std::get_if<job::Execute>(&result.work.job)) {
    lab.executed = {execute->key, result.execution};
  } else if (std::holds_alternative<job::Probe>(result.work.job)) {
    forget(lab.wanted, Measurement::probe);
    lab.probe = result.probe;
  } else if (const auto* attention = std::get_if<job::BenchAttention>(&result.work.job)) {
    forget(lab.wanted, Measurement::attention);
    lab.attention = {attention->bench, result.times};
  } else if (const auto* model = std::get_if<job::BenchModel>(&result.work.job)) {
    forget(lab.wanted, Measurement::model);
    lab.model = {model->name.empty() ? "random" : model->name, model->sizes, model->tokens,
                 result.times, result.execution};
  }
}

void cancel_lab_work(AppState& state) {
  state.lab.wanted.clear();
  state.lab.flop_budget = glimpse_flops;
}

}  // namespace kv::app
