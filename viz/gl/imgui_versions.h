// What differs between the ImGui versions we build with (1.86 to 1.91); nothing else looks at
// IMGUI_VERSION_NUM.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <initializer_list>

namespace kv::gl {

inline bool begin_child(const char* id, ImVec2 size, bool border) {
#if IMGUI_VERSION_NUM >= 18991
  return ImGui::BeginChild(id, size, border ? ImGuiChildFlags_Border : ImGuiChildFlags_None);
#else
  return ImGui::BeginChild(id, size, border);
#endif
}

// OpenGL's name of a texture as ImGui's backend expects it.
inline ImTextureID texture_id(unsigned name) {
#if IMGUI_VERSION_NUM >= 19140
  return static_cast<ImTextureID>(name);
#else
  return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(name));
#endif
}

// Enter, still held down, counts as let go: what it opened must not hear it as well, nor its repeats.
inline void let_go_of_enter() {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddKeyEvent(ImGuiKey_Enter, false);
  io.AddKeyEvent(ImGuiKey_KeypadEnter, false);
#else
  for (const int key : {io.KeyMap[ImGuiKey_Enter], io.KeyMap[ImGuiKey_KeyPadEnter]})
    if (key >= 0) io.KeysDown[key] = false;
#endif
}

}  // namespace kv::gl
