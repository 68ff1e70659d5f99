#include "app/logic/lab/lab_drawing.h"

#include <algorithm>
#include <cmath>

#include "app/logic/document.h"
#include "app/logic/lab/lab.h"
#include "app/logic/lesson/drawing.h"
#include "viz/scene/views/growth_chart.h"

namespace kv::app {
namespace {

constexpr double most_exponent = 4;

scene::GrowthCurve asked_curve(const scene::Scenario& s) {
  return {.baseline = s.asked,
          .part = s.part == scene::CostPart::all ? scene::CostPart::total : s.part};
}

// Between two whole numbers of tokens, on the straight line through both on logarithmic axes.
double truth_at(const scene::Scenario& s, double tokens) {
  const double within =
      std::clamp(tokens, static_cast<double>(s.prompt), static_cast<double>(s.tokens));
  const auto below = static_cast<std::int64_t>(within), above = std::min(below + 1, s.tokens);
  const auto cost = [&](std::int64_t t) {
    return core::to_double(scene::cost_at(s, asked_curve(s), t));
  };
  const double first = cost(below);
  if (above == below || first <= 0) return first;
  const double share = std::log(within / static_cast<double>(below)) /
                       std::log(static_cast<double>(above) / static_cast<double>(below));
  return first * std::pow(cost(above) / first, share);
}

// How far the axis reaches, in logarithms; a drawing must cover a good part of it.
double reach_of(const scene::Scenario& s) {
  const auto first = std::max<std::int64_t>(1, s.prompt);
  return std::log(static_cast<double>(s.tokens) / static_cast<double>(first));
}

// The true curve where something was drawn, so that both are judged over the same stretch.
std::vector<scene::Vec2> truth_below(const scene::Scenario& s,
                                     const std::vector<scene::Vec2>& drawing) {
  std::vector<scene::Vec2> truth;
  for (const scene::Vec2& p : drawing)
    if (const double cost = truth_at(s, static_cast<double>(p.x)); cost > 0)
      truth.push_back({p.x, static_cast<float>(cost)});
  return truth;
}

}  // namespace

double exponent_of(double share) { return most_exponent * std::clamp(share, 0.0, 1.0); }
double share_of(double exponent) { return std::clamp(exponent / most_exponent, 0.0, 1.0); }

std::vector<scene::Vec2> straight_drawing(const scene::Scenario& s, double exponent) {
  if (!core::has_closed_form(s.sizes)) return {};
  constexpr int points = 200;
  const auto first = static_cast<double>(s.prompt), last = static_cast<double>(s.tokens);
  const double begin = truth_at(s, first);
  std::vector<scene::Vec2> line;
  if (begin <= 0 || last <= first) return line;
  for (int i = 0; i <= points; ++i) {
    const double n = first * std::pow(last / first, static_cast<double>(i) / points);
    line.push_back(
        {static_cast<float>(n), static_cast<float>(begin * std::pow(n / first, exponent))});
  }
  return line;
}

std::optional<double> lab_exponent(const LabState& lab) {
  return drawn_exponent(lab.drawing, reach_of(lab.scenarios.scenario));
}

void reveal_curve(AppState& state) {
  if (!in_lab(state) || lab_place(state).scenario.page != scene::LabPage::draw) return;
  const scene::Scenario& s = lab_place(state).scenario;
  if (lab_exponent(state.lab))
    state.lab.revealed = true;
  else
    say(state, s.prompt < s.tokens ? scene::words::lab_draw_more : scene::words::lab_draw_one_step);
}

scene::DrawnView drawn_view(const LabState& lab, const scene::Scenario& s) {
  scene::DrawnView view;
  view.points = lab.drawing;
  view.exponent = lab_exponent(lab);
  view.enough = view.exponent.has_value();
  view.revealed = lab.revealed && view.enough && core::has_closed_form(s.sizes);
  if (!view.revealed) return view;
  const auto truth = truth_below(s, lab.drawing);
  view.truth = drawn_exponent(truth, reach_of(s)).value_or(0);
  double sum = 0;
  for (std::size_t i = 0; i < truth.size(); ++i)
    sum += std::fabs(
        std::log(static_cast<double>(lab.drawing[i].y) / static_cast<double>(truth[i].y)));
  if (!truth.empty()) view.factor = std::exp(sum / static_cast<double>(truth.size()));
  return view;
}

}  // namespace kv::app
