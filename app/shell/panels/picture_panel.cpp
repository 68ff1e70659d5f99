#include "app/shell/panels/picture_panel.h"

#include "app/shell/panels/panel_kit.h"
#include "app/shell/session_store.h"

namespace kv::app {

namespace words = scene::words;

bool is_picture_path(std::string_view path) {
  return path.ends_with(".png") || path.ends_with(".svg");
}

PictureScratch begin_picture() { return {default_picture_path()}; }

PanelFate draw_picture_panel(const PanelFrame& f, PictureScratch& s) {
  begin_panel(f, "picture", f.say(words::picture_title), 760);
  put_words(f, scene::Font::small_bold, f.colors.muted, f.say(words::picture_path));
  if (f.first) ImGui::SetKeyboardFocusHere();
  bool taken = put_text_field(f, "##path", s.path, -1);
  const bool good = is_picture_path(s.path);
  if (!good) put_note(f, f.colors.bad, f.say(words::say_picture_ending));
  put_space(f, 2);
  taken |= put_push_button(f, f.say(words::panel_save), true, good);
  ImGui::SameLine();
  bool closes = put_push_button(f, f.say(words::panel_cancel));
  if (taken && good) {
    f.requests.emplace_back(ask::SavePicture{s.path});
    closes = true;
  }
  closes |= end_panel(f);
  return closes ? PanelFate::closes : PanelFate::stays;
}

}  // namespace kv::app
