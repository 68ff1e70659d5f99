// The few widgets that panels are made of, in the window's own colours and fonts.
#pragma once

#include <imgui.h>

#include <span>
#include <string>

#include "app/shell/panels/panel_frame.h"

namespace kv::app {

// Colours, rounding and spacing of everything ImGui draws; to be called before each frame.
void style_panels(const scene::Palette& colors, float pixels_per_unit);

ImVec4 vec(scene::Color color);
ImU32 packed(scene::Color color);

// A panel in the middle of the window, the rest of it dimmed. Widgets between begin and end.
void begin_panel(const PanelFrame& f, const char* id, const std::string& title, float width_units);
// Whether a click beside it asked to close it.
bool end_panel(const PanelFrame& f);

void put_words(const PanelFrame& f, scene::Font font, scene::Color color, const std::string& text);
// Wrapped at the panel's edge.
void put_note(const PanelFrame& f, scene::Color color, const std::string& text);
void put_space(const PanelFrame& f, float units);

// Begins a row: the label in a column on the left, what follows beside it.
void put_label(const PanelFrame& f, const std::string& label);

bool put_push_button(const PanelFrame& f, const std::string& words, bool primary = false,
                     bool enabled = true);
// A line that can be chosen, with a quieter remark behind it.
bool put_entry(const PanelFrame& f, const std::string& words, const std::string& remark);
// Several words beside each other, one of them chosen. True when another was clicked.
bool put_choice(const PanelFrame& f, const char* id, std::span<const std::string> options,
                int& chosen);

// Text fields hold UTF-8 of any length. True when Enter was pressed.
bool put_text_field(const PanelFrame& f, const char* id, std::string& text, float width_pixels,
                    const std::string& hint = {});
// Enter applies, Ctrl+Enter begins a new line. With `select` all of it is chosen, to be typed over.
bool put_text_area(const PanelFrame& f, const char* id, std::string& text, ImVec2 size,
                   bool& select);
bool put_number_field(const PanelFrame& f, const char* id, int& value, float width_pixels);

bool put_slider(const PanelFrame& f, const char* id, float& value, float low, float high,
                const char* format);
bool put_slider(const PanelFrame& f, const char* id, int& value, int low, int high);

}  // namespace kv::app
