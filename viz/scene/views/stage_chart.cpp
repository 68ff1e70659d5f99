#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/cost/growth.h"
#include "viz/scene/explain.h"
#include "viz/scene/views/axes.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {
namespace {

using core::OpCount;
using core::Side;
using core::Uint128;

constexpr int whole = -1, attention = -2;  // what a curve is of; else an index of op_count_parts

struct Curve {
  Side side;
  int measure;
};

struct Picture {
  StageModel model;
  std::vector<Curve> curves;
  std::int64_t end = 2;
  Rect names;
  PlotAxes axes;
};

Uint128 measured(const OpCount& count, int measure) {
  if (measure == whole) return count.total();
  if (measure == attention) return count.scores + count.weighted_sum;
  return count.*core::op_count_parts[static_cast<std::size_t>(measure)].value;
}

Uint128 cost_at(const Picture& p, const Curve& curve, std::int64_t n) {
  return measured(core::run_cost(p.model.cost.model, curve.side, 1, n), curve.measure);
}

std::vector<Curve> curves_of(int component) {
  if (component >= 0) return {{Side::uncached, component}, {Side::cached, component}};
  return {{Side::uncached, whole},
          {Side::uncached, attention},
          {Side::cached, whole},
          {Side::cached, attention}};
}

// Of all curves, hidden ones too: a drawing must have room, and nothing jumps when it is revealed.
PlotAxes axes_of(const Picture& p, const Rect& plot, bool log_log) {
  double least = 1e300, most = 10;
  for (const Curve& curve : p.curves) {
    most = std::max(most, core::to_double(cost_at(p, curve, p.end)));
    const double begin = core::to_double(cost_at(p, curve, 1));
    if (begin > 0) least = std::min(least, begin);
  }
  const Axis x{.low = 1, .high = static_cast<double>(p.end), .log = log_log};
  return {
      .plot = plot,
      .x = x,
      .y = log_log ? decades_around(std::min(least, most / 10), 1.5 * most) : linear_up_to(most)};
}

std::optional<Picture> picture_of(const Rect& area, const StageSpec& spec,
                                  const std::optional<StageModel>& model) {
  if (!model || !core::has_closed_form(model->cost)) return {};
  const int parts = static_cast<int>(core::op_count_parts.size());
  Picture p{.model = *model,
            .curves = curves_of(spec.component < parts ? spec.component : -1),
            .end = std::max<std::int64_t>(2, spec.tokens > 0 ? spec.tokens : 512),
            .names = {},
            .axes = {}};
  Rect rest = area.inset(22, 16);
  rest.take_top(66);
  p.names = rest.take_right(std::clamp(area.w * 0.25F, 224.0F, 300.0F), 18);
  rest.take_left(94), rest.take_bottom(48), rest.take_top(4);
  p.axes = axes_of(p, rest, spec.log_log);
  return p;
}

Color color_of(const Frame& f, Side side) {
  return side == Side::cached ? f.colors.with : f.colors.without;
}
float dash_of(const Curve& curve) { return curve.measure == attention ? 7 : 0; }

std::string name_of(const Frame& f, const Curve& curve) {
  const std::string side =
      f.say(curve.side == Side::cached ? words::side_with : words::side_without);
  return curve.measure == attention ? side + " \u00B7 " + f.say(words::chart_attention) : side;
}

// Adds what words in the plot must leave free.
void draw_curve(Frame& f, const Picture& p, const Curve& curve, std::vector<Rect>& taken) {
  Path path{.points = {}, .color = color_of(f, curve.side), .width = 3, .dash = dash_of(curve)};
  constexpr int samples = 128;
  std::int64_t before = 0;
  for (int i = 0; i <= samples; ++i) {
    const std::int64_t n = std::llround(p.axes.x.value(static_cast<double>(i) / samples));
    if (n == before) continue;
    before = n;
    const Vec2 at = p.axes.at(static_cast<double>(n), core::to_double(cost_at(p, curve, n)));
    path.points.push_back(at);
    taken.push_back({at.x - 4, at.y - 4, 8, 8});
  }
  put(f, std::move(path));
}

// The run's own steps are comparable only where it began with one token too.
bool run_fits(const Frame& f, const StageSpec& spec) {
  return spec.preset.empty() && f.subject.costs && f.subject.prompt_tokens() == 1;
}

// What was really executed; hollow where the uncached side's step has not been.
void draw_points(Frame& f, const Picture& p, const Curve& curve) {
  const CostSeries& costs = *f.subject.costs;
  const bool cached = curve.side == Side::cached;
  const auto& series = cached ? costs.cached : costs.uncached;
  const int steps = static_cast<int>(std::min<std::int64_t>(f.subject.steps(), p.end));
  for (int s = 1; s <= steps; s += std::max(1, steps / 48)) {
    const auto i = static_cast<std::size_t>(s);
    const Vec2 at = p.axes.at(s, core::to_double(measured(series[i], curve.measure)));
    const Rect dot{at.x - 4, at.y - 4, 8, 8};
    if (cached || costs.uncached_counted[i])
      put_box(f, dot, color_of(f, curve.side), 4);
    else
      put_outline(f, dot, color_of(f, curve.side), 1.5F, 4);
  }
}

// n to the power it has there, and what it comes to.
void draw_exponent(Frame& f, const Picture& p, const Curve& curve, Vec2 at) {
  const Uint128 cost = cost_at(p, curve, p.end);
  const auto exponent = core::local_exponent(cost, cost_at(p, curve, p.end - 1), p.end);
  const Color color = color_of(f, curve.side);
  if (exponent) {
    at.x += put_text(f, {at.x, at.y + 3}, "n", Font::body_bold, color) + 1;
    at.x +=
        put_text(f, {at.x, at.y - 2}, fmt::format("{:.2f}", *exponent), Font::small_bold, color);
    at.x += 10;
  }
  put_text(f, {at.x, at.y + 5}, flops_text(cost), Font::small, f.colors.muted);
}

// At the curves' right ends, moved apart where they would touch.
void draw_names(Frame& f, const Picture& p, const std::vector<Curve>& curves) {
  constexpr float height = 44, gap = 8;
  std::vector<std::pair<float, const Curve*>> labels;
  for (const Curve& curve : curves)
    labels.emplace_back(p.axes.y_at(core::to_double(cost_at(p, curve, p.end))) - 12, &curve);
  std::ranges::stable_sort(labels, {}, &std::pair<float, const Curve*>::first);
  float lowest = p.axes.plot.bottom() - height;
  for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
    label->first = std::min(label->first, lowest);
    lowest = label->first - height - gap;
  }
  float highest = p.names.y;
  for (auto& [y, curve] : labels) {
    y = std::max(y, highest);
    highest = y + height + gap;
    const float x = p.names.x;
    put(f, Path{.points = {{x, y + 9}, {x + 20, y + 9}},
                .color = color_of(f, curve->side),
                .width = 3,
                .dash = dash_of(*curve)});
    put_line(f, {x + 28, y, p.names.w - 28, 18}, name_of(f, *curve), Font::small,
             color_of(f, curve->side));
    draw_exponent(f, p, *curve, {x + 28, y + 20});
  }
}

// Where attention has come to cost as much as the rest of the layers.
void draw_crossovers(Frame& f, const Picture& p, const std::vector<Curve>& curves,
                     std::vector<Rect>& taken) {
  const core::Crossover crossover = core::attention_crossover(p.model.cost.model);
  for (const Curve& curve : curves) {
    const double n = curve.side == Side::cached ? crossover.run_cached : crossover.run_uncached;
    if (curve.measure != whole || n < 1 || n > static_cast<double>(p.end)) continue;
    const Vec2 at = p.axes.at(n, core::to_double(cost_at(p, curve, std::llround(n))));
    const Color color = color_of(f, curve.side);
    put_box(f, {at.x - 1.5F, at.y - 14, 3, 28}, color);
    const std::string text = f.say(words::stage_chart_crossover, {count_text(std::llround(n))});
    put_note(f, p.axes.plot, at, text, color, curve.side == Side::cached, taken);
  }
}

void draw_own(Frame& f, const Picture& p, const std::vector<Vec2>& drawn) {
  if (drawn.empty()) return;
  Path path{.points = {}, .color = f.colors.fresh, .width = 4};
  for (const Vec2 point : drawn)
    path.points.push_back(p.axes.at(static_cast<double>(point.x), static_cast<double>(point.y)));
  put(f, std::move(path));
  const float y = p.axes.plot.bottom() + 6;
  put_box(f, {p.names.x, y + 7, 20, 4}, f.colors.fresh);
  put_line(f, {p.names.x + 28, y, p.names.w - 28, 18}, f.say(words::stage_chart_drawn), Font::small,
           f.colors.text);
}

std::string detail_of(const Frame& f, const StageSpec& spec, const Picture& p) {
  std::string detail = p.model.name;
  if (p.curves[0].measure >= 0)
    detail += " \u00B7 " + f.say(name_of_component(p.curves[0].measure));
  return detail + " \u00B7 " + f.say(spec.log_log ? words::chart_log : words::chart_linear);
}

}  // namespace

void draw_stage_chart(Frame& f, const Rect& area, const StageSpec& spec,
                      const std::vector<Vec2>& drawn, bool hidden, std::optional<Side> asked) {
  put_panel(f, area);
  const auto p = picture_of(area, spec, stage_model(f, spec));
  if (!p) return put_quiet(f, area, missing_words(f, spec));
  std::vector<Curve> curves;
  for (const Curve& curve : p->curves)
    if (!hidden || (asked && curve.side != *asked)) curves.push_back(curve);
  const bool points = run_fits(f, spec) && f.subject.steps() > 0 && !curves.empty();
  std::string badge = f.say(words::formula);
  if (points) badge += "   \u25CF " + f.say(words::counted);
  put_stage_heading(f, area, f.say(words::stage_chart_title), detail_of(f, spec, *p), badge);
  const Rect& plot = p->axes.plot;
  draw_axes(f, p->axes,
            {.x = [](double n) { return count_text(std::llround(n)); },
             .y = [](double v) { return tick_text(flops_text(static_cast<Uint128>(v))); }},
            94);
  put_text(f, {plot.right(), plot.bottom() + 28}, f.say(words::stage_chart_tokens), Font::small,
           f.colors.muted, Align::right);
  std::vector<Rect> taken;
  if (run_fits(f, spec) && f.moment.step >= 1 && f.moment.step <= p->end) {
    taken.push_back({p->axes.x_at(f.moment.step) - 1, plot.y, 2, plot.h});
    put_box(f, taken.back(), f.colors.fresh);
  }
  for (const Curve& curve : curves) draw_curve(f, *p, curve, taken);
  if (points)
    for (const Curve& curve : curves)
      if (curve.measure != attention) draw_points(f, *p, curve);
  draw_crossovers(f, *p, curves, taken);
  draw_own(f, *p, drawn);
  draw_names(f, *p, curves);
  f.scene.places.push_back({.rect = plot,
                            .part = {.kind = PartKind::stage_chart},
                            .rows = chart_cells,
                            .columns = chart_cells});
}

std::optional<Vec2> chart_point(const Rect& area, const StageSpec& spec, const Frame& f,
                                Vec2 pointer) {
  const auto p = picture_of(area, spec, stage_model(f, spec));
  if (!p || !p->axes.plot.contains(pointer)) return {};
  return p->axes.values_at(pointer);
}

std::optional<Vec2> chart_value(const StageSpec& spec, const core::ModelConfig& own,
                                const PartId& part) {
  // How large the plot is does not matter to what its axes say.
  constexpr Rect any{0, 0, 1000, 700};
  const auto model = spec.preset.empty()
                         ? std::optional(StageModel{core::dense_cost_config(own), ""})
                         : preset_model(spec.preset);
  const auto p = picture_of(any, spec, model);
  if (!p || part.kind != PartKind::stage_chart || part.a < 0 || part.b < 0) return {};
  const auto share = [](int cell) { return (static_cast<double>(cell) + 0.5) / chart_cells; };
  return Vec2{static_cast<float>(p->axes.x.value(share(part.b))),
              static_cast<float>(p->axes.y.value(1 - share(part.a)))};
}

}  // namespace kv::scene
