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

double truth_at(const scene::Scenario& s, double tokens) {
  const auto t = std::clamp<std::int64_t>(std::llround(tokens), s.prompt, s.tokens);
  return core::to_double(scene::cost_at(s, asked_curve(s), t));
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
  constexpr int points = 40;
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

void reveal_curve(AppState& state) {
  if (!in_lab(state) || lab_place(state).scenario.page != scene::LabPage::draw) return;
  if (drawn_exponent(state.lab.drawing))
    state.lab.revealed = true;
  else
    say(state, scene::words::lab_draw_more);
}

scene::DrawnView drawn_view(const LabState& lab, const scene::Scenario& s) {
  scene::DrawnView view;
  view.points = lab.drawing;
  view.exponent = drawn_exponent(lab.drawing);
  view.enough = view.exponent.has_value();
  view.revealed = lab.revealed && view.enough && core::has_closed_form(s.sizes);
  if (!view.revealed) return view;
  const auto truth = truth_below(s, lab.drawing);
  view.truth = drawn_exponent(truth).value_or(0);
  double sum = 0;
  for (std::size_t i = 0; i < truth.size(); ++i)
    sum += std::fabs(
        std::log(static_cast<double>(lab.drawing[i].y) / static_cast<double>(truth[i].y)));
  if (!truth.empty()) view.factor = std::exp(sum / static_cast<double>(truth.size()));
  return view;
}

}  // namespace kv::app
