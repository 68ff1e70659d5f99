// Names at the curves' right ends, with powers of n.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "viz/scene/number_text.h"
#include "viz/scene/views/growth_plot.h"

namespace kv::scene {
namespace {

using Label = std::pair<float, const GrowthCurve*>;  // its top; null: the learner's own

std::int64_t end_of(const GrowthPlot& plot) {
  return within_chart(plot.scenario, plot.scenario.tokens);
}

// From top to bottom, moved apart where they would touch; each would stand `above` its curve's end.
std::vector<Label> labels_of(const GrowthPlot& plot, float height, float gap, float above,
                             std::optional<float> own = {}) {
  std::vector<Label> labels;
  for (const GrowthCurve& curve : plot.curves)
    labels.emplace_back(place_on(plot, curve, end_of(plot)).y - above, &curve);
  if (own) labels.emplace_back(*own - above, nullptr);
  std::ranges::stable_sort(labels, {}, &Label::first);
  float lowest = plot.axes.plot.bottom() - height;
  for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
    label->first = std::min(label->first, lowest);
    lowest = label->first - height - gap;
  }
  float highest = plot.names.y;
  for (auto& [y, curve] : labels) {
    y = std::max(y, highest);
    highest = y + height + gap;
  }
  return labels;
}

// Its line, and the name beside it.
void put_name(Frame& f, const GrowthPlot& plot, const Label& label, float sample, Color ink) {
  const auto& [y, curve] = label;
  const float x = plot.names.x;
  const CurveLook look = curve ? look_of(f, plot.scenario, *curve) : CurveLook{f.colors.fresh, 4};
  const std::string name =
      curve ? name_of(f, plot.scenario, *curve) : f.say(words::stage_chart_drawn);
  put(f, Path{.points = {{x, y + 9}, {x + sample, y + 9}},
              .color = look.color,
              .width = look.width,
              .dash = look.dash});
  put_line(f, {x + sample + 8, y, plot.names.w - sample - 8, 18}, name, Font::small, ink);
}

}  // namespace

std::string exponent_text(std::optional<double> exponent) {
  return exponent ? fmt::format("{:.2f}", *exponent) : no_exponent;
}

const char* letter_of(const Scenario& scenario) {
  return scenario.extent == Extent::step ? "t" : "n";
}

float put_power(Frame& f, Vec2 at, std::string_view letter, std::string_view exponent,
                Color color) {
  const float n = put_text(f, {at.x, at.y + 3}, letter, Font::body_bold, color) + 1;
  return n + put_text(f, {at.x + n, at.y - 2}, exponent, Font::small_bold, color);
}

void draw_end_names(Frame& f, const GrowthPlot& plot) {
  constexpr float height = 44, gap = 8, above = 12;
  for (const Label& label : labels_of(plot, height, gap, above)) {
    const Color color = look_of(f, plot.scenario, *label.second).color;
    put_name(f, plot, label, 20, color);
    Vec2 at{plot.names.x + 28, label.first + 20};
    if (const auto exponent = exponent_at(plot.scenario, *label.second, end_of(plot)))
      at.x += put_power(f, at, letter_of(plot.scenario), exponent_text(exponent), color) + 10;
    put_text(f, {at.x, at.y + 5}, flops_text(cost_at(plot.scenario, *label.second, end_of(plot))),
             Font::small, f.colors.muted);
  }
}

void draw_short_names(Frame& f, const GrowthPlot& plot, const std::vector<Vec2>& drawn) {
  constexpr float height = 18, gap = 3, above = 9;
  Vec2 own;
  if (is_drawn_out(plot, drawn))
    own = plot.axes.at(static_cast<double>(drawn.back().x), static_cast<double>(drawn.back().y));
  const auto own_y = is_drawn_out(plot, drawn) ? std::optional(own.y) : std::nullopt;
  for (const Label& label : labels_of(plot, height, gap, above, own_y)) {
    const auto& [y, curve] = label;
    const Vec2 end = curve ? place_on(plot, *curve, end_of(plot)) : own;
    put(f, Path{.points = {{end.x + 3, end.y}, {plot.names.x - 4, y + above}},
                .color = f.colors.faint,
                .width = 1});
    const bool plain = !curve || plot.scenario.part == CostPart::all;
    put_name(f, plot, label, 32, plain ? f.colors.text : color_of(f, curve->baseline));
    if (curve) put_place(f, {plot.names.x, y, plot.names.w, height}, part_of(*curve));
  }
}

}  // namespace kv::scene
