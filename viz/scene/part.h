// What can be pointed at. A PartId says which thing, never how it is drawn or what a click does.
#pragma once

#include <cstdint>

#include "core/engine/closed_form.h"

namespace kv::scene {

enum class PartKind : std::uint8_t {
  none,
  // the two sides; `side` says which
  key_cell,        // a: row, b: dimension
  value_cell,      // a: row, b: dimension
  attention_cell,  // a: query row, b: key row
  row_label,       // a: row
  component,       // a: index into core::op_count_parts
  step_flops,
  total_flops,
  side_title,
  masked_note,
  // shared
  token,         // a: index in the text
  candidate,     // a: rank in the distribution
  layer_button,  // a: layer from 0
  layer_up,
  layer_down,
  head_thumbnail,  // a: query head from 0
  operation_chip,  // a: Operation
  lens_cell,       // a: which vector of the lens, b: index
  chart,           // a: tokens n under the pointer
  chart_scale,     // linear or log-log
  chart_parts,     // what is plotted
  ratio,
  cache_bytes,
  agreement,
  same_token,
  heat_toggle,
  memory_budget,
  // header and transport
  prompt_button,
  model_button,
  sampling_button,
  language_button,
  theme_button,
  settings_button,
  help_button,
  legend_button,
  fullscreen_button,
  first_button,
  back_button,
  play_button,
  next_button,
  last_button,
  slider,       // a: per mille of the run under the pointer
  pace_button,  // a: Pace
  speed_button,
  message,        // a click closes it
  cancel_button,  // stops the work in progress
  overlay,        // help or legend: swallows the pointer
  // places and stages
  place_button,    // a: Place
  stage_chart,     // the plot of the large chart
  bill_index,      // a: which index of the cache's shape
  roofline_point,  // a: prefill, decode with, decode without
  bench_bar,       // a: without, with
  // lessons
  link,           // a: which link of the text
  beat_button,    // a: beat of this lesson
  lesson_button,  // a: lesson of the list, b: beat
  option,         // a: of the question
  answer_scale,   // a: per mille of the scale under the pointer
  answer_button,  // takes the estimate or the drawing
  reveal_button,
  vote_button,     // class votes on or off
  vote_more,       // a: option
  vote_less,       // a: option
  list_button,     // the list of lessons and beats
  lecture_button,  // the lecture's path on or off
  present_button,
  notes_button,
  export_button,  // progress as CSV
  // the laboratory
  page_button,      // a: LabPage
  control_slider,   // a: control, b: per mille of its scale under the pointer
  control_choice,   // a: control, b: option
  control_less,     // a: control
  control_more,     // a: control
  control_button,   // a: control
  lab_chart,        // a, b: row and column of chart_cells under the pointer
  lab_curve,        // a: Baseline, b: CostPart; a curve's name
  lab_crossover,    // a: 0 per step, 1 run with, 2 run without
  scenario_text,    // a click edits it
  copy_button,      // the scenario's text
  cache_kind,       // a: CacheKind
  memory_mark,      // a: which accelerator's memory
  component_bound,  // a: index into op_count_parts
  speed_chart,      // a, b: row and column of chart_cells
  claim_row,        // a: ClaimId
  growth_point,     // a: index of an executed point
  question_button,  // the next question
  exam_button,      // writes an exam
  count_,
};
const char* name_of(PartKind kind);

struct PartId {
  PartKind kind = PartKind::none;
  core::Side side = core::Side::cached;
  int a = -1;
  int b = -1;
  bool operator==(const PartId&) const = default;
};

}  // namespace kv::scene
