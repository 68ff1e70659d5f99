// The views of the window, one a file: each draws its part of the picture into its rectangle.
#pragma once

#include "viz/scene/views/frame.h"

namespace kv::scene {

void draw_header(Frame& f, const Rect& area);        // model, places, buttons
void draw_token_strip(Frame& f, const Rect& area);   // the text, and what may come next
void draw_pipeline(Frame& f, const Rect& area);      // the operations in order
void draw_heads(Frame& f, const Rect& area);         // layer chooser, all heads as thumbnails
void draw_side(Frame& f, const Rect& area, core::Side side);  // K, V, attention, counters
void draw_lens(Frame& f, const Rect& area);          // the newest row in the operation shown
void draw_chart(Frame& f, const Rect& area);         // cumulative FLOPs against tokens
void draw_summary(Frame& f, const Rect& area);       // ratio, bytes, agreement
void draw_transport(Frame& f, const Rect& area);     // play, scrub, pace, speed
void draw_status(Frame& f, const Rect& area);        // work, messages, memory

}  // namespace kv::scene
