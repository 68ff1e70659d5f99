#include "app/shell/panels/panel_kit.h"

namespace kv::app {
namespace {

using scene::Color;
using scene::Font;

struct Field {
  std::string& text;
  bool* select = nullptr;
};

int keep_text(ImGuiInputTextCallbackData* data) {
  auto& field = *static_cast<Field*>(data->UserData);
  if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
    field.text.resize(static_cast<std::size_t>(data->BufTextLen));
    data->Buf = field.text.data();
  } else if (field.select && *field.select) {
    data->SelectAll();
    *field.select = false;
  }
  return 0;
}

// Whether Enter was meant for the field just drawn. It lets go of the keyboard by itself then.
bool entered(const PanelFrame& f) {
  return f.enter && (ImGui::IsItemActive() || ImGui::IsItemDeactivated());
}

void set_colors(ImGuiStyle& style, const scene::Palette& p) {
  ImVec4* const c = style.Colors;
  const ImVec4 clear{0, 0, 0, 0};
  for (int i = 0; i < ImGuiCol_COUNT; ++i) c[i] = vec(p.raised);
  c[ImGuiCol_Text] = vec(p.text);
  c[ImGuiCol_TextDisabled] = vec(p.muted);
  c[ImGuiCol_WindowBg] = c[ImGuiCol_PopupBg] = vec(p.panel);
  c[ImGuiCol_ChildBg] = clear;
  c[ImGuiCol_Border] = c[ImGuiCol_Separator] = vec(p.border);
  c[ImGuiCol_BorderShadow] = clear;
  c[ImGuiCol_FrameBg] = vec(p.ground);
  c[ImGuiCol_FrameBgHovered] = c[ImGuiCol_FrameBgActive] = vec(mix(p.ground, p.raised, 0.5F));
  c[ImGuiCol_Button] = c[ImGuiCol_Header] = vec(p.raised);
  c[ImGuiCol_ButtonHovered] = c[ImGuiCol_HeaderHovered] = vec(mix(p.raised, p.accent, 0.25F));
  c[ImGuiCol_ButtonActive] = c[ImGuiCol_HeaderActive] = vec(mix(p.raised, p.accent, 0.45F));
  c[ImGuiCol_CheckMark] = c[ImGuiCol_SliderGrab] = vec(p.accent);
  c[ImGuiCol_SliderGrabActive] = vec(p.fresh);
  c[ImGuiCol_ScrollbarBg] = clear;
  c[ImGuiCol_ScrollbarGrab] = vec(p.border);
  c[ImGuiCol_ScrollbarGrabHovered] = c[ImGuiCol_ScrollbarGrabActive] = vec(p.muted);
  c[ImGuiCol_TextSelectedBg] = vec(p.accent.with_alpha(0.35F));
  c[ImGuiCol_NavHighlight] = vec(p.accent);
  c[ImGuiCol_ModalWindowDimBg] = c[ImGuiCol_NavWindowingDimBg] = clear;
}

}  // namespace

ImVec4 vec(Color c) {
  return {static_cast<float>(c.r) / 255, static_cast<float>(c.g) / 255,
          static_cast<float>(c.b) / 255, static_cast<float>(c.a) / 255};
}

ImU32 packed(Color c) { return IM_COL32(c.r, c.g, c.b, c.a); }

void style_panels(const scene::Palette& colors, float scale) {
  const auto px = [&](float units) { return std::round(units * scale); };
  ImGuiStyle style;
  style.WindowPadding = {px(24), px(20)};
  style.FramePadding = {px(12), px(8)};
  style.ItemSpacing = {px(10), px(9)};
  style.ItemInnerSpacing = {px(8), px(6)};
  style.WindowRounding = px(12);
  style.FrameRounding = style.GrabRounding = style.ChildRounding = style.PopupRounding = px(7);
  style.ScrollbarRounding = px(6);
  style.ScrollbarSize = px(12);
  style.GrabMinSize = px(16);
  style.WindowBorderSize = style.FrameBorderSize = 1;
  style.AntiAliasedLinesUseTex = true;
  set_colors(style, colors);
  ImGui::GetStyle() = style;
}

void begin_panel(const PanelFrame& f, const char* id, const std::string& title, float width_units) {
  ImGui::GetBackgroundDrawList()->AddRectFilled({0, 0}, {f.window.x, f.window.y},
                                                packed(f.colors.shadow.with_alpha(0.55F)));
  const float margin = f.units(16);
  const float width = std::max(64.0F, std::min(f.units(width_units), f.window.x - 2 * margin));
  ImGui::SetNextWindowPos({f.window.x / 2, f.window.y * 0.46F}, ImGuiCond_Always, {0.5F, 0.46F});
  ImGui::SetNextWindowSizeConstraints({width, 0},
                                      {width, std::max(64.0F, f.window.y - 2 * margin)});
  if (f.first) ImGui::SetNextWindowFocus();
  ImGui::Begin(id, nullptr,
               ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoCollapse |
                   ImGuiWindowFlags_AlwaysAutoResize);
  put_words(f, Font::title_bold, f.colors.text, title);
  put_space(f, 2);
}

bool end_panel(const PanelFrame& f) {
  const ImVec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  ImGui::End();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool inside =
      mouse.x >= at.x && mouse.x < at.x + size.x && mouse.y >= at.y && mouse.y < at.y + size.y;
  return !f.first && !inside && ImGui::IsMouseClicked(0);
}

void put_words(const PanelFrame& f, Font font, Color color, const std::string& text) {
  ImGui::PushFont(f.fonts.get(font));
  ImGui::PushStyleColor(ImGuiCol_Text, packed(color));
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void put_note(const PanelFrame& f, Color color, const std::string& text) {
  ImGui::PushTextWrapPos(0);
  put_words(f, Font::small, color, text);
  ImGui::PopTextWrapPos();
}

void put_space(const PanelFrame& f, float units) { ImGui::Dummy({1, f.units(units)}); }

void put_label(const PanelFrame& f, const std::string& label) {
  ImGui::AlignTextToFramePadding();
  put_words(f, Font::body, f.colors.muted, label);
  ImGui::SameLine(f.units(190));
}

bool put_push_button(const PanelFrame& f, const std::string& words, bool primary, bool enabled) {
  const Color fill = primary && enabled ? f.colors.accent : f.colors.raised;
  const Color ink = !enabled ? f.colors.muted : primary ? f.colors.accent_text : f.colors.text;
  ImGui::PushStyleColor(ImGuiCol_Button, packed(fill));
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered, packed(mix(fill, f.colors.text, 0.12F)));
  ImGui::PushStyleColor(ImGuiCol_Text, packed(ink));
  ImGui::BeginDisabled(!enabled);
  const bool clicked = ImGui::Button(words.c_str());
  ImGui::EndDisabled();
  ImGui::PopStyleColor(3);
  return clicked;
}

bool put_entry(const PanelFrame& f, const std::string& words, const std::string& remark) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = f.units(36);
  ImGui::PushID(words.c_str());
  const bool clicked = ImGui::InvisibleButton("entry", {std::max(1.0F, width), height});
  ImGui::PopID();
  const bool lit = ImGui::IsItemHovered() || ImGui::IsItemFocused();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 end{at.x + width, at.y + height};
  list.AddRectFilled(at, end, packed(lit ? f.colors.raised : f.colors.ground), f.units(7));
  list.AddRect(at, end, packed(lit ? f.colors.accent : f.colors.border), f.units(7));
  const auto line = [&](Font font, Color color, const std::string& text, float x) {
    ImFont* const face = f.fonts.get(font);
    const float y = at.y + (height - face->FontSize) / 2;
    list.AddText(face, face->FontSize, {x, y}, packed(color), text.data(),
                 text.data() + text.size());
    return x +
           face->CalcTextSizeA(face->FontSize, FLT_MAX, 0, text.data(), text.data() + text.size())
               .x;
  };
  list.PushClipRect(at, {end.x - f.units(12), end.y}, true);
  const float next = line(Font::small_bold, f.colors.text, words, at.x + f.units(12));
  line(Font::small, f.colors.muted, remark, next + f.units(14));
  list.PopClipRect();
  return clicked;
}

bool put_choice(const PanelFrame& f, const char* id, std::span<const std::string> options,
                int& chosen) {
  bool changed = false;
  ImGui::PushID(id);
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, f.units(6));
    const bool on = chosen == static_cast<int>(i);
    ImGui::PushID(static_cast<int>(i));
    if (put_push_button(f, options[i], on) && !on) {
      chosen = static_cast<int>(i);
      changed = true;
    }
    ImGui::PopID();
  }
  ImGui::PopID();
  return changed;
}

bool put_text_field(const PanelFrame& f, const char* id, std::string& text, float width_pixels,
                    const std::string& hint) {
  Field field{text};
  ImGui::SetNextItemWidth(width_pixels);
  ImGui::InputTextWithHint(id, hint.c_str(), text.data(), text.capacity() + 1,
                           ImGuiInputTextFlags_CallbackResize, keep_text, &field);
  return entered(f);
}

bool put_text_area(const PanelFrame& f, const char* id, std::string& text, ImVec2 size,
                   bool& select) {
  Field field{text, &select};
  ImGui::InputTextMultiline(id, text.data(), text.capacity() + 1, size,
                            ImGuiInputTextFlags_CallbackResize |
                                ImGuiInputTextFlags_CallbackAlways |
                                ImGuiInputTextFlags_CtrlEnterForNewLine,
                            keep_text, &field);
  return entered(f);
}

bool put_number_field(const PanelFrame&, const char* id, int& value, float width_pixels) {
  ImGui::SetNextItemWidth(width_pixels);
  return ImGui::InputInt(id, &value, 0, 0);
}

bool put_slider(const PanelFrame& f, const char* id, float& value, float low, float high,
                const char* format) {
  ImGui::SetNextItemWidth(f.units(320));
  return ImGui::SliderFloat(id, &value, low, high, format, ImGuiSliderFlags_AlwaysClamp);
}

bool put_slider(const PanelFrame& f, const char* id, int& value, int low, int high) {
  ImGui::SetNextItemWidth(f.units(320));
  return ImGui::SliderInt(id, &value, low, high, "%d", ImGuiSliderFlags_AlwaysClamp);
}

}  // namespace kv::app
