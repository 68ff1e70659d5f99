#include "viz/scene/number_text.h"
#include "viz/scene/views/views.h"

namespace kv::scene {
namespace {

// Transport marks are shapes, so that no font needs to have them.
void draw_mark(Frame& f, const Rect& rect, PartKind part, Color color) {
  const Vec2 c = rect.center();
  const float s = 7;
  const auto triangle = [&](float x, float direction) {
    put(f, Path{.points = {{x - s * direction, c.y - s}, {x + s * direction, c.y},
                           {x - s * direction, c.y + s}},
                .color = color,
                .filled = true,
                .closed = true});
  };
  const auto bar = [&](float x) { put_box(f, {x - 1.5F, c.y - s, 3, 2 * s}, color); };
  switch (part) {
    case PartKind::first_button: bar(c.x - s), triangle(c.x + 2, -1); break;
    case PartKind::back_button: triangle(c.x, -1); break;
    case PartKind::next_button: triangle(c.x, 1); break;
    case PartKind::last_button: triangle(c.x - 2, 1), bar(c.x + s); break;
    default:
      if (f.status.playing)
        bar(c.x - 4), bar(c.x + 4);
      else
        triangle(c.x + 1, 1);
  }
}

void draw_buttons(Frame& f, Rect& rest) {
  for (const PartKind part : {PartKind::first_button, PartKind::back_button, PartKind::play_button,
                              PartKind::next_button, PartKind::last_button}) {
    const Rect rect = rest.take_left(38, 6);
    const bool play = part == PartKind::play_button;
    put(f, Box{.rect = rect,
               .fill = play ? f.colors.accent
                       : hovered(f, {.kind = part}) ? f.colors.raised : f.colors.panel,
               .line = play || hovered(f, {.kind = part}) ? f.colors.accent : f.colors.border,
               .radius = rect.h / 2});
    draw_mark(f, rect, part, play ? f.colors.accent_text : f.colors.text);
    put_place(f, rect, {.kind = part});
  }
}

void draw_slider(Frame& f, const Rect& area) {
  const Rect track{area.x + 10, area.center().y - 3, area.w - 20, 6};
  put_box(f, track, f.colors.track, 3);
  const int steps = f.subject.steps();
  if (steps > 0 && track.w / static_cast<float>(steps) >= 8)
    for (int step = 0; step <= steps; ++step)
      put_box(f, {track.x + track.w * static_cast<float>(step) / static_cast<float>(steps) - 0.5F,
                  track.y - 5, 1, 16},
              f.colors.border);
  const float x = track.x + track.w * std::clamp(f.status.slider, 0.0F, 1.0F);
  put_box(f, {track.x, track.y, x - track.x, track.h}, f.colors.accent, 3);
  put_box(f, {x - 9, area.center().y - 9, 18, 18}, f.colors.text, 9);
  f.scene.places.push_back({.rect = {track.x, area.y, track.w, area.h},
                            .part = {.kind = PartKind::slider},
                            .columns = 1001});
}

}  // namespace

void draw_transport(Frame& f, const Rect& area) {
  put_panel(f, area);
  if (!f.subject.run) return;
  Rect rest = area.inset(10, 6);
  draw_buttons(f, rest);
  const std::string speed = fmt::format("{:g}\u00D7", f.status.speed);
  put_button(f, rest.take_right(56, 10), speed, {.kind = PartKind::speed_button});
  const Phrase* paces[] = {&words::pace_operation, &words::pace_layer, &words::pace_token};
  for (int i = 0; i < pace_count; ++i) {
    const int pace = pace_count - 1 - i;
    const std::string words = f.say(*paces[i]);
    put_button(f, rest.take_right(f.width(words, Font::small) + 20, 4), words,
               {.kind = PartKind::pace_button, .a = pace},
               static_cast<int>(f.status.pace) == pace);
  }
  const std::string where = f.say(words::step_of, {std::to_string(f.moment.step),
                                                   std::to_string(f.subject.steps())});
  put_line(f, rest.take_right(f.width(where, Font::small_bold) + 12, 8), where, Font::small_bold,
           f.colors.text, Align::right);
  draw_slider(f, rest);
}

void draw_status(Frame& f, const Rect& area) {
  Rect rest = area.inset(4, 0);
  if (!f.status.lab) {  // which keeps no records
    const std::string memory = f.say(words::memory_line, {bytes_text(f.status.memory_bytes),
                                                          bytes_text(f.status.memory_budget)});
    const Rect right = rest.take_right(f.width(memory, Font::tiny) + 4, 16);
    put_line(f, right, memory, Font::tiny, f.colors.muted, Align::right);
    put_place(f, right, {.kind = PartKind::memory_budget});
  }
  if (!f.status.activity.empty()) {
    if (f.status.can_cancel) {
      const std::string cancel = f.say(words::cancel_word);
      put_button(f, rest.take_right(f.width(cancel, Font::tiny) + 16, 8).inset(0, 2), cancel,
                 {.kind = PartKind::cancel_button}, false, Font::tiny);
    }
    Rect bar = rest.take_right(120, 8);
    bar = {bar.x, bar.center().y - 3, bar.w, 6};
    put_box(f, bar, f.colors.track, 3);
    put_box(f, {bar.x, bar.y, bar.w * f.status.progress.value_or(0), bar.h}, f.colors.accent, 3);
    put_line(f, rest.take_right(std::min(rest.w * 0.4F, f.width(f.status.activity, Font::small)), 12),
             f.status.activity, Font::small, f.colors.text, Align::right);
  }
  const std::string words = !f.status.messages.empty() ? f.status.messages.back()
                            : f.status.lab ? f.say(f.view.scenario.page == LabPage::drill
                                                       ? words::lab_drill_hint
                                                       : words::lab_hint)
                            : f.status.reused_rows > 0
                                ? f.say(words::reused_line, {std::to_string(f.status.reused_rows)})
                            : f.status.lesson  ? std::string{}
                            : f.status.invites ? f.say(words::lesson_invitation) + "   " +
                                                     f.say(words::hint_line)
                                               : f.say(words::hint_line);
  const bool message = !f.status.messages.empty();
  put_line(f, rest, words, message ? Font::small_bold : Font::small,
           message ? f.colors.text : f.colors.muted);
  if (message) put_place(f, rest, {.kind = PartKind::message,
                                   .a = static_cast<int>(f.status.messages.size()) - 1});
}

}  // namespace kv::scene
