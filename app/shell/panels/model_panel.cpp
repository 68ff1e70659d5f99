#include "app/shell/panels/model_panel.h"

#include "app/shell/open_model.h"
#include "app/shell/panels/panel_kit.h"
#include "core/model/random_model.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

using scene::Font;
namespace words = scene::words;

void heading(const PanelFrame& f, const std::string& text) {
  put_space(f, 2);
  put_words(f, Font::small_bold, f.colors.muted, text);
}

std::string about(const PanelFrame& f, const std::string& name) {
  if (name == "pocket") return f.say(words::model_pocket_about);
  if (name == "story") return f.say(words::model_story_about);
  return {};
}

bool put_known(const PanelFrame& f) {
  bool opened = false;
  const auto open = [&](const std::string& name) {
    f.actions.emplace_back(act::LoadModel{name});
    opened = true;
  };
  heading(f, f.say(words::model_built_in));
  const auto built_in = built_in_models();
  for (const std::string& name : built_in)
    if (put_entry(f, name, about(f, name))) open(name);
  auto recent = f.state.settings.recent_models;
  std::erase_if(recent, [&](const std::string& name) {
    return std::ranges::find(built_in, name) != built_in.end();
  });
  if (recent.size() > 4) recent.resize(4);
  if (!recent.empty()) heading(f, f.say(words::model_recent));
  for (const std::string& name : recent)
    if (put_entry(f, core::quoted(name, 90), {})) open(name);
  return opened;
}

bool put_folder(const PanelFrame& f, ModelScratch& s) {
  heading(f, f.say(words::model_folder));
  const std::string open = f.say(words::panel_open);
  const float button = ImGui::CalcTextSize(open.c_str()).x + f.units(24 + 12);
  if (f.first) ImGui::SetKeyboardFocusHere();
  const bool entered =
      put_text_field(f, "##folder", s.folder, ImGui::GetContentRegionAvail().x - button, "/");
  ImGui::SameLine();
  ImGui::PushID("folder");
  const bool clicked = put_push_button(f, open, false, !s.folder.empty());
  ImGui::PopID();
  put_note(f, f.colors.muted, f.say(words::model_drop));
  if (!(entered || clicked) || s.folder.empty()) return false;
  f.actions.emplace_back(act::LoadModel{s.folder});
  return true;
}

bool put_random(const PanelFrame& f, ModelScratch& s) {
  heading(f, f.say(words::model_random));
  const scene::Phrase* const labels[] = {&words::random_width,   &words::random_layers,
                                         &words::random_heads,   &words::random_kv_heads,
                                         &words::random_ffn,     &words::random_vocabulary,
                                         &words::random_context, &words::random_seed};
  if (ImGui::BeginTable("parts", 4, ImGuiTableFlags_SizingStretchSame)) {
    for (std::size_t i = 0; i < s.random.size(); ++i) {
      ImGui::TableNextColumn();
      ImGui::PushID(static_cast<int>(i));
      ImGui::AlignTextToFramePadding();  // in every cell, as in those behind a field
      put_words(f, Font::small, f.colors.muted, f.say(*labels[i]));
      put_number_field(f, "##number", s.random[i], -1);
      ImGui::PopID();
    }
    ImGui::EndTable();
  }
  const std::string name = random_name(s.random);
  const auto spec = core::parse_random_model(name);
  if (spec) {
    const core::Uint128 count = core::parameter_count(spec->config);
    put_words(f, Font::small, f.colors.muted,
              f.say(words::model_size_line,
                    {scene::grouped_text(count), scene::bytes_text(count * core::Uint128(4))}));
  } else {
    put_note(f, f.colors.bad, spec.error().message);
  }
  ImGui::PushID("random");
  const bool clicked = put_push_button(f, f.say(words::panel_open), false, bool(spec));
  ImGui::PopID();
  if (!clicked || !spec) return false;
  f.actions.emplace_back(act::LoadModel{name});
  return true;
}

}  // namespace

std::string random_name(const std::array<int, 8>& n) {
  return fmt::format(
      "random:width={},layers={},heads={},kv_heads={},ffn={},vocab={},context={},seed={}", n[0],
      n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
}

PanelFate draw_model_panel(const PanelFrame& f, ModelScratch& s) {
  begin_panel(f, "model", f.say(words::model_title), 820);
  bool closes = put_known(f);
  closes |= put_folder(f, s);
  closes |= put_random(f, s);
  ImGui::SameLine();
  closes |= put_push_button(f, f.say(words::panel_cancel));
  closes |= end_panel(f);
  return closes ? PanelFate::closes : PanelFate::stays;
}

}  // namespace kv::app
