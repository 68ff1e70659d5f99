// Pages of curves drawn alone, of a small model or of a preset, with points as if executed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/scene/stages_drawn.h"
#include "viz/scene/views/growth_chart.h"
#include "viz/scene/views/lab.h"

namespace kv::test {

// 4 layers, 64 wide, 4 heads, plain MLP of 256, 300 tokens of vocabulary: attention overtakes the
// rest at t = 384.
core::ModelConfig small_config();
// 1,000 tokens of it.
scene::Scenario small_scenario();
scene::Scenario preset_scenario(const char* name, std::int64_t tokens);

// Every `every`th step up to that many tokens, counted as the closed form has it.
core::Execution execution_of(const scene::Scenario& scenario, std::int64_t tokens,
                             std::int64_t every);

// What a page is drawn from; needs no run.
struct Growing {
  scene::Subject subject;
  scene::Moment moment;
  scene::ViewState view;
  scene::LabView lab;
  scene::StatusView status;
  scene::FontMetrics metrics = scene::plain_metrics();
  scene::GridStore grids;
  scene::Scene scene;

  explicit Growing(const scene::Scenario& scenario) { view.scenario = scenario; }
  scene::Frame frame();
  // The page the scenario names.
  const scene::Scene& draw(const scene::Rect& area = {10, 20, 1240, 760});
};

struct GrowthView {
  const char* id;
  Growing growing;
};
// Both pages in each of their forms.
std::vector<GrowthView> growth_views();

}  // namespace kv::test
