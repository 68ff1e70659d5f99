#include "app/shell/panels/settings_panel.h"

#include <array>
#include <cmath>

#include "app/shell/panels/panel_kit.h"

namespace kv::app {
namespace {

namespace words = scene::words;

void put_language(const PanelFrame& f, Settings& settings) {
  std::array<std::string, scene::languages.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = scene::name_of(scene::languages[i]);
  int chosen = static_cast<int>(settings.language);
  put_label(f, f.say(words::settings_language));
  if (put_choice(f, "language", names, chosen))
    settings.language = scene::languages[static_cast<std::size_t>(chosen)];
}

void put_theme(const PanelFrame& f, Settings& settings) {
  const std::array names{f.say(words::settings_dark), f.say(words::settings_light)};
  int chosen = settings.theme == scene::Theme::dark ? 0 : 1;
  put_label(f, f.say(words::settings_theme));
  if (put_choice(f, "theme", names, chosen))
    settings.theme = chosen == 0 ? scene::Theme::dark : scene::Theme::light;
}

void put_switch(const PanelFrame& f, const char* id, const scene::Phrase& label, bool& on) {
  const std::array names{f.say(words::settings_on), f.say(words::settings_off)};
  int chosen = on ? 0 : 1;
  put_label(f, f.say(label));
  if (put_choice(f, id, names, chosen)) on = chosen == 0;
}

// The size is taken when the mouse lets go: fonts are made anew for it.
void put_size(const PanelFrame& f, double& value) {
  put_label(f, f.say(words::settings_size));
  const std::array<double, 7> sizes{0.7, 0.85, 1, 1.15, 1.3, 1.6, 2};
  std::array<std::string, sizes.size()> names;
  int chosen = -1;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    names[i] = fmt::format("{:.0f}", sizes[i] * 100);
    if (std::abs(value - sizes[i]) < 0.01) chosen = static_cast<int>(i);
  }
  if (put_choice(f, "size", names, chosen)) value = sizes[static_cast<std::size_t>(chosen)];
}

void put_speed(const PanelFrame& f, double& value) {
  put_label(f, f.say(words::settings_speed));
  const std::array<double, 6> speeds{0.25, 0.5, 1, 2, 4, 8};
  std::array<std::string, speeds.size()> names;
  int chosen = -1;
  for (std::size_t i = 0; i < speeds.size(); ++i) {
    names[i] = fmt::format("{:g}\u00D7", speeds[i]);
    if (std::abs(value - speeds[i]) < 1e-6) chosen = static_cast<int>(i);
  }
  if (put_choice(f, "speed", names, chosen)) value = speeds[static_cast<std::size_t>(chosen)];
}

}  // namespace

PanelFate draw_settings_panel(const PanelFrame& f) {
  Settings settings = f.state.settings;
  begin_panel(f, "settings", f.say(words::settings_title), 720);
  put_language(f, settings);
  put_theme(f, settings);
  put_size(f, settings.font_scale);
  put_speed(f, settings.speed);
  put_switch(f, "contrast", words::settings_contrast, settings.high_contrast);
  put_switch(f, "motion", words::settings_motion, settings.reduced_motion);
  put_space(f, 2);
  bool closes = put_push_button(f, f.say(words::panel_close), true);
  closes |= end_panel(f);
  if (settings != f.state.settings) f.actions.emplace_back(act::SetSettings{settings});
  return closes ? PanelFate::closes : PanelFate::stays;
}

}  // namespace kv::app
