#include "tests/scene/costs_drawn.h"

#include "core/cost/presets.h"
#include "viz/scene/views/lab.h"

namespace kv::test {
namespace {

// With the cache a fixed time and a little more for each token; without it, quadratic.
core::Execution fixed_growth() {
  core::Execution growth{.model = "story",
                         .shape = {.prompt = 1, .context = 256},
                         .padded = false,
                         .points = {},
                         .reached = 200};
  const auto& sizes = core::find_preset("smollm-135m")->cost.model;
  for (std::int64_t t = 1; t <= 200; t += 7) {
    core::ExecutedPoint point{.tokens = t, .sides = {}};
    const auto rows = static_cast<double>(t);
    for (const auto side : {core::Baseline::with_cache, core::Baseline::without_cache}) {
      core::Executed& executed = point.sides[static_cast<std::size_t>(side)];
      executed.step = core::baseline_step(sizes, side, t, growth.shape);
      executed.step_seconds =
          side == core::Baseline::with_cache ? 8e-3 + 1e-5 * rows : 6e-5 * rows * rows;
    }
    growth.points.push_back(point);
  }
  return growth;
}

}  // namespace

scene::LabView measured_lab() {
  scene::LabView lab;
  lab.probe = std::make_shared<const core::MachineProbe>(
      core::MachineProbe{.bytes_per_second = {22e9, 25e9, 24e9},
                         .flops_per_second = {150e9, 200e9, 190e9},
                         .threads = 4});
  scene::BenchView attention = measured_bench();
  attention.without_seconds = {8.1, 8.4, 8.2};
  attention.with_seconds = {0.66, 0.7, 0.68};
  attention.ratio = 12.0588, attention.flop_ratio = 64.7;
  attention.tokens = 128, attention.prompt_tokens = 1, attention.model = "attention";
  core::ModelConfig layer;
  layer.layers = 1, layer.d_model = 4096;
  layer.heads = layer.kv_heads = 32, layer.head_dim = 128;
  attention.sizes = layer;
  lab.attention = std::make_shared<const scene::BenchView>(attention);
  scene::BenchView model = measured_bench();
  model.sizes = core::find_preset("smollm-135m")->cost.model;
  lab.model = std::make_shared<const scene::BenchView>(model);
  lab.model_growth = std::make_shared<const core::Execution>(fixed_growth());
  return lab;
}

Looking costs_of(const char* preset, std::int64_t tokens, bool measured) {
  Looking looking(0);
  looking.subject = {};
  looking.view.place = scene::PlaceId::costs;
  scene::Scenario& s = looking.view.scenario;
  s.model = preset;
  s.sizes = core::find_preset(preset)->cost;
  s.tokens = tokens;
  looking.status.lab =
      std::make_shared<const scene::LabView>(measured ? measured_lab() : scene::LabView{});
  return looking;
}

const View& memory_page() {
  static const View view{"memory",
                         [](scene::Frame& f, const scene::Rect& r) { draw_memory_page(f, r); }};
  return view;
}

const View& roofline_page() {
  static const View view{"roofline",
                         [](scene::Frame& f, const scene::Rect& r) { draw_roofline_page(f, r); }};
  return view;
}

const View& machine_page() {
  static const View view{"machine",
                         [](scene::Frame& f, const scene::Rect& r) { draw_machine_page(f, r); }};
  return view;
}

}  // namespace kv::test
