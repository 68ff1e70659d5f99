#include "app/shell/panels/panels.h"

#include "app/logic/lab/lab.h"
#include "app/shell/panels/panel_kit.h"
#include "app/shell/panels/settings_panel.h"
#include "viz/gl/imgui_versions.h"

namespace kv::app {

bool Panels::show(ShellCommand command, const AppState& state) {
  switch (command) {
    case ShellCommand::edit_prompt:
      if (!state.now.model.model) return false;
      panel_ = begin_prompt(state);
      break;
    case ShellCommand::open_model:
      panel_ = ModelScratch{};
      break;
    case ShellCommand::sampling:
      if (!state.now.run) return false;
      panel_ = begin_sampling(state);
      break;
    case ShellCommand::settings:
      panel_ = SettingsOpen{};
      break;
    case ShellCommand::open_session:
      panel_ = begin_sessions();
      break;
    case ShellCommand::export_picture:
      panel_ = begin_picture(in_lab(state));
      break;
    case ShellCommand::edit_scenario:
      if (!in_lab(state)) return false;
      panel_ = begin_scenario(state);
      break;
    case ShellCommand::copy_scenario:
    case ShellCommand::paste_scenario:
    case ShellCommand::export_exam:
    case ShellCommand::fullscreen:
    case ShellCommand::save_session:
    case ShellCommand::present:
    case ShellCommand::export_answers:
    case ShellCommand::quit:
      return false;
  }
  first_ = true;
  gl::let_go_of_enter();
  return true;
}

void Panels::draw(const AppState& state, const scene::Palette& colors, const gl::Fonts& fonts,
                  scene::Vec2 window, std::vector<Action>& actions,
                  std::vector<Request>& requests) {
  const PanelFrame f{state, colors, fonts, window, first_, enter_ && !first_, actions, requests};
  first_ = enter_ = false;
  struct Draw {
    const PanelFrame& frame;
    PanelFate operator()(std::monostate) const { return PanelFate::stays; }
    PanelFate operator()(PromptScratch& s) const { return draw_prompt_panel(frame, s); }
    PanelFate operator()(ModelScratch& s) const { return draw_model_panel(frame, s); }
    PanelFate operator()(SamplingScratch& s) const { return draw_sampling_panel(frame, s); }
    PanelFate operator()(SettingsOpen) const { return draw_settings_panel(frame); }
    PanelFate operator()(SessionsScratch& s) const { return draw_sessions_panel(frame, s); }
    PanelFate operator()(PictureScratch& s) const { return draw_picture_panel(frame, s); }
    PanelFate operator()(ScenarioScratch& s) const { return draw_scenario_panel(frame, s); }
  };
  if (std::visit(Draw{f}, panel_) == PanelFate::closes) close();
}

std::string Panels::text_shown() const {
  if (const auto* prompt = std::get_if<PromptScratch>(&panel_)) {
    std::string all = prompt->text;
    for (const std::string& example : prompt->examples) all += example;
    return all;
  }
  if (const auto* model = std::get_if<ModelScratch>(&panel_)) return model->folder;
  if (const auto* sessions = std::get_if<SessionsScratch>(&panel_)) {
    std::string all = sessions->open_path + sessions->save_path;
    for (const std::string& path : sessions->kept) all += path;
    return all;
  }
  if (const auto* picture = std::get_if<PictureScratch>(&panel_)) return picture->path;
  if (const auto* scenario = std::get_if<ScenarioScratch>(&panel_))
    return scenario->text + scenario->mistake;
  return {};
}

}  // namespace kv::app
