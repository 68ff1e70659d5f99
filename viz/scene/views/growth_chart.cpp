#include "viz/scene/views/growth_chart.h"

#include <algorithm>
#include <cmath>

#include "core/cost/growth.h"
#include "viz/scene/views/growth_plot.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {
namespace {

using core::Baseline;
using core::Uint128;

std::vector<CostPart> parts_of(CostPart part) {
  if (part == CostPart::total) return {CostPart::total, CostPart::attention};
  if (part == CostPart::all)
    return {CostPart::attention, projections, CostPart::mlp, CostPart::head};
  return {part};
}

Uint128 cost_of_one(const Scenario& s, const GrowthCurve& curve, std::int64_t tokens,
                    const core::RunShape& shape) {
  const auto cost = s.extent == Extent::step ? core::baseline_step : core::baseline_run;
  return part_cost(cost(s.sizes.model, curve.baseline, tokens, shape), curve.part);
}

}  // namespace

Uint128 part_cost(const core::OpCount& count, CostPart part) {
  return part == projections ? count.q + count.k + count.v + count.output : cost_of(count, part);
}

std::vector<GrowthCurve> curves_of(const Scenario& scenario) {
  std::vector<GrowthCurve> curves;
  for (const Baseline baseline : {Baseline::without_cache, Baseline::with_cache, Baseline::padded})
    if (shows(scenario, baseline))
      for (const CostPart part : parts_of(scenario.part)) curves.push_back({baseline, part});
  return curves;
}

Scenario as_shown(const Scenario& scenario) {
  Scenario shown = scenario;
  if (shown.page == LabPage::draw && shown.part == CostPart::all) shown.part = CostPart::total;
  return shown;
}

GrowthCurve curve_in_question(const Scenario& scenario) {
  return {scenario.asked, as_shown(scenario).part};
}

Uint128 cost_at(const Scenario& scenario, const GrowthCurve& curve, std::int64_t tokens) {
  return cost_of_one(scenario, curve, tokens, shape_of(scenario)) *
         static_cast<Uint128>(std::max<std::int64_t>(1, scenario.batch));
}

std::optional<double> exponent_at(const Scenario& scenario, const GrowthCurve& curve,
                                  std::int64_t tokens) {
  if (tokens < 2) return {};
  const core::RunShape reference{.prompt = 1, .context = shape_of(scenario).context};
  return core::local_exponent(cost_of_one(scenario, curve, tokens, reference),
                              cost_of_one(scenario, curve, tokens - 1, reference), tokens);
}

int power_of(const Scenario& scenario, const GrowthCurve& curve) {
  const int summed = scenario.extent == Extent::run ? 1 : 0;
  if (curve.baseline == Baseline::padded || curve.part == CostPart::head) return summed;
  const bool pairs = curve.part <= CostPart::attention || curve.part == CostPart::scores ||
                     curve.part == CostPart::weighted_sum;
  return summed + (pairs ? 1 : 0) + (curve.baseline == Baseline::without_cache ? 1 : 0);
}

std::int64_t first_tokens(const Scenario& scenario) {
  return std::clamp<std::int64_t>(scenario.prompt, 1, std::max<std::int64_t>(1, scenario.tokens));
}

std::int64_t within_chart(const Scenario& scenario, std::int64_t tokens) {
  const std::int64_t first = first_tokens(scenario);
  return std::clamp(tokens, first, std::max(first, scenario.tokens));
}

PlotAxes growth_axes(const Scenario& scenario, const Rect& plot) {
  std::vector<GrowthCurve> curves = curves_of(as_shown(scenario));
  if (scenario.page == LabPage::draw) curves.push_back(curve_in_question(scenario));
  const std::int64_t first = first_tokens(scenario), last = std::max(first, scenario.tokens);
  double least = 1e300, most = 10;
  for (const GrowthCurve& curve : curves)
    // With the cache the step after the prompt's is the cheapest.
    for (const std::int64_t tokens : {first, std::min(first + 1, last), last}) {
      const double cost = core::to_double(cost_at(scenario, curve, tokens));
      most = std::max(most, cost);
      if (cost > 0) least = std::min(least, cost);
    }
  // A single step stands where the last one would.
  const auto end = static_cast<double>(last);
  const Axis x{.low = first < last ? static_cast<double>(first) : end / 2,
               .high = end,
               .log = scenario.log_log,
               .whole = true};
  return {.plot = plot,
          .x = x,
          .y = scenario.log_log ? decades_around(std::min(least, most / 10), 1.5 * most)
                                : linear_up_to(most)};
}

Vec2 value_in_cell(const PlotAxes& axes, const PartId& part) {
  const auto share = [](int cell) { return (static_cast<double>(cell) + 0.5) / chart_cells; };
  return {static_cast<float>(axes.x.value(share(part.b))),
          static_cast<float>(axes.y.value(1 - share(part.a)))};
}

std::optional<Vec2> chart_value(const Scenario& scenario, const PartId& part) {
  const bool on_plot = part.kind == PartKind::lab_chart || part.kind == PartKind::stage_chart;
  if (!on_plot || part.a < 0 || part.b < 0 || !core::has_closed_form(scenario.sizes)) return {};
  // How large the plot is does not matter to what its axes say.
  return value_in_cell(growth_axes(scenario, {0, 0, 1000, 700}), part);
}

std::int64_t cursor_of(const Frame& f) {
  const Scenario& s = f.view.scenario;
  const PartId& hover = f.view.hover;
  if (const auto value = chart_value(s, hover))
    return within_chart(s, std::llround(static_cast<double>(value->x)));
  if (hover.kind == PartKind::growth_point && f.status.lab && f.status.lab->executed) {
    const auto& points = f.status.lab->executed->points;
    if (hover.a >= 0 && hover.a < static_cast<int>(points.size()))
      return within_chart(s, points[static_cast<std::size_t>(hover.a)].tokens);
  }
  return within_chart(s, s.at > 0 ? s.at : s.tokens);
}

}  // namespace kv::scene
