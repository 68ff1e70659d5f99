// Costs against tokens: a step's or a run's, every way to decode, on linear or logarithmic axes.
// The chart of lessons and of the laboratory alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viz/scene/lab_view.h"
#include "viz/scene/scenario.h"
#include "viz/scene/views/frame.h"

namespace kv::scene {

// All four projections together: a curve of `all`, which cannot be chosen alone.
inline constexpr auto projections = static_cast<CostPart>(cost_part_count);

// One curve of it: a way to decode, and what of its cost.
struct GrowthCurve {
  core::Baseline baseline = core::Baseline::with_cache;
  CostPart part = CostPart::total;  // or `projections`
  bool operator==(const GrowthCurve&) const = default;
};
// Of the parts shown, for the ways shown: total brings attention with it, all its four parts.
std::vector<GrowthCurve> curves_of(const Scenario& scenario);

// In FLOPs of the whole batch, at t (step) or n (run) tokens, from the closed form. Sizes must have
// one; t within prompt..tokens.
core::Uint128 cost_at(const Scenario& scenario, const GrowthCurve& curve, std::int64_t tokens);
// ARCHITECTURE's local exponent there, of the reference run from a one-token prompt (batch changes
// nothing); of a step ln(c(t)/c(t-1)) / ln(t/(t-1)). Empty at t < 2 or where the cost is 0.
std::optional<double> exponent_at(const Scenario& scenario, const GrowthCurve& curve,
                                  std::int64_t tokens);
// The power of n it tends to.
int power_of(const Scenario& scenario, const GrowthCurve& curve);

// Tokens and FLOPs at a place of the chart's plot (lab_chart, stage_chart; a: row, b: column of
// chart_cells); nothing where the sizes have no closed form.
std::optional<Vec2> chart_value(const Scenario& scenario, const PartId& part);
// The cursor: where the pointer is on the chart, else scenario.at, else scenario.tokens.
std::int64_t cursor_of(const Frame& f);

}  // namespace kv::scene
