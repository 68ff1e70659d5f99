// How the next token is chosen, with the distribution it is chosen from.
#pragma once

#include "app/shell/panels/panel_frame.h"
#include "app/shell/panels/sampling_preview.h"

namespace kv::app {

struct SamplingScratch {
  core::Sampling sampling;
  double warm = 0.8;  // the temperature to go back to from greedy
  // Kept until the sampling or the step changes.
  core::Sampling shown_for;
  const core::Step* shown_step = nullptr;
  std::vector<PreviewBar> bars;
};
SamplingScratch begin_sampling(const AppState& state);
PanelFate draw_sampling_panel(const PanelFrame& f, SamplingScratch& scratch);

}  // namespace kv::app
