// Where a lesson stands beside its picture, and how large its words are.
#pragma once

#include "viz/scene/lesson_view.h"
#include "viz/scene/views/frame.h"

namespace kv::scene {

struct LessonLayout {
  Rect stage;
  Rect words;       // the pane beside the picture, or the strip below it
  bool strip = false;
  Rect notes;       // of the speaker; empty where they are closed
};
// The words stand beside the picture where there is room for both, and nobody asked otherwise.
LessonLayout lesson_layout(const Frame& f, const Rect& area);

// The size of the words, the largest that lets everything in, and how much stays out of sight even
// at the smallest (0: nothing).
struct LessonFit {
  Font font = Font::title;
  float overflow = 0;
};
LessonFit fit_lesson(const Frame& f, const LessonLayout& layout);

// Words, question and answer of the beat.
void draw_lesson(Frame& f, const LessonLayout& layout);

// The list of lessons and beats, over the window.
void draw_lesson_list(Frame& f, const Rect& window);

}  // namespace kv::scene
