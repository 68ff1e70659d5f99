#include "app/shell/panels/picture_panel.h"

#include "app/shell/panels/panel_kit.h"
#include "app/shell/session_store.h"

namespace kv::app {

namespace words = scene::words;

bool is_picture_path(std::string_view path, bool table) {
  return path.ends_with(".png") || path.ends_with(".svg") || (table && path.ends_with(".csv"));
}

PictureScratch begin_picture(bool table) { return {default_picture_path(), table}; }

PanelFate draw_picture_panel(const PanelFrame& f, PictureScratch& s) {
  begin_panel(f, "picture", f.say(words::picture_title), 760);
  put_words(f, scene::Font::small_bold, f.colors.muted, f.say(words::picture_path));
  if (f.first) ImGui::SetKeyboardFocusHere();
  bool taken = put_text_field(f, "##path", s.path, -1);
  const bool good = is_picture_path(s.path, s.table);
  if (!good)
    put_note(f, f.colors.bad, f.say(s.table ? words::say_table_ending : words::say_picture_ending));
  put_space(f, 2);
  taken |= put_push_button(f, f.say(words::panel_save), true, good);
  ImGui::SameLine();
  bool closes = put_push_button(f, f.say(words::panel_cancel));
  if (taken && good) {
    f.requests.emplace_back(request::SavePicture{s.path});
    closes = true;
  }
  closes |= end_panel(f);
  return closes ? PanelFate::closes : PanelFate::stays;
}

}  // namespace kv::app
