#include "viz/scene/views/lesson_layout.h"

namespace kv::scene {
namespace {

constexpr float gap = 10;
constexpr float least_stage = 1300;  // units a picture of both sides wants

float pane_width(float window) { return std::clamp(window * 0.235F, 390.0F, 470.0F); }

}  // namespace

LessonLayout lesson_layout(const Frame& f, const Rect& area) {
  const LessonView& lesson = *f.status.lesson;
  LessonLayout l;
  Rect rest = area;
  const bool beside = !lesson.presenting && !lesson.folded &&
                      rest.w - pane_width(rest.w) - gap >= least_stage;
  if (beside) {
    l.words = rest.take_left(pane_width(rest.w) + 14).inset(0, gap);
    l.words.x += 14, l.words.w -= 14;
    l.stage = rest;
    if (lesson.notes_open) l.notes = l.words.take_bottom(l.words.h * 0.3F, gap);
    return l;
  }
  l.strip = true;
  if (lesson.notes_open) {
    l.notes = rest.take_right(std::clamp(rest.w * 0.24F, 330.0F, 480.0F)).inset(0, gap);
    l.notes.w -= 14;
  }
  const float share = !lesson.question ? 0.22F : lesson.question->voting ? 0.42F : 0.3F;
  l.words = rest.take_bottom(std::clamp(area.h * share, 168.0F, 440.0F));
  l.words.x += 14, l.words.w -= 28, l.words.h -= gap;
  l.stage = rest;
  return l;
}

}  // namespace kv::scene
