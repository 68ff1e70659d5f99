#include "viz/scene/views/lesson_layout.h"
#include "viz/scene/views/overlay.h"

namespace kv::scene {
namespace {

void draw_entry(Frame& f, Rect area, const LessonEntry& entry, int index) {
  const LessonView& lesson = *f.status.lesson;
  const PartId part{.kind = PartKind::lesson_button, .a = index, .b = 0};
  const bool here = entry.number == lesson.number;
  Rect title = area.take_top(24);
  put_line(f, title.take_left(28), std::to_string(entry.number), Font::body_bold,
           here ? f.colors.accent : f.colors.muted, Align::right);
  title.take_left(10);
  put_line(f, title, entry.title, Font::body_bold,
           hovered(f, part) || here ? f.colors.text : f.colors.muted);
  put_place(f, title, part);
  area.take_left(38);
  const float step = std::min(52.0F, area.w / static_cast<float>(std::max<std::size_t>(1, entry.beats.size())));
  for (std::size_t i = 0; i < entry.beats.size(); ++i) {
    const PartId beat{.kind = PartKind::lesson_button, .a = index, .b = static_cast<int>(i)};
    const Rect place{area.x + step * static_cast<float>(i), area.y, step, 20};
    const bool now = here && static_cast<int>(i) == lesson.beat;
    put(f, Box{.rect = {place.x, place.y + 4, step - 6, 12},
               .fill = now                ? f.colors.accent
                       : hovered(f, beat) ? f.colors.text
                       : entry.seen[i]    ? f.colors.muted
                                          : f.colors.track,
               .line = entry.lecture[i] ? f.colors.fresh : Color{0, 0, 0, 0},
               .line_width = 1.5F,
               .radius = 4});
    put_place(f, place, beat);
  }
}

}  // namespace

void draw_lesson_list(Frame& f, const Rect& window) {
  const auto& list = f.status.lesson->list;
  const int columns = 2;
  const int rows = (static_cast<int>(list.size()) + columns - 1) / columns;
  Rect card = put_overlay(f, window,
                          {std::min(1180.0F, window.w - 60), 66.0F * static_cast<float>(std::max(1, rows)) + 150},
                          f.say(words::lesson_list));
  Rect foot = card.take_bottom(34, 10);
  for (const auto& [words, kind] : {std::pair{&words::lesson_lecture, PartKind::lecture_button},
                                    std::pair{&words::lesson_export, PartKind::export_button}}) {
    const std::string text = f.say(*words);
    put_button(f, foot.take_left(f.width(text, Font::small) + 30, 10), text, {.kind = kind},
               kind == PartKind::lecture_button && f.status.lesson->in_lecture);
  }
  const float width = (card.w - 40) / columns;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto column = static_cast<float>(static_cast<int>(i) / std::max(1, rows));
    const auto row = static_cast<float>(static_cast<int>(i) % std::max(1, rows));
    draw_entry(f, {card.x + column * (width + 40), card.y + 66 * row, width, 60}, list[i],
               static_cast<int>(i));
  }
}

}  // namespace kv::scene
