// The pages of the laboratory, one a file: each fills its rectangle (900 x 700 units and more) from
// f.view.scenario and f.status.lab, which is there whenever one of them is drawn. None needs a run.
#pragma once

#include "viz/scene/lab_view.h"
#include "viz/scene/views/frame.h"

namespace kv::scene {

// Both places whole: pages' names, the pane of controls beside the page, the scenario's text.
void draw_lab(Frame& f, const Rect& area);

// The pane: f.status.lab->controls from top to bottom. Everything in it can be reached at
// 320 x 640 units; sizes shrink before anything is cut.
void draw_controls(Frame& f, const Rect& area);

void draw_curves_page(Frame& f, const Rect& area);
void draw_draw_page(Frame& f, const Rect& area);
void draw_drill_page(Frame& f, const Rect& area);
void draw_memory_page(Frame& f, const Rect& area);
void draw_roofline_page(Frame& f, const Rect& area);
void draw_machine_page(Frame& f, const Rect& area);

}  // namespace kv::scene
