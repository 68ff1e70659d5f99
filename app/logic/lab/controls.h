// The controls of the laboratory's panes, as a table: what each is called, how it reads the
// scenario and how it changes it.
#pragma once

#include <vector>

#include "app/logic/lab/scenario_text.h"
#include "viz/scene/lab_view.h"
#include "viz/scene/language.h"

namespace kv::app {

// PartId::a of a control's parts. Buttons are carried out by whoever owns the state.
enum class ControlId {
  model,  // choice by steps through presets, built-in models and "own"
  width,
  layers,
  heads,
  kv_heads,
  ffn,
  vocabulary,
  mlp_kind,  // gated | plain
  tokens,
  prompt,
  batch,
  context,
  extent,
  part,
  ways,  // several can be on: with, without, padded
  axes,
  asked,
  dtype,
  machine,
  pairs,
  seed,
  // actions
  run,              // execute
  reveal,           // the true curve beside the drawn one
  clear,            // the drawing
  probe,            // measure this machine's two numbers
  bench_model,      // both sides of a built-in model against the clock
  bench_attention,  // both sides of one attention layer
  exam,             // write an exam
  exponent,         // of the drawing: set it instead of drawing
};

// Those of the page, in the order of the pane, with headings between them; values in the language.
// A choice without options is stepped through alone (model, seed); of `ways` several can be on.
// The share and value of `exponent` are of the
// drawing and set by whoever has it. `focused` is a ControlId's number or -1. What a button says
// and whether it is enabled beyond the scenario's own reasons is set by whoever owns the state.
std::vector<scene::ControlView> controls_of(const scene::Scenario& scenario,
                                            scene::Language language, int focused);

// The slider at that share of its scale; the control by one step (keys, - and +), choices from the
// last to the first; an option chosen (`ways`: turned on or off, the last one stays). Always a
// valid scenario: sizes that must divide follow each other, n carries prompt and cursor with it.
// Unknown controls and options, and those that do not apply, change nothing.
scene::Scenario with_share(scene::Scenario scenario, int control, double share);
scene::Scenario stepped(scene::Scenario scenario, int control, int by, const SizesByName& sizes);
scene::Scenario with_option(scene::Scenario scenario, int control, int option);

}  // namespace kv::app
