#include <algorithm>
#include <cmath>
#include <utility>

#include "viz/scene/explain.h"
#include "viz/scene/views/growth_plot.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {
namespace {

using core::Side;

core::Baseline baseline_of(Side side) {
  return side == Side::cached ? core::Baseline::with_cache : core::Baseline::without_cache;
}

// A run from one token, both ways.
std::optional<Scenario> scenario_of(const StageSpec& spec, const std::optional<StageModel>& model) {
  if (!model || !core::has_closed_form(model->cost)) return {};
  constexpr int parts = static_cast<int>(core::op_count_parts.size());
  Scenario s;
  s.model = model->name;
  s.sizes = model->cost;
  s.tokens = std::max<std::int64_t>(2, spec.tokens > 0 ? spec.tokens : 512);
  if (spec.component >= 0 && spec.component < parts)
    s.part = static_cast<CostPart>(static_cast<int>(CostPart::q) + spec.component);
  s.log_log = spec.log_log;
  return s;
}

std::optional<GrowthPlot> plot_of(const Rect& area, const StageSpec& spec,
                                  const std::optional<StageModel>& model) {
  auto scenario = scenario_of(spec, model);
  if (!scenario) return {};
  Rect rest = area.inset(22, 16);
  rest.take_top(66);
  const Rect names = rest.take_right(std::clamp(area.w * 0.25F, 224.0F, 300.0F), 18);
  rest.take_left(growth_space), rest.take_bottom(48), rest.take_top(4);
  return GrowthPlot{.scenario = *scenario,
                    .curves = curves_of(*scenario),
                    .names = names,
                    .axes = growth_axes(*scenario, rest)};
}

// The run's own steps are comparable only where it began with one token too.
bool run_fits(const Frame& f, const StageSpec& spec) {
  return spec.preset.empty() && f.subject.costs && f.subject.prompt_tokens() == 1;
}

// What was really executed; hollow where the uncached side's step has not been.
void draw_points(Frame& f, const GrowthPlot& plot, const GrowthCurve& curve) {
  const CostSeries& costs = *f.subject.costs;
  const bool cached = curve.baseline == core::Baseline::with_cache;
  const auto& series = cached ? costs.cached : costs.uncached;
  const int steps =
      static_cast<int>(std::min<std::int64_t>(f.subject.steps(), plot.scenario.tokens));
  for (int s = 1; s <= steps; s += std::max(1, steps / 48)) {
    const auto i = static_cast<std::size_t>(s);
    const Vec2 at = plot.axes.at(s, core::to_double(cost_of(series[i], curve.part)));
    put_dot(f, at, color_of(f, curve.baseline), 4, cached || costs.uncached_counted[i]);
  }
}

std::string detail_of(const Frame& f, const Scenario& s) {
  std::string detail = s.model;
  if (s.part >= CostPart::q) detail += " \u00B7 " + name_of(f, s.part);
  return detail + " \u00B7 " + f.say(s.log_log ? words::chart_log : words::chart_linear);
}

}  // namespace

void draw_stage_chart(Frame& f, const Rect& area, const StageSpec& spec,
                      const std::vector<Vec2>& drawn, bool hidden, std::optional<Side> asked) {
  put_panel(f, area);
  auto plot = plot_of(area, spec, stage_model(f, spec));
  if (!plot) return put_quiet(f, area, missing_words(f, spec));
  if (hidden)
    std::erase_if(plot->curves, [&](const GrowthCurve& curve) {
      return !asked || curve.baseline == baseline_of(*asked);
    });
  const bool points = run_fits(f, spec) && f.subject.steps() > 0 && !plot->curves.empty();
  std::string badge = f.say(words::formula);
  if (points) badge += "   \u25CF " + f.say(words::counted);
  put_stage_heading(f, area, f.say(words::stage_chart_title), detail_of(f, plot->scenario), badge);
  draw_growth_axes(f, *plot, f.say(words::stage_chart_tokens));
  const Rect& place = plot->axes.plot;
  std::vector<Rect> taken;
  if (run_fits(f, spec) && f.moment.step >= 1 && f.moment.step <= plot->scenario.tokens) {
    taken.push_back({plot->axes.x_at(f.moment.step) - 1, place.y, 2, place.h});
    put_box(f, taken.back(), f.colors.fresh);
  }
  for (const GrowthCurve& curve : plot->curves) draw_curve(f, *plot, curve, taken);
  if (points)
    for (const GrowthCurve& curve : plot->curves)
      if (curve.part != CostPart::attention) draw_points(f, *plot, curve);
  draw_crossovers(f, *plot, taken);
  draw_own_curve(f, *plot, drawn);
  draw_end_names(f, *plot);
  f.scene.places.push_back({.rect = place,
                            .part = {.kind = PartKind::stage_chart},
                            .rows = chart_cells,
                            .columns = chart_cells});
}

std::optional<Vec2> chart_point(const Rect& area, const StageSpec& spec, const Frame& f,
                                Vec2 pointer) {
  const auto plot = plot_of(area, spec, stage_model(f, spec));
  if (!plot || !plot->axes.plot.contains(pointer)) return {};
  return plot->axes.values_at(pointer);
}

std::optional<Vec2> chart_value(const StageSpec& spec, const core::ModelConfig& own,
                                const PartId& part) {
  const auto model = spec.preset.empty()
                         ? std::optional(StageModel{core::dense_cost_config(own), ""})
                         : preset_model(spec.preset);
  const auto scenario = scenario_of(spec, model);
  if (!scenario || part.kind != PartKind::stage_chart) return {};
  return chart_value(*scenario, part);
}

}  // namespace kv::scene
