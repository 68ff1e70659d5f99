#include "viz/scene/lesson_view.h"
#include "viz/scene/views/views.h"

#include "core/model/config.h"

namespace kv::scene {
namespace {

struct HeaderButton {
  PartKind part;
  const Phrase* words;  // null: `mark`
  const char* mark;
};
// From the right edge inwards.
constexpr HeaderButton header_buttons[] = {
    {PartKind::fullscreen_button, nullptr, "F11"},
    {PartKind::help_button, nullptr, "?"},
    {PartKind::legend_button, &words::button_legend, ""},
    {PartKind::settings_button, &words::button_settings, ""},
    {PartKind::theme_button, nullptr, "\u25D0"},
    {PartKind::language_button, nullptr, ""},
};

std::string parameters_text(core::Uint128 count) {
  const double n = core::to_double(count);
  if (n >= 1e9) return fmt::format("{:.2f} B", n / 1e9);
  if (n >= 1e6) return fmt::format("{:.1f} M", n / 1e6);
  if (n >= 1e5) return fmt::format("{:.2f} M", n / 1e6);
  return fmt::format("{:.1f} k", n / 1e3);
}

bool is_on(const Frame& f, PartKind part) {
  return (part == PartKind::help_button && f.view.overlay == Overlay::help) ||
         (part == PartKind::legend_button && f.view.overlay == Overlay::legend);
}

void draw_tabs(Frame& f, Rect& rest) {
  const Phrase* places[] = {&words::place_lessons, &words::place_explore, &words::place_scenarios,
                            &words::place_costs};
  static_assert(std::size(places) == place_count);
  for (int i = 0; i < place_count; ++i) {
    const std::string text = f.say(*places[i]);
    const PartId part{.kind = PartKind::place_button, .a = i};
    const bool on = static_cast<int>(f.view.place) == i;
    const Rect tab = rest.take_left(f.width(text, Font::small_bold) + 40, 4);
    if (on || hovered(f, part)) put_box(f, tab, f.colors.raised, 6);
    Rect inside = tab.inset(10, 0);
    put_line(f, inside.take_right(10), std::to_string(i + 1), Font::tiny, f.colors.muted,
             Align::right);
    put_line(f, inside, text, on ? Font::small_bold : Font::small,
             on ? f.colors.text : f.colors.muted);
    put_place(f, tab, part);
  }
  rest.take_left(10);
}

void draw_button_left(Frame& f, Rect& rest, const Phrase& words, PartKind part, bool on = false) {
  const std::string text = f.say(words);
  put_button(f, rest.take_left(f.width(text, Font::small) + 22, 6), text, {.kind = part}, on);
}

std::string model_text(const Frame& f) {
  return f.say(words::model_line,
               {f.subject.model_name, parameters_text(core::parameter_count(f.config()))});
}

void draw_run_buttons(Frame& f, Rect rest) {
  draw_button_left(f, rest, words::button_prompt, PartKind::prompt_button);
  draw_button_left(f, rest, words::button_model, PartKind::model_button);
  draw_button_left(f, rest, words::button_sampling, PartKind::sampling_button);
  rest.take_left(10);
  if (!f.subject.run) return;
  // As much as there is room for, and no word cut in two.
  const std::string words[] = {model_text(f) + "   " + f.status.sampling, model_text(f),
                               f.subject.model_name};
  for (const std::string& text : words)
    if (f.width(text, Font::small) <= rest.w)
      return void(put_line(f, rest, text, Font::small, f.colors.muted));
}

void draw_lesson_buttons(Frame& f, Rect rest) {
  draw_button_left(f, rest, words::lesson_list, PartKind::list_button,
                   f.view.overlay == Overlay::lessons);
  draw_button_left(f, rest, words::lesson_present, PartKind::present_button);
  draw_button_left(f, rest, words::lesson_notes, PartKind::notes_button,
                   f.status.lesson->notes_open);
  rest.take_left(10);
  if (f.subject.run) put_line(f, rest, model_text(f), Font::small, f.colors.muted);
}

}  // namespace

void draw_header(Frame& f, const Rect& area) {
  put_box(f, area, f.colors.panel);
  put_box(f, {area.x, area.bottom() - 1, area.w, 1}, f.colors.border);
  Rect rest = area.inset(14, 8);
  Rect name = rest.take_left(f.width("kvscope", Font::title_bold), 16);
  put_line(f, name, "kvscope", Font::title_bold, f.colors.text);

  for (const HeaderButton& button : header_buttons) {
    const std::string words = button.part == PartKind::language_button
                                  ? std::string(code_of(f.view.language))
                              : button.words ? f.say(*button.words)
                                             : std::string(button.mark);
    const float width = std::max(36.0F, f.width(words, Font::small) + 20);
    put_button(f, rest.take_right(width, 6), words, {.kind = button.part}, is_on(f, button.part));
  }
  rest.take_right(8);
  draw_tabs(f, rest);
  if (f.status.lab) return;  // its pages and controls stand below
  if (f.status.lesson)
    draw_lesson_buttons(f, rest);
  else
    draw_run_buttons(f, rest);
}

}  // namespace kv::scene
