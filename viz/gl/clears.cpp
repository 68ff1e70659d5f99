#include "viz/gl/clears.h"

#include <imgui.h>

#include "viz/gl/gl_api.h"

namespace kv::gl {
namespace {

void clear(const ImDrawList*, const ImDrawCmd* command) {
  const auto& job = *static_cast<const Clears::Job*>(command->UserCallbackData);
  const ImVec4& clip = command->ClipRect;
  const float x0 = std::max(job.rect.x, clip.x), x1 = std::min(job.rect.right(), clip.z);
  const float y0 = std::max(job.rect.y, clip.y), y1 = std::min(job.rect.bottom(), clip.w);
  if (x0 >= x1 || y0 >= y1) return;
  glEnable(GL_SCISSOR_TEST);
  glScissor(static_cast<int>(x0), static_cast<int>(job.target_height - y1),
            static_cast<int>(x1 - x0), static_cast<int>(y1 - y0));
  const auto channel = [](std::uint8_t value) { return static_cast<float>(value) / 255; };
  glClearColor(channel(job.color.r), channel(job.color.g), channel(job.color.b), 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace

void Clears::add(const scene::Rect& rect, scene::Color color, ImDrawList& list) {
  list.AddCallback(clear, &jobs_.emplace_back(Job{rect, color, ImGui::GetIO().DisplaySize.y}));
}

}  // namespace kv::gl
