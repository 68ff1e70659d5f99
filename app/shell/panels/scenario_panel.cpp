#include "app/shell/panels/scenario_panel.h"

#include "app/logic/lab/lab.h"
#include "app/shell/panels/panel_kit.h"

namespace kv::app {

namespace words = scene::words;

ScenarioScratch begin_scenario(const AppState& state) {
  const std::string text = scenario_text(state);
  return {text, text, ""};
}

PanelFate draw_scenario_panel(const PanelFrame& f, ScenarioScratch& s) {
  begin_panel(f, "scenario", f.say(words::scenario_title), 860);
  if (f.first) ImGui::SetKeyboardFocusHere();
  const bool entered = put_text_field(f, "##scenario", s.text, -1);
  // What is refused stays there to be mended.
  if (entered && !s.mistake.empty()) ImGui::SetKeyboardFocusHere(-1);
  if (s.checked != s.text) {
    s.checked = s.text;
    const bool costs = f.state.view.place == scene::PlaceId::costs;
    const auto scenario = parse_scenario(s.text, costs, sizes_by_name(f.state));
    s.mistake = scenario ? "" : scenario.error().message;
  }
  if (s.mistake.empty())
    put_note(f, f.colors.muted, f.say(words::scenario_about));
  else
    put_note(f, f.colors.bad, s.mistake);
  put_space(f, 2);
  const bool good = s.mistake.empty();
  const bool taken = put_push_button(f, f.say(words::panel_apply), true, good) || entered;
  ImGui::SameLine();
  bool closes = put_push_button(f, f.say(words::panel_cancel));
  if (taken && good) {
    f.actions.emplace_back(act::SetScenario{s.text});
    closes = true;
  }
  closes |= end_panel(f);
  return closes ? PanelFate::closes : PanelFate::stays;
}

}  // namespace kv::app
