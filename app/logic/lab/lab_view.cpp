#include <fmt/format.h>

#include <algorithm>

#include "app/logic/lab/controls.h"
#include "app/logic/lab/drill.h"
#include "app/logic/lab/lab.h"
#include "app/logic/lab/lab_drawing.h"
#include "app/logic/lab/lab_execution.h"
#include "app/logic/lesson/drawing.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

namespace words = scene::words;
using scene::ControlView;

std::string count_text(std::int64_t value) {
  return scene::grouped_text(static_cast<core::Uint128>(value));
}

// Whether what was executed is of these curves, however far it came.
bool belongs(const ExecutionDone& done, const ExecutionKey& wanted) {
  return done.result && done.key.model == wanted.model && done.key.prompt == wanted.prompt &&
         (wanted.context == 0 || done.key.context == wanted.context) && [&] {
           core::ModelConfig a = done.key.sizes, b = wanted.sizes;
           a.context_length = b.context_length = 0;
           return a == b;
         }();
}

std::string executed_note(const AppState& state, const scene::Scenario& s,
                          const ExecutionKey& now) {
  const scene::Language language = state.view.language;
  if (!core::has_closed_form(s.sizes)) return {};
  if (!executable(s.sizes))
    return scene::say(
        words::lab_too_heavy, language,
        {scene::bytes_text(core::parameter_count(s.sizes.model) * core::Uint128(sizeof(float)))});
  const ExecutionKey most = execution_key(state, s, asked_flops);
  if (most.tokens < most.prompt) return words::lab_too_long.in(language);
  const auto& done = state.lab.executed;
  if (!belongs(done, now) || done.result->reached >= s.tokens) return {};
  if (most.tokens <= done.result->reached)
    return scene::say(words::lab_executed_to, language, {count_text(done.result->reached)});
  return scene::say(words::lab_execute_more, language,
                    {count_text(done.result->reached), count_text(most.tokens)});
}

void add_execution(const AppState& state, const scene::Scenario& s, scene::LabView& view) {
  if (s.page != scene::LabPage::curves) return;
  const ExecutionKey now = execution_key(state, s, state.lab.flop_budget);
  if (belongs(state.lab.executed, now)) view.executed = state.lab.executed.result;
  view.executed_note = executed_note(state, s, now);
}

// What the table of controls cannot know: the state beside the scenario.
void complete(const AppState& state, ControlView& control) {
  const LabState& lab = state.lab;
  const auto waits = [&](Measurement m) {
    return std::ranges::find(lab.wanted, m) != lab.wanted.end();
  };
  switch (static_cast<ControlId>(control.id)) {
    case ControlId::exponent: {
      const auto exponent = lab_exponent(lab);
      control.share = exponent ? static_cast<float>(share_of(*exponent)) : 0;
      control.value = exponent ? fmt::format("{:.2f}", *exponent) : "\u2013";
      control.enabled = !lab.revealed;
      return;
    }
    case ControlId::run:
      control.enabled = executable(lab.scenarios.scenario.sizes);
      return;
    case ControlId::reveal:
      control.enabled = !lab.revealed && lab_exponent(lab).has_value();
      return;
    case ControlId::clear:
      control.enabled = !lab.drawing.empty();
      return;
    case ControlId::probe:
      control.enabled = !waits(Measurement::probe);
      return;
    case ControlId::bench_attention: {
      const core::AttentionBench bench = attention_bench(lab.costs.scenario);
      control.enabled = !waits(Measurement::attention);
      control.note =
          scene::say(words::lab_bench_attention, state.view.language,
                     {count_text(bench.width), count_text(bench.heads), count_text(bench.steps)});
      return;
    }
    case ControlId::bench_model: {
      const job::BenchModel bench = model_bench(state);
      control.enabled = !waits(Measurement::model);
      control.note = scene::say(
          words::lab_bench_model, state.view.language,
          {bench.name.empty() ? words::lab_own_sizes.in(state.view.language) : bench.name.c_str(),
           count_text(bench.tokens)});
      return;
    }
    default:
      return;
  }
}

std::shared_ptr<const scene::BenchView> bench_of(const AttentionDone& done) {
  if (!done.times) return nullptr;
  const core::AttentionBench& b = done.bench;
  scene::BenchView view =
      bench_view(*done.times, 1, b.steps, fmt::format("{} \u00D7 {}", b.width, b.heads));
  core::ModelConfig layer;
  layer.layers = 1;
  layer.d_model = b.width;
  layer.heads = layer.kv_heads = b.heads;
  layer.head_dim = b.width / b.heads;
  view.sizes = layer;
  return std::make_shared<const scene::BenchView>(std::move(view));
}

std::shared_ptr<const scene::BenchView> bench_of(const ModelDone& done) {
  if (!done.times) return nullptr;
  scene::BenchView view = bench_view(*done.times, 1, done.tokens, done.model);
  view.sizes = done.sizes;
  return std::make_shared<const scene::BenchView>(std::move(view));
}

}  // namespace

std::shared_ptr<const scene::LabView> lab_view(const AppState& state) {
  if (!in_lab(state)) return nullptr;
  const LabPlace& place = lab_place(state);
  const LabState& lab = state.lab;
  auto view = std::make_shared<scene::LabView>();
  view->controls = controls_of(place.scenario, state.view.language, place.focused);
  for (ControlView& control : view->controls) {
    complete(state, control);
    control.focused &= control.enabled;
  }
  view->text = scenario_text(state);
  add_execution(state, place.scenario, *view);
  view->probe = lab.probe;
  view->attention = bench_of(lab.attention);
  view->model = bench_of(lab.model);
  view->model_growth = lab.model.growth;
  view->drawn = drawn_view(lab, place.scenario);
  if (place.scenario.page == scene::LabPage::drill) view->drill = drill_view(state);
  return view;
}

}  // namespace kv::app
