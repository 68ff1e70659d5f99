// Curves of growth: how they look, what they are called, how they are drawn.
#include <algorithm>
#include <cmath>
#include <utility>

#include "viz/scene/explain.h"
#include "viz/scene/number_text.h"
#include "viz/scene/views/growth_plot.h"
#include "viz/scene/views/stages.h"
#include "viz/scene/views/step_data.h"

namespace kv::scene {
namespace {

using core::Baseline;

constexpr int samples = 128;  // of a curve

// Where all parts are shown the colour says which part, the line which way.
CurveLook look_of_part(const Frame& f, const GrowthCurve& curve) {
  const Color color = curve.part == CostPart::attention ? component_color(f.colors, 4)
                      : curve.part == CostPart::mlp     ? f.colors.mlp
                      : curve.part == CostPart::head    ? f.colors.head
                                                        : f.colors.output;
  if (curve.baseline == Baseline::without_cache) return {color, 3.5F, 0};
  return {color, 2, curve.baseline == Baseline::with_cache ? 9.0F : 3.0F};
}

// No words on the line between two points.
void keep_free(std::vector<Rect>& taken, Vec2 from, Vec2 to) {
  const int steps = 1 + static_cast<int>(std::hypot(to.x - from.x, to.y - from.y) / 12);
  for (int i = 1; i <= steps; ++i) {
    const Vec2 at = from + (to - from) * (static_cast<float>(i) / static_cast<float>(steps));
    taken.push_back({at.x - 4, at.y - 4, 8, 8});
  }
}

// A square, for it lies above the curve.
void draw_prefill(Frame& f, const GrowthPlot& plot, const GrowthCurve& curve,
                  std::vector<Rect>& taken) {
  const Vec2 at = place_on(plot, curve, first_tokens(plot.scenario));
  const Color color = look_of(f, plot.scenario, curve).color;
  put_box(f, {at.x - 4, at.y - 4, 8, 8}, color);
  taken.push_back({at.x - 4, at.y - 4, 8, 8});
  if (curve.part == plot.scenario.part)
    put_note(f, plot.axes.plot, at, f.say(words::roof_prefill), color, true, taken);
}

}  // namespace

Color color_of(const Frame& f, Baseline baseline) {
  return baseline == Baseline::with_cache      ? f.colors.with
         : baseline == Baseline::without_cache ? f.colors.without
                                               : f.colors.muted;
}

CurveLook look_of(const Frame& f, const Scenario& scenario, const GrowthCurve& curve) {
  CurveLook look{.color = color_of(f, curve.baseline)};
  const bool beside = scenario.part == CostPart::total && curve.part == CostPart::attention;
  if (scenario.part == CostPart::all)
    look = look_of_part(f, curve);
  else if (curve.baseline == Baseline::padded)
    look.dash = beside ? 3 : 12;
  else if (beside)
    look.dash = 7;
  if (hovered(f, part_of(curve))) look.width += 2;
  return look;
}

std::string name_of(const Frame& f, Baseline baseline) {
  return f.say(baseline == Baseline::with_cache      ? words::side_with
               : baseline == Baseline::without_cache ? words::side_without
                                                     : words::growth_padded);
}

std::string name_of(const Frame& f, CostPart part) {
  if (part == projections) return f.say(words::growth_projections);
  switch (part) {
    case CostPart::total:
      return f.say(words::chart_total);
    case CostPart::all:
      return f.say(words::growth_all);
    case CostPart::attention:
      return f.say(words::chart_attention);
    case CostPart::rest:
      return f.say(words::growth_rest);
    default:
      return f.say(name_of_component(static_cast<int>(part) - static_cast<int>(CostPart::q)));
  }
}

std::string name_of(const Frame& f, const Scenario& scenario, const GrowthCurve& curve) {
  const std::string way = name_of(f, curve.baseline);
  const bool alone = curve.part == CostPart::total || curve.part == scenario.part;
  return alone ? way : way + " \u00B7 " + name_of(f, curve.part);
}

PartId part_of(const GrowthCurve& curve) {
  return {.kind = PartKind::lab_curve,
          .a = static_cast<int>(curve.baseline),
          .b = static_cast<int>(curve.part)};
}

Vec2 place_on(const GrowthPlot& plot, const GrowthCurve& curve, std::int64_t tokens) {
  return plot.axes.at(static_cast<double>(tokens),
                      core::to_double(cost_at(plot.scenario, curve, tokens)));
}

void draw_growth_axes(Frame& f, const GrowthPlot& plot, std::string_view across) {
  draw_axes(f, plot.axes,
            {.x = [](double n) { return count_text(std::llround(n)); },
             .y = [](double v) { return tick_text(flops_text(static_cast<core::Uint128>(v))); }},
            growth_space);
  const Rect& p = plot.axes.plot;
  put_text(f, {p.right(), p.bottom() + 28}, across, Font::small, f.colors.muted, Align::right);
}

Rect put_dot(Frame& f, Vec2 at, Color color, float radius, bool filled) {
  const Rect dot{at.x - radius, at.y - radius, 2 * radius, 2 * radius};
  if (filled)
    put_box(f, dot, color, radius);
  else
    put_outline(f, dot, color, 1.5F, radius);
  return dot;
}

bool has_prefill(const Scenario& scenario, const GrowthCurve& curve) {
  return scenario.extent == Extent::step && curve.baseline == Baseline::with_cache &&
         scenario.prompt > 1 && scenario.prompt < scenario.tokens && curve.part != CostPart::head;
}

void draw_curve(Frame& f, const GrowthPlot& plot, const GrowthCurve& curve,
                std::vector<Rect>& taken) {
  const CurveLook look = look_of(f, plot.scenario, curve);
  const bool prefill = has_prefill(plot.scenario, curve);
  const std::int64_t first = first_tokens(plot.scenario);
  Path path{.points = {}, .color = look.color, .width = look.width, .dash = look.dash};
  std::int64_t before = 0;
  for (int i = 0; i <= samples; ++i) {
    const std::int64_t n = within_chart(
        plot.scenario, std::llround(plot.axes.x.value(static_cast<double>(i) / samples)));
    if (n == before || (prefill && n == first)) continue;
    before = n;
    const Vec2 at = place_on(plot, curve, n);
    keep_free(taken, path.points.empty() ? at : path.points.back(), at);
    path.points.push_back(at);
  }
  if (path.points.size() == 1) put_dot(f, path.points[0], look.color, 4);
  put(f, std::move(path));
  if (prefill) draw_prefill(f, plot, curve, taken);
}

namespace {

bool within(const GrowthPlot& plot, Vec2 point) {
  const double share = plot.axes.y.share(static_cast<double>(point.y));
  return share >= 0 && share <= 1;
}

// Where the line between a point in the plot and one above or below it leaves the plot.
Vec2 way_out(const GrowthPlot& plot, Vec2 inside, Vec2 outside) {
  const Axis& y = plot.axes.y;
  const double from = y.share(static_cast<double>(inside.y));
  const double to = y.share(static_cast<double>(outside.y));
  const double part = ((to > 1 ? 1 : 0) - from) / (to - from);
  const float x0 = plot.axes.x_at(static_cast<double>(inside.x));
  const float x1 = plot.axes.x_at(static_cast<double>(outside.x));
  const Rect& area = plot.axes.plot;
  return {x0 + (x1 - x0) * static_cast<float>(part), to > 1 ? area.y : area.bottom()};
}

}  // namespace

void draw_own_curve(Frame& f, const GrowthPlot& plot, const std::vector<Vec2>& drawn,
                    std::optional<float> below) {
  if (drawn.empty()) return;
  // What leaves the plot ends at its edge: along it, it would look like a plateau.
  Path path{.points = {}, .color = f.colors.fresh, .width = 4};
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const bool here = within(plot, drawn[i]), before = i > 0 && within(plot, drawn[i - 1]);
    if (here && !before && i > 0) path.points.push_back(way_out(plot, drawn[i], drawn[i - 1]));
    if (here)
      path.points.push_back(
          plot.axes.at(static_cast<double>(drawn[i].x), static_cast<double>(drawn[i].y)));
    if (here || !before) continue;
    path.points.push_back(way_out(plot, drawn[i - 1], drawn[i]));
    put(f, std::exchange(path, Path{.points = {}, .color = path.color, .width = path.width}));
  }
  if (!path.points.empty()) put(f, std::move(path));
  if (!below) return;
  const float y = plot.axes.plot.bottom() + *below;
  put_box(f, {plot.names.x, y + 7, 20, 4}, f.colors.fresh);
  put_line(f, {plot.names.x + 28, y, plot.names.w - 28, 18}, f.say(words::stage_chart_drawn),
           Font::small, f.colors.text);
}

bool is_drawn_out(const GrowthPlot& plot, const std::vector<Vec2>& drawn) {
  if (drawn.size() < 2 || !within(plot, drawn.back())) return false;
  return plot.axes.x_at(static_cast<double>(drawn.back().x)) > plot.axes.plot.right() - 6;
}

}  // namespace kv::scene
