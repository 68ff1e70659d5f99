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
  for (const auto& [part, words] : {std::pair{PartKind::prompt_button, &words::button_prompt},
                                    std::pair{PartKind::model_button, &words::button_model},
                                    std::pair{PartKind::sampling_button, &words::button_sampling}}) {
    const std::string text = f.say(*words);
    put_button(f, rest.take_left(f.width(text, Font::small_bold) + 24, 6), text, {.kind = part},
               false, Font::small_bold);
  }
  rest.take_left(10);
  if (!f.subject.run) return;
  const std::string model = f.say(words::model_line, {f.subject.model_name,
                                  parameters_text(core::parameter_count(f.config()))});
  const std::string both = model + "   " + f.status.sampling;
  put_line(f, rest, both, Font::small, f.colors.muted);
}

}  // namespace kv::scene
