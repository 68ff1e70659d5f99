// Curves of growth: what they cost, why they are as steep as they are, where they meet.
#include <algorithm>
#include <cmath>

#include "core/cost/growth.h"
#include "viz/scene/explain_lab.h"
#include "viz/scene/number_text.h"
#include "viz/scene/views/growth_plot.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {
namespace {

using core::Baseline;

std::string whole_flops(core::Uint128 flops) { return grouped_text(flops) + " FLOP"; }

// What the pointer is on, while drawing; else the cost of all ways to the last operation.
Explanation explain_plot(const Frame& f, const PartId& part) {
  const Scenario& s = f.view.scenario;
  const auto value = chart_value(s, part);
  if (!value) return {};
  const std::int64_t tokens = within_chart(s, std::llround(static_cast<double>(value->x)));
  Explanation e{.title = tokens_text(s, tokens), .value = {}, .lines = {}, .badge = Badge::none};
  if (s.page == LabPage::draw) {
    e.value = flops_text(static_cast<core::Uint128>(std::max(0.0F, value->y)));
    return e;
  }
  const CostPart shown = s.part == CostPart::all ? CostPart::total : s.part;
  e.title += " \u00B7 " + name_of(f, shown);
  e.badge = Badge::formula;
  for (const Baseline way : {Baseline::without_cache, Baseline::with_cache, Baseline::padded})
    if (shows(s, way))
      e.lines.push_back(name_of(f, way) + ": " + whole_flops(cost_at(s, {way, shown}, tokens)));
  return e;
}

// Why one step costs what it does.
std::string step_reason(const Frame& f, const GrowthCurve& curve) {
  if (curve.part == CostPart::total) return f.say(words::growth_why_total);
  if (curve.part == CostPart::head) return f.say(words::growth_why_head);
  const bool pairs = curve.part == CostPart::attention || curve.part == CostPart::scores ||
                     curve.part == CostPart::weighted_sum;
  if (curve.baseline == Baseline::with_cache)
    return f.say(pairs ? words::growth_why_with_pairs : words::growth_why_with_rows);
  if (curve.baseline == Baseline::without_cache)
    return f.say(pairs ? words::growth_why_without_pairs : words::growth_why_without_rows);
  const std::string rows = count_text(shape_of(f.view.scenario).context);
  return f.say(pairs ? words::growth_why_padded_pairs : words::growth_why_padded_rows,
               {rows, rows});
}

const Phrase& sum_reason(int power) {
  return power == 1   ? words::growth_sum_same
         : power == 2 ? words::growth_sum_rising
                      : words::growth_sum_squares;
}

Explanation explain_curve(const Frame& f, const PartId& part) {
  const Scenario& s = f.view.scenario;
  if (part.a < 0 || part.a >= static_cast<int>(core::baselines.size()) || part.b < 0 ||
      part.b > cost_part_count || !core::has_closed_form(s.sizes))
    return {};
  const GrowthCurve curve{static_cast<Baseline>(part.a), static_cast<CostPart>(part.b)};
  const std::int64_t tokens = cursor_of(f);
  const int power = power_of(s, curve);
  Explanation e{.title = name_of(f, curve.baseline) + " \u00B7 " + name_of(f, curve.part),
                .value = whole_flops(cost_at(s, curve, tokens)),
                .lines = {},
                .badge = Badge::formula};
  e.lines.push_back(f.say(words::growth_local,
                          {tokens_text(s, tokens), exponent_text(exponent_at(s, curve, tokens)),
                           power_text(f, s, power)}));
  e.lines.push_back(step_reason(f, curve));
  if (s.extent == Extent::run && curve.part != CostPart::total)
    e.lines.push_back(f.say(sum_reason(power)));
  if (s.prompt > 1) e.lines.push_back(f.say(words::growth_one_token));
  return e;
}

Explanation explain_crossover(const Frame& f, const PartId& part) {
  const Scenario& s = f.view.scenario;
  if (part.a < 0 || part.a > 2 || !core::has_closed_form(s.sizes)) return {};
  const core::Crossover crossover = core::attention_crossover(s.sizes.model);
  const std::string step = real_text(crossover.per_step);
  const std::string run = real_text(part.a == 1 ? crossover.run_cached : crossover.run_uncached);
  Explanation e{.title = f.say(words::growth_meet_title),
                .value = part.a == 0 ? "t* = " + step : "n = " + run,
                .lines = {},
                .badge = Badge::formula};
  e.lines.push_back(f.say(words::growth_formula_step, {crossover_numbers(s.sizes.model), step}));
  e.lines.push_back(f.say(words::growth_formula_letters));
  if (part.a == 0) {
    e.lines.push_back(f.say(words::growth_meet_same));
  } else {
    e.lines.push_back(
        f.say(part.a == 1 ? words::growth_formula_with : words::growth_formula_without, {run}));
    e.lines.push_back(f.say(words::growth_meet_later));
  }
  e.lines.push_back(f.say(words::growth_meet_without_head));
  return e;
}

// What was counted, and whether the closed form says the same.
void add_counted(const Frame& f, const core::Execution& executed, const core::ExecutedPoint& point,
                 Baseline way, Explanation& e) {
  const Scenario& s = f.view.scenario;
  const CostPart part = s.part == CostPart::all ? CostPart::total : s.part;
  const core::Executed& side = point.sides[static_cast<std::size_t>(way)];
  const bool step = s.extent == Extent::step;
  const core::Uint128 counted = part_cost(step ? side.step : side.run, part);
  const auto cost = step ? core::baseline_step : core::baseline_run;
  const core::Uint128 formula =
      part_cost(cost(s.sizes.model, way, point.tokens, executed.shape), part);
  e.lines.push_back(
      f.say(words::growth_point_way, {name_of(f, way), grouped_text(counted),
                                      seconds_text(step ? side.step_seconds : side.run_seconds)}));
  e.lines.push_back(counted == formula ? f.say(words::growth_point_same)
                                       : f.say(words::growth_point_other, {grouped_text(formula)}));
}

Explanation explain_point(const Frame& f, const PartId& part) {
  const core::Execution* executed = f.status.lab->executed.get();
  if (!executed || part.a < 0 || part.a >= static_cast<int>(executed->points.size())) return {};
  const Scenario& s = f.view.scenario;
  const core::ExecutedPoint& point = executed->points[static_cast<std::size_t>(part.a)];
  Explanation e{.title = f.say(words::growth_point_title, {tokens_text(s, point.tokens)}),
                .value = {},
                .lines = {},
                .badge = Badge::counted};
  for (const Baseline way : {Baseline::without_cache, Baseline::with_cache, Baseline::padded})
    if (shows(s, way) && (way != Baseline::padded || executed->padded))
      add_counted(f, *executed, point, way, e);
  if (s.batch > 1) e.lines.push_back(f.say(words::growth_point_batch, {count_text(s.batch)}));
  return e;
}

}  // namespace

Explanation explain_growth(const Frame& f, const PartId& part) {
  if (!f.status.lab) return {};
  switch (part.kind) {
    case PartKind::lab_chart:
      return explain_plot(f, part);
    case PartKind::lab_curve:
      return explain_curve(f, part);
    case PartKind::lab_crossover:
      return explain_crossover(f, part);
    case PartKind::growth_point:
      return explain_point(f, part);
    default:
      return {};
  }
}

}  // namespace kv::scene
