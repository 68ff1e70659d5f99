#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/cost/growth.h"
#include "viz/scene/number_text.h"
#include "viz/scene/views/axes.h"
#include "viz/scene/views/step_data.h"
#include "viz/scene/views/views.h"

namespace kv::scene {
namespace {

using core::OpCount;
using core::Side;
using core::Uint128;

Uint128 attention_of(const OpCount& count) { return count.scores + count.weighted_sum; }

// What one curve plots.
using Measure = Uint128 (*)(const OpCount&, int component);
Uint128 total_of(const OpCount& count, int) { return count.total(); }
Uint128 attention_part(const OpCount& count, int) { return attention_of(count); }
Uint128 component_of(const OpCount& count, int component) {
  return count.*core::op_count_parts[static_cast<std::size_t>(component)].value;
}

struct Curve {
  Side side;
  Measure measure;
  std::string name;
  Color color;
  float dash = 0;
};

std::vector<Curve> curves_of(const Frame& f) {
  const Color without = f.colors.without, with = f.colors.with;
  const std::string side_without = f.say(words::side_without), side_with = f.say(words::side_with);
  if (f.view.chart.component >= 0)
    return {{Side::uncached, component_of, side_without, without},
            {Side::cached, component_of, side_with, with}};
  const std::string attention = f.say(words::chart_attention);
  return {{Side::uncached, total_of, side_without, without},
          {Side::uncached, attention_part, attention, without, 5},
          {Side::cached, total_of, side_with, with},
          {Side::cached, attention_part, attention, with, 5}};
}

// The tokens of the sequence after the forward of step s: n = prompt + s - 1.
int tokens_after(const Frame& f, int step) { return f.subject.prompt_tokens() + step - 1; }

double value_at(const Frame& f, const Curve& curve, const PlotAxes& axes, int n) {
  const int component = f.view.chart.component;
  if (axes.x.log)
    return core::to_double(curve.measure(core::run_cost(f.config(), curve.side, 1, n), component));
  const int step = n - f.subject.prompt_tokens() + 1;
  const CostSeries& series = *f.subject.costs;
  const auto s = static_cast<std::size_t>(step);
  if (s < series.cached.size())
    return core::to_double(curve.measure(
        curve.side == Side::cached ? series.cached[s] : series.uncached[s], component));
  return core::to_double(curve.measure(
      core::run_cost(f.config(), curve.side, f.subject.prompt_tokens(), n), component));
}

PlotAxes axes_of(const Frame& f, const Rect& plot, const std::vector<Curve>& curves) {
  PlotAxes axes{.plot = plot, .x = {.low = 1, .high = 2, .log = f.view.chart.log_log}, .y = {}};
  axes.y.log = axes.x.log;
  const int n = tokens_after(f, std::max(1, f.subject.steps()));
  if (axes.x.log) {
    axes.x.high = 16;
    while (axes.x.high < 4.0 * n) axes.x.high *= 4;
    axes.x.high = std::min(axes.x.high, std::max<double>(f.config().context_length, 16));
  } else {
    axes.x.low = f.subject.prompt_tokens();
    axes.x.high = std::max(n, f.subject.prompt_tokens() + 15);
  }
  double least = 1e300, most = 1;
  for (const Curve& curve : curves) {
    most = std::max(most, value_at(f, curve, axes, static_cast<int>(axes.x.high)));
    const double begin = value_at(f, curve, axes, static_cast<int>(axes.x.low));
    if (begin > 0) least = std::min(least, begin);
  }
  axes.y.low = axes.x.log ? std::min(least, most / 10) : 0;
  axes.y.high = axes.x.log ? most : most * 1.05;
  return axes;
}

std::string figure_text(double n) { return grouped_text(static_cast<Uint128>(n)); }

void draw_grid(Frame& f, const PlotAxes& axes) {
  const Rect& p = axes.plot;
  const auto across = [&](double value) {
    const float y = axes.y_at(value);
    put_box(f, {p.x, y, p.w, 1}, f.colors.border);
    put_line(f, {p.x - 92, y - 9, 84, 18}, flops_text(static_cast<Uint128>(value)), Font::tiny,
             f.colors.muted, Align::right);
  };
  if (axes.x.log) {
    const double decades = std::log10(axes.y.high / axes.y.low);
    const double step = std::pow(10, std::max(1.0, std::ceil(decades * 26 / p.h)));
    for (double v = std::pow(10, std::ceil(std::log10(axes.y.low))); v <= axes.y.high; v *= step)
      across(v);
    for (double n = 1; n <= axes.x.high; n *= 4) {
      put_box(f, {axes.x_at(n), p.y, 1, p.h}, f.colors.border);
      put_line(f, {axes.x_at(n) - 30, p.bottom() + 3, 60, 16}, figure_text(n), Font::tiny,
               f.colors.muted, Align::center);
    }
    return;
  }
  const double rough = axes.y.high / std::max(2.0F, p.h / 34);
  const double step = round_step(rough);
  for (double v = 0; v <= axes.y.high; v += step) across(v);
  const int span = static_cast<int>(axes.x.high - axes.x.low);
  const int every = std::max(1, (span + 7) / 8);
  for (int n = static_cast<int>(axes.x.low); n <= static_cast<int>(axes.x.high); n += every)
    put_line(f, {axes.x_at(n) - 30, p.bottom() + 3, 60, 16}, figure_text(n), Font::tiny,
             f.colors.muted, Align::center);
}

void draw_curve(Frame& f, const PlotAxes& axes, const Curve& curve) {
  Path path{.points = {}, .color = curve.color, .width = 2, .dash = curve.dash};
  const int begin = static_cast<int>(axes.x.low), end = static_cast<int>(axes.x.high);
  const int samples = std::min(end - begin, 96);
  int before = begin - 1;
  for (int i = 0; i <= samples; ++i) {
    const double share = static_cast<double>(i) / samples;
    const int n = static_cast<int>(
        std::lround(axes.x.log ? axes.x.low * std::pow(axes.x.high / axes.x.low, share)
                               : begin + share * (end - begin)));
    if (n == before) continue;
    before = n;
    path.points.push_back({axes.x_at(n), axes.y_at(value_at(f, curve, axes, n))});
  }
  put(f, std::move(path));
  if (axes.x.log || curve.dash > 0) return;
  // Dots: steps that were really executed.
  const int steps = f.subject.steps();
  const int every = std::max(1, steps / 64);
  for (int s = 1; s <= steps; s += every) {
    const int n = tokens_after(f, s);
    const bool counted = curve.side == Side::cached ||
                         f.subject.costs->uncached_counted[static_cast<std::size_t>(s)];
    const Rect dot{axes.x_at(n) - 3, axes.y_at(value_at(f, curve, axes, n)) - 3, 6, 6};
    if (counted)
      put_box(f, dot, curve.color, 3);
    else
      put_outline(f, dot, curve.color, 1, 3);
  }
}

// The names at the curves' right ends, moved apart where they would touch.
void draw_names(Frame& f, const Rect& area, const PlotAxes& axes, const std::vector<Curve>& curves,
                int n) {
  struct Label {
    float y;
    const Curve* curve;
    std::string exponent;
  };
  std::vector<Label> labels;
  for (const Curve& curve : curves) {
    std::string text;
    if (axes.x.log && n >= 2) {
      const auto at = [&](int m) {
        return curve.measure(core::run_cost(f.config(), curve.side, 1, m), f.view.chart.component);
      };
      if (const auto exponent = core::local_exponent(at(n), at(n - 1), n))
        text = fmt::format("{:.2f}", *exponent);
    }
    labels.push_back(
        {axes.y_at(value_at(f, curve, axes, static_cast<int>(axes.x.high))) - 9, &curve, text});
  }
  std::ranges::sort(labels, {}, &Label::y);
  constexpr float line = 19;
  for (std::size_t i = 1; i < labels.size(); ++i)
    labels[i].y = std::max(labels[i].y, labels[i - 1].y + line);
  const float over = labels.empty() ? 0 : std::max(0.0F, labels.back().y + line - area.bottom());
  for (std::size_t i = labels.size(); over > 0 && i-- > 0;) {
    const float limit = i + 1 < labels.size() ? labels[i + 1].y - line : area.bottom() - line;
    labels[i].y = std::min(labels[i].y, limit);
  }
  for (const Label& label : labels) {
    put(f, Path{.points = {{area.x, label.y + 9}, {area.x + 16, label.y + 9}},
                .color = label.curve->color,
                .width = 2,
                .dash = label.curve->dash});
    Rect line_area{area.x + 22, label.y, area.w - 22, 18};
    if (!label.exponent.empty()) {  // n to a power, the power raised
      const Color color = label.curve->color;
      const float n_width = put_text(f, {line_area.x, label.y + 1}, "n", Font::small_bold, color);
      const float width =
          put_text(f, {line_area.x + n_width, label.y - 4}, label.exponent, Font::tiny, color);
      line_area.take_left(std::max(n_width + width, 46.0F), 6);
    }
    put_line(f, line_area, label.curve->name, Font::tiny, label.curve->color);
  }
}

}  // namespace

void draw_chart(Frame& f, const Rect& area) {
  put_panel(f, area);
  if (!f.subject.run || !f.subject.costs) return;
  Rect rest = area.inset(14, 10);
  Rect top = rest.take_top(26, 6);
  const std::string scale = f.say(f.view.chart.log_log ? words::chart_log : words::chart_linear);
  put_button(f, top.take_right(f.width(scale, Font::tiny) + 18, 4), scale,
             {.kind = PartKind::chart_scale}, false, Font::tiny);
  const int component = f.view.chart.component;
  const std::string part = component < 0
                               ? f.say(words::chart_total)
                               : core::op_count_parts[static_cast<std::size_t>(component)].name;
  put_button(f, top.take_right(f.width(part, Font::tiny) + 18, 10), part,
             {.kind = PartKind::chart_parts}, false, Font::tiny);
  const std::string title = f.say(words::chart_title_run);
  put_line(f, top.take_left(std::min(top.w, f.width(title, Font::body_bold)), 10), title,
           Font::body_bold, f.colors.text);
  if (top.w > 60)
    put_line(f, top, f.say(f.view.chart.log_log ? words::chart_reference : words::chart_run),
             Font::tiny, f.colors.muted);

  const std::vector<Curve> curves = curves_of(f);
  const Rect names = rest.take_right(std::clamp(rest.w * 0.3F, 130.0F, 230.0F), 8);
  Rect plot = rest;
  plot.take_left(88), plot.take_bottom(20), plot.take_top(4);
  const PlotAxes axes = axes_of(f, plot, curves);
  draw_grid(f, axes);
  for (const Curve& curve : curves) draw_curve(f, axes, curve);
  const int n = tokens_after(f, std::max(1, f.moment.step));
  if (n >= axes.x.low && n <= axes.x.high)
    put_box(f, {axes.x_at(n) - 1, plot.y, 2, plot.h}, f.colors.fresh);
  draw_names(f, {names.x, plot.y - 4, names.w, plot.h + 8}, axes, curves, n);
  put_line(f, {names.x + 22, plot.bottom() + 3, names.w - 22, 16}, f.say(words::chart_tokens),
           Font::tiny, f.colors.muted);
  // A logarithmic scale cannot be told column by column: its places are the
  // steps themselves.
  if (axes.x.log) {
    for (int s = 1; s <= f.subject.steps(); ++s) {
      const float x = axes.x_at(tokens_after(f, s));
      const float width = std::max(2.0F, axes.x_at(tokens_after(f, s) + 1) - x);
      f.scene.places.push_back({.rect = {x - width / 2, plot.y, width, plot.h},
                                .part = {.kind = PartKind::chart, .a = tokens_after(f, s)}});
    }
  } else {
    const auto pitch = plot.w / static_cast<float>(axes.x.high - axes.x.low);
    f.scene.places.push_back({.rect = {plot.x - pitch / 2, plot.y, plot.w + pitch, plot.h},
                              .part = {.kind = PartKind::chart},
                              .columns = static_cast<int>(axes.x.high - axes.x.low) + 1,
                              .column0 = static_cast<int>(axes.x.low)});
  }
}

}  // namespace kv::scene
