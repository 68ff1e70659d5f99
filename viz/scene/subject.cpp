#include "viz/scene/subject.h"

#include <algorithm>

#include "core/engine/closed_form.h"

namespace kv::scene {

CostSeries cost_series(const core::Run& run) {
  CostSeries series;
  update_costs(series, run, 0);
  return series;
}

void update_costs(CostSeries& series, const core::Run& run, int first) {
  const auto kept =
      std::min(static_cast<std::size_t>(std::max(first, 0)) + 1, series.cached.size());
  const auto cut = [&](auto& entries) { entries.resize(std::max<std::size_t>(kept, 1)); };
  cut(series.cached), cut(series.uncached);
  cut(series.step_cached), cut(series.step_uncached);
  cut(series.uncached_counted);
  series.uncached_counted.front() = true;
  for (std::size_t s = series.cached.size() - 1; s < run.steps.size(); ++s) {
    const core::Step& step = *run.steps[s];
    const core::ModelConfig& config = run.model->config;
    const core::OpCount cached =
        step.cached ? step.cached->count : core::forward_cost(config, step.past, step.fresh);
    const core::OpCount uncached =
        step.uncached ? step.uncached->cost.count : core::forward_cost(config, 0, step.total());
    series.step_cached.push_back(cached);
    series.step_uncached.push_back(uncached);
    series.cached.push_back(series.cached.back() + cached);
    series.uncached.push_back(series.uncached.back() + uncached);
    series.uncached_counted.push_back(step.uncached.has_value());
  }
}

core::RecordRequest record_for_picture(const core::Run& run, int step, core::Side side, int layer) {
  const core::Step& s = *run.steps[static_cast<std::size_t>(step)];
  core::RecordRequest request{.hidden = true,
                              .qkv = true,
                              .scores = s.total() <= scores_up_to,
                              .probabilities = true,
                              .last_row_only = false,
                              .layers = {}};
  const int past = side == core::Side::cached ? s.past : 0;
  const auto bytes = [&] {
    return core::record_bytes(run.model->config, request, past, s.total() - past, 1);
  };
  if (bytes() > all_layers_up_to) request.layers = {layer};
  if (bytes() > attention_up_to) request.scores = request.probabilities = false;
  return request;
}

}  // namespace kv::scene
