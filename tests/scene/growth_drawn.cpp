#include "tests/scene/growth_drawn.h"

#include <cmath>
#include <utility>

#include "core/cost/presets.h"

namespace kv::test {
namespace {

using core::Baseline;
using scene::CostPart;
using scene::LabPage;
using scene::Scenario;

scene::DrawnView drawn_up_to(std::int64_t tokens) {
  scene::DrawnView drawn;
  for (double n = 1; n <= static_cast<double>(tokens); n *= 1.5)
    drawn.points.push_back({static_cast<float>(n), static_cast<float>(4e5 * std::pow(n, 1.5))});
  return drawn;
}

GrowthView with_points(const char* id, Scenario s) {
  GrowthView view{id, Growing(s)};
  view.growing.lab.executed =
      std::make_shared<const core::Execution>(execution_of(s, s.tokens / 2, 20));
  view.growing.lab.executed_note = "Executed up to 500 tokens";
  return view;
}

GrowthView drawing(const char* id, scene::DrawnView drawn) {
  Scenario s = small_scenario();
  s.page = LabPage::draw;
  s.part = CostPart::all;
  GrowthView view{id, Growing(s)};
  view.growing.lab.drawn = std::move(drawn);
  return view;
}

}  // namespace

core::ModelConfig small_config() {
  core::ModelConfig c;
  c.family = core::Family::gpt2;
  c.layers = 4, c.d_model = 64, c.heads = c.kv_heads = 4, c.head_dim = 16, c.ffn = 256;
  c.vocabulary = 300, c.context_length = 2048;
  return c;
}

Scenario small_scenario() {
  Scenario s;
  s.sizes = core::dense_cost_config(small_config());
  return s;
}

Scenario preset_scenario(const char* name, std::int64_t tokens) {
  Scenario s;
  s.model = name;
  s.sizes = core::find_preset(name)->cost;
  s.tokens = tokens;
  return s;
}

core::Execution execution_of(const Scenario& s, std::int64_t tokens, std::int64_t every) {
  core::Execution e{
      .model = s.model, .shape = shape_of(s), .padded = s.padded, .points = {}, .reached = tokens};
  for (std::int64_t t = s.prompt; t <= tokens; t += every) {
    core::ExecutedPoint point{.tokens = t, .sides = {}};
    for (const Baseline way : core::baselines)
      if (way != Baseline::padded || s.padded)
        point.sides[static_cast<std::size_t>(way)] = {
            .step = core::baseline_step(s.sizes.model, way, t, e.shape),
            .run = core::baseline_run(s.sizes.model, way, t, e.shape),
            .step_seconds = 0.002,
            .run_seconds = 0.25};
    e.points.push_back(point);
  }
  return e;
}

scene::Frame Growing::frame() {
  status.lab = std::make_shared<const scene::LabView>(lab);
  return {subject, moment, view, status, metrics, scene::palette(view.theme, view.high_contrast),
          grids,   scene};
}

const scene::Scene& Growing::draw(const scene::Rect& area) {
  scene = {.size = {area.right() + 10, area.bottom() + 10},
           .ground = scene::palette(view.theme, false).ground,
           .theme = view.theme,
           .items = {},
           .places = {}};
  scene::Frame f = frame();
  view.scenario.page == LabPage::draw ? draw_draw_page(f, area) : draw_curves_page(f, area);
  return scene;
}

std::vector<GrowthView> growth_views() {
  std::vector<GrowthView> views;
  Scenario run = small_scenario(), step = run, all = run;
  run.at = 300, run.padded = true, run.context = 2000;
  step.extent = all.extent = scene::Extent::step, step.prompt = 12, step.log_log = false;
  all.part = CostPart::all, all.padded = true;
  views.push_back(with_points("run", run));
  views.push_back(with_points("step_linear", step));
  views.push_back(with_points("all_step", all));
  Scenario million = preset_scenario("llama-3-405b", 1'000'000), part = million;
  million.batch = 64, million.padded = true;
  part.part = CostPart::weighted_sum, part.prompt = 512, part.without = false;
  views.push_back({"million", Growing(million)});
  views.push_back({"part", Growing(part)});
  Scenario prefill = preset_scenario("llama-3-8b", 30'000);
  prefill.extent = scene::Extent::step, prefill.prompt = 1000;
  views.push_back({"prefill", Growing(prefill)});
  Scenario prompt = preset_scenario("gpt2", 700);  // nothing but the prompt
  prompt.prompt = 700;
  views.push_back({"prompt", Growing(prompt)});
  views.push_back({"latent", Growing(preset_scenario("deepseek-v3", 1000))});
  views.push_back(drawing("draw_begin", {}));
  views.push_back(drawing("draw_some", drawn_up_to(30)));
  scene::DrawnView done = drawn_up_to(1000);
  done.enough = true, done.exponent = 1.5;
  views.push_back(drawing("draw_enough", done));
  done.revealed = true, done.truth = 2.12, done.factor = 3.2;
  views.push_back(drawing("draw_shown", done));
  for (const bool revealed : {false, true}) {  // words at their longest
    done.revealed = revealed;
    views.push_back(drawing(revealed ? "draw_long_shown" : "draw_long", done));
    Scenario& s = views.back().growing.view.scenario;
    s.asked = Baseline::padded, s.part = CostPart::weighted_sum, s.extent = scene::Extent::step;
  }
  return views;
}

}  // namespace kv::test
