// A frame of a small run, for whoever explains or draws one thing alone. Times, of which every
// machine has others, are set to fixed ones.
#pragma once

#include "tests/scene/stage_fixture.h"
#include "viz/scene/explain.h"
#include "viz/scene/views/frame.h"

namespace kv::test {

struct Looking {
  explicit Looking(int step = 3, const StageShape& shape = {});

  scene::Subject subject;
  scene::Moment moment;
  scene::ViewState view;
  scene::StatusView status;
  scene::FontMetrics metrics = scene::plain_metrics();
  scene::GridStore grids;
  scene::Scene scene;

  scene::Frame frame() {
    return {subject, moment, view, status, metrics, scene::palette(view.theme, view.high_contrast),
            grids,   scene};
  }
  scene::Explanation explain(const scene::PartId& part) { return scene::explain(frame(), part); }
  const core::ModelConfig& config() const { return subject.run->model->config; }
  const core::Step& step() const {
    return *subject.run->steps[static_cast<std::size_t>(moment.step - 1)];
  }
  // The same run with one step changed.
  template <class Change>
  void change_step(int index, Change change) {
    core::Run run = *subject.run;
    auto& step = run.steps[static_cast<std::size_t>(index)];
    core::Step changed = *step;
    change(changed);
    step = std::make_shared<const core::Step>(std::move(changed));
    subject.run = std::make_shared<const core::Run>(std::move(run));
  }
};

// Everything that can be pointed at, with places that exist in the run of a Looking.
std::vector<scene::PartId> every_part();

// Title, value, lines and badge, a line each.
std::string text_of(const scene::Explanation& explanation, scene::Language language);
bool mentions(const scene::Explanation& explanation, std::string_view text);

}  // namespace kv::test
