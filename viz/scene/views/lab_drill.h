// The drill: one question after the other, the score above, and the picture beside each that was
// answered. Drawn by draw_drill_page() (views/lab.h).
#pragma once

#include "viz/scene/lesson_view.h"
#include "viz/scene/views/frame.h"

namespace kv::scene {

// By how much the words are taller than their place on a page of that size, in the smallest font.
float drill_overflow(const Frame& f, const Rect& area, const QuestionView& question);

}  // namespace kv::scene
