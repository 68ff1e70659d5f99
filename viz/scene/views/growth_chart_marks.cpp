// What is marked on the curves of growth: crossovers, and the straight lines they tend to.
#include <algorithm>
#include <cmath>
#include <set>

#include "core/cost/growth.h"
#include "viz/scene/views/growth_plot.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {
namespace {

using core::Baseline;

// So far that of a sum of powers nothing but the highest is left, to nine digits.
constexpr std::int64_t far_away = 1'000'000'000;

struct Asymptote {
  Baseline baseline;
  int power = 0;
  double factor = 0;          // of n to that power
  double begin = 0, end = 0;  // tokens between which it is within the plot
};

std::vector<CostPart> straight_parts(CostPart part) {
  if (part == CostPart::all) return {};  // four curves a way, each almost its own asymptote
  if (part == CostPart::total) return {CostPart::rest, CostPart::attention};
  return {part};
}

Asymptote asymptote_of(const GrowthPlot& plot, const GrowthCurve& curve) {
  Scenario reference = plot.scenario;
  reference.prompt = reference.batch = 1, reference.tokens = far_away, reference.context = 0;
  const int power = power_of(reference, curve);
  const double factor = static_cast<double>(plot.scenario.batch) *
                        core::to_double(cost_at(reference, curve, far_away)) /
                        std::pow(static_cast<double>(far_away), power);
  const Axis &x = plot.axes.x, &y = plot.axes.y;
  if (power == 0) {
    const bool within = factor >= y.low && factor <= y.high;
    return {curve.baseline, power, factor, x.low, within ? x.high : x.low};
  }
  const auto reaches = [&](double cost) { return std::pow(cost / factor, 1.0 / power); };
  return {curve.baseline, power, factor, std::max(x.low, reaches(y.low)),
          std::min(x.high, reaches(y.high))};
}

std::vector<Asymptote> asymptotes_of(const GrowthPlot& plot) {
  std::vector<Asymptote> lines;
  const Scenario& s = plot.scenario;
  if (!s.log_log || first_tokens(s) >= s.tokens) return lines;  // of one point there is none
  std::set<Baseline> ways;
  for (const GrowthCurve& curve : plot.curves)
    // The padded way's curves are straight themselves.
    if (curve.baseline != Baseline::padded && ways.insert(curve.baseline).second)
      for (const CostPart part : straight_parts(s.part))
        if (const Asymptote line = asymptote_of(plot, {curve.baseline, part});
            line.begin < line.end)
          lines.push_back(line);
  return lines;
}

Vec2 place_on(const GrowthPlot& plot, const Asymptote& line, double share) {
  const double n = line.begin * std::pow(line.end / line.begin, share);
  return plot.axes.at(n, line.factor * std::pow(n, line.power));
}

// The curve the crossover is marked on.
CostPart marked_part(CostPart part) { return part == CostPart::all ? CostPart::attention : part; }

}  // namespace

std::vector<CrossoverMark> crossovers_of(const GrowthPlot& plot) {
  const Scenario& s = plot.scenario;
  std::vector<CrossoverMark> marks;
  if (s.part > CostPart::rest) return marks;
  const core::Crossover crossover = core::attention_crossover(s.sizes.model);
  for (const GrowthCurve& curve : plot.curves) {
    if (curve.part != marked_part(s.part) || curve.baseline == Baseline::padded) continue;
    const bool with = curve.baseline == Baseline::with_cache;
    if (s.extent == Extent::step)
      marks.push_back({0, curve, crossover.per_step});
    else if (with)
      marks.push_back({1, curve, crossover.run_cached});
    else
      marks.push_back({2, curve, crossover.run_uncached});
  }
  return marks;
}

bool is_within(const GrowthPlot& plot, const CrossoverMark& mark) {
  return mark.at >= static_cast<double>(first_tokens(plot.scenario)) &&
         mark.at <= static_cast<double>(plot.scenario.tokens);
}

std::vector<Place> draw_crossovers(Frame& f, const GrowthPlot& plot, std::vector<Rect>& taken) {
  std::vector<Place> places;
  std::vector<CrossoverMark> marks = crossovers_of(plot);
  std::erase_if(marks, [&](const CrossoverMark& mark) { return !is_within(plot, mark); });
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const auto& [id, curve, n] = marks[i];
    const std::int64_t near = std::llround(n);
    const Vec2 at = plot.axes.at(n, core::to_double(cost_at(plot.scenario, curve, near)));
    const Color color = color_of(f, curve.baseline);
    const Rect& within = plot.axes.plot;
    const float top = std::max(within.y, at.y - 14), bottom = std::min(within.bottom(), at.y + 14);
    put_box(f, {at.x - 1.5F, top, 3, bottom - top}, color);
    taken.push_back({at.x - 3, top, 6, bottom - top});
    places.push_back({.rect = {at.x - 8, top, 16, bottom - top},
                      .part = {.kind = PartKind::lab_crossover, .a = id}});
    // One step's is the same for both ways: said once.
    if (i + 1 < marks.size() && marks[i + 1].id == id) continue;
    const Color ink = id == 0 ? f.colors.text : color;
    const Phrase& words = id == 0 ? words::growth_crossover_step : words::stage_chart_crossover;
    put_note(f, plot.axes.plot, at, f.say(words, {count_text(near)}), ink,
             curve.baseline == Baseline::with_cache, taken);
  }
  return places;
}

std::string power_text(const Frame& f, const Scenario& scenario, int power) {
  constexpr const char* raised[] = {"", "", "\u00B2", "\u00B3"};
  return power == 0 ? f.say(words::growth_constant)
                    : letter_of(scenario) + std::string(raised[power]);
}

void draw_asymptotes(Frame& f, const GrowthPlot& plot) {
  for (const Asymptote& line : asymptotes_of(plot))
    put(f, Path{.points = {place_on(plot, line, 0), place_on(plot, line, 1)},
                .color = color_of(f, line.baseline).with_alpha(0.5F),
                .width = 1});
}

void draw_asymptote_names(Frame& f, const GrowthPlot& plot, std::vector<Rect>& taken) {
  for (const Asymptote& line : asymptotes_of(plot)) {
    const std::string name = power_text(f, plot.scenario, line.power);
    const Vec2 size{f.width(name, Font::small) + 2, 18};
    std::vector<Rect> places;
    for (const double share : {0.97, 0.92, 0.86, 0.03, 0.08, 0.15, 0.75, 0.65, 0.5, 0.4, 0.25}) {
      const Vec2 at = place_on(plot, line, share);
      places.push_back({at.x + 4, at.y + 3, size.x, size.y});
      places.push_back({at.x - 4 - size.x, at.y - 3 - size.y, size.x, size.y});
    }
    const auto place = free_place(plot.axes.plot, places, taken);
    if (!place) continue;
    put_line(f, *place, name, Font::small, color_of(f, line.baseline));
    taken.push_back(*place);
  }
}

}  // namespace kv::scene
