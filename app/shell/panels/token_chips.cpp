#include "app/shell/panels/token_chips.h"

#include "app/shell/panels/panel_kit.h"
#include "viz/gl/imgui_versions.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

using scene::Font;

// More would be drawn than anybody reads.
constexpr std::size_t most_chips = 600;

float width_of(ImFont* font, const std::string& text) {
  return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

void draw_text(ImDrawList& list, ImFont* font, ImVec2 at, scene::Color color,
               const std::string& text) {
  list.AddText(font, font->FontSize, at, packed(color), text.data(), text.data() + text.size());
}

struct Chip {
  ImVec2 at;  // within the child
  float width = 0;
  std::string text, id;
  bool kept = false;
};

Chip make_chip(const PanelFrame& f, core::Token token, const core::Tokenizer* tokenizer) {
  Chip chip;
  const std::string number = std::to_string(token);
  chip.text = tokenizer ? tokenizer->token_text(token) : number;
  if (tokenizer) chip.id = number;
  const float inner = std::max(width_of(f.fonts.get(Font::body), chip.text),
                               width_of(f.fonts.get(Font::tiny), chip.id));
  chip.width = std::max(f.units(26), inner + f.units(14));
  return chip;
}

// The token's text above, its id below.
void draw_chip(const PanelFrame& f, ImVec2 origin, float height, const Chip& chip) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at{origin.x + chip.at.x, origin.y + chip.at.y};
  const ImVec2 end{at.x + chip.width, at.y + height};
  list.AddRectFilled(at, end, packed(chip.kept ? f.colors.panel : f.colors.raised), f.units(6));
  list.AddRect(at, end, packed(chip.kept ? f.colors.cached : f.colors.fresh), f.units(6), 0,
               chip.kept ? 1.0F : std::max(1.0F, f.units(1.6F)));
  ImFont* const upper = f.fonts.get(Font::body);
  ImFont* const lower = f.fonts.get(Font::tiny);
  const float top = at.y + f.units(chip.id.empty() ? 12 : 4);
  draw_text(list, upper, {at.x + (chip.width - width_of(upper, chip.text)) / 2, top}, f.colors.text,
            chip.text);
  draw_text(list, lower, {at.x + (chip.width - width_of(lower, chip.id)) / 2, at.y + f.units(25)},
            f.colors.muted, chip.id);
}

}  // namespace

void put_token_chips(const PanelFrame& f, const std::vector<core::Token>& tokens,
                     const core::Tokenizer* tokenizer, int reused, float most_units) {
  const float height = f.units(43), gap = f.units(6);
  const float room = ImGui::GetContentRegionAvail().x - f.units(14);
  const std::size_t shown = std::min(tokens.size(), most_chips);
  std::vector<Chip> chips;
  float x = 0, y = 0;
  for (std::size_t i = 0; i < shown; ++i) {
    Chip chip = make_chip(f, tokens[i], tokenizer);
    if (x > 0 && x + chip.width > room) x = 0, y += height + gap;
    chip.at = {x, y};
    chip.kept = static_cast<int>(i) < reused;
    x += chip.width + gap;
    chips.push_back(std::move(chip));
  }
  const float rest = tokens.size() > shown ? f.units(28) : 0;
  gl::begin_child("tokens", {0, std::min(y + height + rest + 1, f.units(most_units))}, false);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  for (const Chip& chip : chips) draw_chip(f, origin, height, chip);
  ImGui::Dummy({1, y + height});
  if (tokens.size() > shown)
    put_note(f, f.colors.muted,
             f.say(scene::words::prompt_more, {scene::grouped_text(tokens.size() - shown)}));
  ImGui::EndChild();
}

}  // namespace kv::app
