#include "viz/scene/views/control_rows.h"

#include <cmath>

#include "viz/scene/views/control_choice.h"

namespace kv::scene {
namespace {

using Kind = ControlView::Kind;

constexpr float step_width = 22;  // of - and +
constexpr float apart = 10;       // name and value

bool has_options(const ControlView& control) {
  return control.kind == Kind::choice && !control.options.empty();
}

// - and + beside the value: where they are not beside the track.
bool steps_beside(const ControlView& control, const ControlStyle& style) {
  return control.enabled && (control.kind == Kind::choice || !style.roomy);
}

std::vector<std::string> note_lines(const Frame& f, const ControlView& control,
                                    const ControlStyle& style, float width) {
  if (control.note.empty()) return {};
  return wrap_text(f.metrics, control.note, style.note_font, width);
}

float line_height(const ControlView& control, const ControlStyle& style) {
  return control.kind == Kind::choice ? std::max(style.line, style.option) : style.line;
}

// A minus or a plus, as a shape: no font needs to have it.
void draw_step(Frame& f, const Rect& rect, const PartId& part) {
  const bool over = hovered(f, part);
  put(f, Box{.rect = rect,
             .fill = over ? f.colors.raised : f.colors.panel,
             .line = over ? f.colors.accent : f.colors.border,
             .radius = 5});
  // On whole units, or some would be one pixel thick and others two.
  const Vec2 c{std::round(rect.center().x), std::round(rect.center().y)};
  put_box(f, {c.x - 5, c.y - 1, 10, 2}, f.colors.text);
  if (part.kind == PartKind::control_more) put_box(f, {c.x - 1, c.y - 5, 2, 10}, f.colors.text);
  put_place(f, rect, part);
}

void draw_track(Frame& f, const ControlView& control, const Rect& strip) {
  const float knob = strip.h >= 16 ? 8 : 5;
  const Rect line{strip.x + knob, strip.center().y - (knob > 5 ? 3 : 2), strip.w - 2 * knob,
                  knob > 5 ? 6.0F : 4.0F};
  put_box(f, line, f.colors.track, line.h / 2);
  if (!control.enabled) return;
  const bool over = f.view.hover.kind == PartKind::control_slider && f.view.hover.a == control.id;
  const float x = line.x + line.w * std::clamp(control.share, 0.0F, 1.0F);
  put_box(f, {line.x, line.y, x - line.x, line.h}, f.colors.accent, line.h / 2);
  const float r = over ? knob + 1 : knob;
  put_box(f, {x - r, line.center().y - r, 2 * r, 2 * r},
          over || control.focused ? f.colors.accent : f.colors.text, r);
  f.scene.places.push_back({.rect = {line.x, strip.y, line.w, strip.h},
                            .part = {.kind = PartKind::control_slider},
                            .rows = 1,
                            .columns = 1001,
                            .row0 = control.id});
}

void draw_line(Frame& f, const ControlView& control, const ControlStyle& style, Rect line) {
  if (steps_beside(control, style)) {
    const float inset = std::max(0.0F, (line.h - 22) / 2);
    draw_step(f, line.take_right(step_width, 3).inset(0, inset),
              {.kind = PartKind::control_more, .a = control.id});
    draw_step(f, line.take_right(step_width, apart - 2).inset(0, inset),
              {.kind = PartKind::control_less, .a = control.id});
  }
  const Color color = control.enabled ? f.colors.text : f.colors.muted;
  put_line(f, line.take_left(f.width(control.name, style.name) + 0.5F, apart), control.name,
           style.name, color);
  put_line(f, line, control.value, control.enabled ? style.value : style.name, color, Align::right);
}

void draw_notes(Frame& f, const ControlView& control, const ControlStyle& style, Rect rest) {
  for (const std::string& line : note_lines(f, control, style, rest.w))
    put_line(f, rest.take_top(style.note), line, style.note_font, f.colors.muted);
}

void draw_slider(Frame& f, const ControlView& control, const ControlStyle& style, Rect area) {
  draw_line(f, control, style, area.take_top(line_height(control, style)));
  if (!control.enabled && !control.note.empty()) return draw_notes(f, control, style, area);
  if (control.kind == Kind::slider) {
    Rect strip = area.take_top(style.track);
    if (style.roomy && control.enabled) {
      const float inset = std::max(0.0F, (strip.h - 22) / 2);
      draw_step(f, strip.take_left(step_width + 4, 6).inset(0, inset),
                {.kind = PartKind::control_less, .a = control.id});
      draw_step(f, strip.take_right(step_width + 4, 6).inset(0, inset),
                {.kind = PartKind::control_more, .a = control.id});
    }
    draw_track(f, control, strip);
  }
  draw_notes(f, control, style, area);
}

void draw_heading(Frame& f, const ControlView& control, const ControlStyle& style, Rect area) {
  const Rect line = area.take_bottom(style.line + 1);
  const float width = put_line(f, line, control.name, Font::small_bold, f.colors.accent);
  const float x = line.x + width + 10;
  put_box(f, {x, line.center().y, std::max(0.0F, line.right() - x), 1}, f.colors.border);
}

void draw_action(Frame& f, const ControlView& control, const ControlStyle& style, Rect area) {
  const Rect rect = area.take_top(style.button, 2);
  const PartId part{.kind = PartKind::control_button, .a = control.id};
  const bool over = control.enabled && hovered(f, part);
  put(f, Box{.rect = rect,
             .fill = over              ? mix(f.colors.raised, f.colors.accent, 0.25F)
                     : control.enabled ? f.colors.raised
                                       : f.colors.panel,
             .line = over ? f.colors.accent : f.colors.border,
             .radius = 6});
  put_line(f, rect.inset(8, 0), control.value, control.enabled ? style.value : style.name,
           control.enabled ? f.colors.text : f.colors.muted, Align::center);
  put_place(f, rect, part);
  draw_notes(f, control, style, area);
}

}  // namespace

float control_height(const Frame& f, const ControlView& control, const ControlStyle& style,
                     float width) {
  const float notes = style.note * static_cast<float>(note_lines(f, control, style, width).size());
  if (control.kind == Kind::heading) return style.heading;
  if (control.kind == Kind::button) return style.button + (notes > 0 ? notes + 2 : 0);
  if (has_options(control)) return option_rows(f, control, style, width).height + notes;
  const float line = line_height(control, style);
  if (control.kind == Kind::choice) return line + notes;
  // A note that says why it is not enabled stands where the track would be.
  return line +
         (!control.enabled && notes > 0 ? std::max(notes, style.track) : style.track + notes);
}

float control_width(const Frame& f, const ControlView& control, const ControlStyle& style) {
  if (control.kind == Kind::heading) return f.width(control.name, Font::small_bold);
  if (control.kind == Kind::button) return f.width(control.value, style.value) + 20;
  if (has_options(control)) return least_width(f, control, style);
  const float steps = steps_beside(control, style) ? 2 * step_width + 3 + apart - 2 : 0;
  return f.width(control.name, style.name) + f.width(control.value, style.value) + apart + 1 +
         steps;
}

void draw_control(Frame& f, const ControlView& control, const ControlStyle& style,
                  const Rect& area) {
  if (control.focused)
    put(f, Box{.rect = area.inset(-6, style.gap >= 6 ? -4 : -2),
               .fill = f.colors.raised.with_alpha(0.55F),
               .line = f.colors.accent,
               .line_width = 1.5F,
               .radius = 6});
  if (control.kind == Kind::heading) return draw_heading(f, control, style, area);
  put_place(f, area, {.kind = PartKind::control_button, .a = control.id});
  if (control.kind == Kind::button) return draw_action(f, control, style, area);
  if (!has_options(control)) return draw_slider(f, control, style, area);
  draw_options(f, control, style, area);
  Rect rest = area;
  rest.take_top(option_rows(f, control, style, area.w).height);
  draw_notes(f, control, style, rest);
}

}  // namespace kv::scene
