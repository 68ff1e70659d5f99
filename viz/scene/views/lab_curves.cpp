// The page of curves: costs against tokens, with what they are at the cursor.
#include <algorithm>
#include <cmath>

#include "viz/scene/views/growth_plot.h"
#include "viz/scene/views/lab.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {
namespace {

using core::Baseline;

// What was executed for this scenario; of a way that was not, nothing.
const core::Execution* executed(const Frame& f, const GrowthPlot& plot, Baseline way) {
  const core::Execution* e = f.status.lab->executed.get();
  if (!e || e->shape.prompt != plot.scenario.prompt) return nullptr;
  const bool padded = e->padded && e->shape.context == shape_of(plot.scenario).context;
  return way == Baseline::padded && !padded ? nullptr : e;
}

bool has_points(const Frame& f, const GrowthPlot& plot) {
  return std::ranges::any_of(plot.curves, [&](const GrowthCurve& curve) {
    const core::Execution* e = executed(f, plot, curve.baseline);
    return e && !e->points.empty();
  });
}

// One sequence was executed; the chart is of the whole batch.
double counted_at(const GrowthPlot& plot, const GrowthCurve& curve,
                  const core::ExecutedPoint& point) {
  const core::Executed& side = point.sides[static_cast<std::size_t>(curve.baseline)];
  const core::OpCount& count = plot.scenario.extent == Extent::step ? side.step : side.run;
  return core::to_double(part_cost(count, curve.part)) * static_cast<double>(plot.scenario.batch);
}

// Points that would lie on the one before are left out.
void draw_points(Frame& f, const GrowthPlot& plot, const GrowthCurve& curve) {
  const core::Execution* e = executed(f, plot, curve.baseline);
  if (!e) return;
  const Color color = look_of(f, plot.scenario, curve).color;
  float free_from = -1e9F;
  for (std::size_t i = 0; i < e->points.size(); ++i) {
    const core::ExecutedPoint& point = e->points[i];
    if (within_chart(plot.scenario, point.tokens) != point.tokens) continue;
    const double cost = counted_at(plot, curve, point);
    const Vec2 at = plot.axes.at(static_cast<double>(point.tokens), cost);
    if (cost <= 0 || (at.x < free_from && i + 1 < e->points.size())) continue;
    free_from = at.x + 22;
    put_place(f, put_dot(f, at, color, 4.5F),
              {.kind = PartKind::growth_point, .a = static_cast<int>(i)});
  }
}

void draw_cursor(Frame& f, const GrowthPlot& plot, std::int64_t tokens) {
  const Rect& p = plot.axes.plot;
  const float x = plot.axes.x_at(static_cast<double>(tokens));
  put_box(f, {x - 0.75F, p.y, 1.5F, p.h}, f.colors.accent);
  const std::string text = tokens_text(plot.scenario, tokens);
  const float width = f.width(text, Font::small_bold) + 16;
  const float left = std::clamp(x - width / 2, p.x, std::max(p.x, p.right() - width));
  const Rect sign{left, p.y - 24, width, 22};
  put_box(f, sign, f.colors.accent, 6);
  put_line(f, sign, text, Font::small_bold, f.colors.accent_text, Align::center);
}

// A ring where the cursor meets each curve.
void draw_meetings(Frame& f, const GrowthPlot& plot, std::int64_t tokens) {
  for (const GrowthCurve& curve : plot.curves) {
    const Vec2 at = place_on(plot, curve, tokens);
    const Color color = look_of(f, plot.scenario, curve).color;
    put(f, Box{.rect = {at.x - 5, at.y - 5, 10, 10},
               .fill = f.colors.panel,
               .line = color,
               .line_width = 2.5F,
               .radius = 5});
  }
}

void draw_plot(Frame& f, const GrowthPlot& plot, std::int64_t cursor) {
  const bool step = plot.scenario.extent == Extent::step;
  draw_growth_axes(f, plot, f.say(step ? words::growth_tokens_step : words::stage_chart_tokens));
  put_chart_place(f, plot);
  draw_asymptotes(f, plot);
  draw_cursor(f, plot, cursor);
  std::vector<Rect> taken;
  for (const GrowthCurve& curve : plot.curves) draw_curve(f, plot, curve, taken);
  for (const GrowthCurve& curve : plot.curves) draw_points(f, plot, curve);
  draw_meetings(f, plot, cursor);
  for (const Place& place : draw_crossovers(f, plot, taken)) f.scene.places.push_back(place);
  draw_asymptote_names(f, plot, taken);
  draw_short_names(f, plot);
}

}  // namespace

void draw_curves_page(Frame& f, const Rect& area) {
  const Scenario& s = f.view.scenario;
  put_panel(f, area);
  if (!core::has_closed_form(s.sizes))
    return put_quiet(f, area, f.say(words::stage_uncovered, {s.model}));
  GrowthPlot plot{.scenario = s, .curves = curves_of(s), .names = {}, .axes = {}};
  Rect rest = draw_growth_heading(f, area, has_points(f, plot));
  const auto notes = growth_notes(f, plot);
  const Rect words = rest.take_bottom(notes_height(f, notes, rest.w), notes.empty() ? 0 : 12);
  const Rect table = rest.take_bottom(growth_table_height(plot), 8);
  plot = growth_plot(f, rest, curves_of(s));
  const std::int64_t cursor = cursor_of(f);
  draw_plot(f, plot, cursor);
  draw_growth_table(f, table, plot, cursor);
  draw_notes(f, words, notes);
}

}  // namespace kv::scene
