#include "app/shell/panels/sessions_panel.h"

#include "app/shell/panels/panel_kit.h"
#include "app/shell/session_store.h"

namespace kv::app {
namespace {

namespace words = scene::words;

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// A path and the button that takes it. True when it was taken.
bool put_path(const PanelFrame& f, const char* id, const scene::Phrase& label, std::string& path,
              const scene::Phrase& verb, bool focus) {
  put_words(f, scene::Font::small_bold, f.colors.muted, f.say(label));
  const std::string word = f.say(verb);
  const float button = ImGui::CalcTextSize(word.c_str()).x + f.units(24 + 12);
  ImGui::PushID(id);
  if (focus) ImGui::SetKeyboardFocusHere();
  bool taken =
      put_text_field(f, "##path", path, ImGui::GetContentRegionAvail().x - button, session_ending);
  ImGui::SameLine();
  taken |= put_push_button(f, word, false, !path.empty());
  ImGui::PopID();
  return taken && !path.empty();
}

}  // namespace

SessionsScratch begin_sessions() { return {kept_sessions(), {}, default_session_path()}; }

PanelFate draw_sessions_panel(const PanelFrame& f, SessionsScratch& s) {
  bool closes = false;
  begin_panel(f, "sessions", f.say(words::sessions_title), 820);
  if (!s.kept.empty())
    put_words(f, scene::Font::small_bold, f.colors.muted, f.say(words::sessions_kept));
  for (std::size_t i = 0; i < std::min<std::size_t>(s.kept.size(), 6); ++i) {
    if (!put_entry(f, file_name(s.kept[i]), {})) continue;
    f.requests.emplace_back(request::OpenSession{s.kept[i]});
    closes = true;
  }
  if (put_path(f, "open", words::sessions_open_path, s.open_path, words::panel_open, f.first)) {
    f.requests.emplace_back(request::OpenSession{s.open_path});
    closes = true;
  }
  if (put_path(f, "save", words::sessions_save_path, s.save_path, words::panel_save, false)) {
    f.requests.emplace_back(request::SaveSession{session_path(s.save_path)});
    closes = true;
  }
  put_space(f, 2);
  closes |= put_push_button(f, f.say(words::panel_cancel));
  closes |= end_panel(f);
  return closes ? PanelFate::closes : PanelFate::stays;
}

}  // namespace kv::app
