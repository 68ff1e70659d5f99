// "Draw it first": a curve is guessed before it is seen.
#include <fmt/format.h>

#include <algorithm>

#include "viz/scene/number_text.h"
#include "viz/scene/views/growth_plot.h"
#include "viz/scene/views/lab.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {
namespace {

// The other ways as the scenario says; the one in question once it is revealed.
std::vector<GrowthCurve> curves_drawn(const Scenario& s, bool revealed) {
  std::vector<GrowthCurve> curves = curves_of(as_shown(s));
  std::erase_if(curves, [&](const GrowthCurve& curve) { return curve.baseline == s.asked; });
  if (revealed) curves.insert(curves.begin(), curve_in_question(s));
  return curves;
}

const Phrase& what_to_do(const DrawnView& drawn) {
  return drawn.enough           ? words::growth_draw_done
         : drawn.points.empty() ? words::growth_draw_begin
                                : words::growth_draw_on;
}

// "without · attention", with the line it will have.
void draw_question(Frame& f, const GrowthPlot& plot, Rect& line) {
  const GrowthCurve curve = curve_in_question(plot.scenario);
  const std::string name = name_of(f, curve.baseline) + " \u00B7 " + name_of(f, curve.part);
  const CurveLook look = look_of(f, plot.scenario, curve);
  const float y = line.center().y;
  put(f, Path{.points = {{line.x, y}, {line.x + 30, y}},
              .color = look.color,
              .width = look.width,
              .dash = look.dash});
  line.take_left(40);
  put_line(f, line.take_left(f.width(name, Font::body_bold) + 1, 18), name, Font::body_bold,
           look.color);
}

void draw_task(Frame& f, const GrowthPlot& plot, Rect line) {
  const DrawnView& drawn = f.status.lab->drawn;
  const std::string button = f.say(words::growth_draw_answer);
  put_button(f, line.take_right(f.width(button, Font::body) + 32, 16).inset(0, 3), button,
             {.kind = PartKind::reveal_button}, drawn.enough, Font::body);
  draw_question(f, plot, line);
  const auto lines = wrap_text(f.metrics, f.say(what_to_do(drawn)), Font::body, line.w);
  float y = line.center().y - 10 * static_cast<float>(lines.size());
  for (const std::string& words : lines) {
    put_line(f, {line.x, y, line.w, 20}, words, Font::body, f.colors.text);
    y += 20;
  }
}

// "yours n^1.61", in the colour of that curve; returns what is left of the line.
void draw_exponent(Frame& f, const GrowthPlot& plot, Rect& line, const Phrase& whose,
                   double exponent, Color color) {
  const std::string words = f.say(whose) + " ";
  const float y = line.center().y;
  put_line(f, line.take_left(f.width(words, Font::body)), words, Font::body, f.colors.text);
  line.take_left(
      put_power(f, {line.x, y - 12}, letter_of(plot.scenario), exponent_text(exponent), color), 28);
}

void draw_result(Frame& f, const GrowthPlot& plot, Rect line) {
  const DrawnView& drawn = f.status.lab->drawn;
  draw_question(f, plot, line);
  if (drawn.exponent)
    draw_exponent(f, plot, line, words::growth_draw_yours, *drawn.exponent, f.colors.fresh);
  draw_exponent(f, plot, line, words::growth_draw_true, drawn.truth,
                color_of(f, plot.scenario.asked));
  put_line(f, line, f.say(words::growth_draw_off, {times_text(drawn.factor)}), Font::body,
           f.colors.text);
}

// Where the true curve begins, so that one knows where to.
void draw_start(Frame& f, const GrowthPlot& plot, std::vector<Rect>& taken) {
  const GrowthCurve curve = curve_in_question(plot.scenario);
  const std::int64_t first = first_tokens(plot.scenario);
  const Vec2 at = place_on(plot, curve, first);
  put(f, Box{.rect = {at.x - 8, at.y - 8, 16, 16},
             .fill = f.colors.panel,
             .line = f.colors.fresh,
             .line_width = 3,
             .radius = 8});
  // Once begun it would be in the way.
  if (!f.status.lab->drawn.points.empty()) return;
  const std::string words =
      f.say(words::growth_draw_start,
            {tokens_text(plot.scenario, first), flops_text(cost_at(plot.scenario, curve, first))});
  const bool below = at.y < plot.axes.plot.center().y;
  put_note(f, plot.axes.plot, at, words, f.colors.text, below, taken);
}

}  // namespace

void draw_draw_page(Frame& f, const Rect& area) {
  const Scenario& s = f.view.scenario;
  const DrawnView& drawn = f.status.lab->drawn;
  put_panel(f, area);
  if (!core::has_closed_form(s.sizes))
    return put_quiet(f, area, f.say(words::stage_uncovered, {s.model}));
  Rect rest = draw_growth_heading(f, area, false);
  const Rect line = rest.take_top(40, 4);
  const GrowthPlot plot = growth_plot(f, rest, curves_drawn(s, drawn.revealed));
  if (drawn.revealed)
    draw_result(f, plot, line);
  else
    draw_task(f, plot, line);
  const bool step = s.extent == Extent::step;
  draw_growth_axes(f, plot, f.say(step ? words::growth_tokens_step : words::stage_chart_tokens));
  std::vector<Rect> taken;
  for (const GrowthCurve& curve : plot.curves) draw_curve(f, plot, curve, taken);
  const bool out = is_drawn_out(plot, drawn.points);
  draw_own_curve(f, plot, drawn.points, out ? std::nullopt : std::optional(27.0F));
  if (!drawn.revealed) draw_start(f, plot, taken);
  put_chart_place(f, plot);
  draw_short_names(f, plot, drawn.points);
}

}  // namespace kv::scene
