// What was measured here, beside what its roofline says and what others published.
#include <algorithm>

#include "viz/scene/views/bench_parts.h"
#include "viz/scene/views/costs_parts.h"
#include "viz/scene/views/lab.h"

namespace kv::scene {
namespace {

void draw_growth(Frame& f, const Rect& area) {
  const auto& growth = f.status.lab->model_growth;
  if (growth && !growth->points.empty()) return draw_step_times(f, area, *growth, growth->model);
  draw_no_step_times(f, area);
}

bool anything_measured(const Frame& f) {
  const LabView& lab = *f.status.lab;
  return lab.probe || lab.attention || lab.model || lab.model_growth;
}

}  // namespace

void draw_machine_page(Frame& f, const Rect& area) {
  put_panel(f, area);
  const auto& probe = f.status.lab->probe;
  const std::string detail = probe ? f.say(words::costs_threads, {count_text(probe->threads)})
                                   : f.say(words::ex_page_machine);
  Rect rest = put_stage_heading(f, area, f.say(words::costs_machine_title), detail,
                                f.say(anything_measured(f) ? words::measured : words::published));
  Rect left = rest.take_left(rest.w * 0.49F, 40);
  draw_published_seconds(f, rest.take_bottom(136, 16));
  draw_growth(f, rest);
  draw_probe(f, left.take_top(126 + (left.h - 642) * 0.12F, 18), probe.get());
  const float half = (left.h - 18) / 2;
  draw_costs_bench(f, left.take_top(half, 18), BenchOf::attention);
  draw_costs_bench(f, left, BenchOf::model);
}

}  // namespace kv::scene
