// What stands around the laboratory's curves: heading, and how much room the plot has.
#include <algorithm>

#include "viz/scene/views/growth_plot.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {

std::string tokens_text(const Scenario& scenario, std::int64_t tokens) {
  return letter_of(scenario) + std::string(" = ") + count_text(tokens);
}

Rect draw_growth_heading(Frame& f, const Rect& area, bool counted) {
  const Scenario s = as_shown(f.view.scenario);
  std::string detail = s.model.empty() ? f.say(words::growth_own_sizes) : s.model;
  for (const std::string& more :
       {name_of(f, s.part), f.say(s.log_log ? words::chart_log : words::chart_linear),
        f.say(words::growth_prompt_of, {count_text(s.prompt)})})
    detail += " \u00B7 " + more;
  if (s.batch > 1) detail += " \u00B7 " + f.say(words::growth_batch_of, {count_text(s.batch)});
  std::string badge = f.say(words::formula);
  if (counted) badge += "   \u25CF " + f.say(words::counted);
  const Phrase& title =
      s.extent == Extent::step ? words::growth_title_step : words::growth_title_run;
  return put_stage_heading(f, area, f.say(title), detail, badge);
}

GrowthPlot growth_plot(const Frame& f, const Rect& area, std::vector<GrowthCurve> curves) {
  const Scenario s = as_shown(f.view.scenario);
  // As wide as the names of all that may come to be shown.
  float name = f.width(f.say(words::stage_chart_drawn), Font::small);
  for (const GrowthCurve& curve : curves_of(s))
    name = std::max(name, f.width(name_of(f, s, curve), Font::small));
  Rect rest = area;
  const Rect names = rest.take_right(std::clamp(name + 42, 100.0F, 310.0F), 30);
  rest.take_left(growth_space - 14), rest.take_bottom(50), rest.take_top(26);
  return {.scenario = s,
          .curves = std::move(curves),
          .names = {names.x, rest.y, names.w, rest.h},
          .axes = growth_axes(s, rest)};
}

void put_chart_place(Frame& f, const GrowthPlot& plot) {
  f.scene.places.push_back({.rect = plot.axes.plot,
                            .part = {.kind = PartKind::lab_chart},
                            .rows = chart_cells,
                            .columns = chart_cells});
}

}  // namespace kv::scene
