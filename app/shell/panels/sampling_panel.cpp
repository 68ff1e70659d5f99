#include "app/shell/panels/sampling_panel.h"

#include <array>
#include <cmath>

#include "app/shell/panels/panel_kit.h"

namespace kv::app {
namespace {

using scene::Font;
namespace words = scene::words;

constexpr std::size_t bars_shown = 10;

// The step whose distribution the picture shows; null before the first.
const core::Step* step_shown(const AppState& state) {
  if (!state.now.run) return nullptr;
  const int step = std::min(state.now.moment.step, static_cast<int>(state.now.run->steps.size()));
  return step < 1 ? nullptr : state.now.run->steps[static_cast<std::size_t>(step - 1)].get();
}

std::string share_text(double share) {
  return share >= 0.0005 || share == 0 ? fmt::format("{:.1f} %", share * 100) : "< 0.1 %";
}

void put_bar(const PanelFrame& f, const PreviewBar& bar, const std::string& text, double largest) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = f.units(24), label = f.units(170), number = f.units(80);
  const float room = std::max(1.0F, ImGui::GetContentRegionAvail().x - label - number);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto box = [&](double share, scene::Color color, float inset) {
    const float width = room * static_cast<float>(share / largest);
    if (width < 0.5F) return;
    list.AddRectFilled({at.x + label, at.y + inset}, {at.x + label + width, at.y + height - inset},
                       packed(color), f.units(3));
  };
  box(bar.model, f.colors.track, f.units(3));
  box(bar.chance, f.colors.accent, f.units(6));
  const auto line = [&](const std::string& words, float x, bool strong) {
    ImFont* const font = f.fonts.get(strong ? Font::small_bold : Font::small);
    list.AddText(font, font->FontSize, {x, at.y + (height - font->FontSize) / 2},
                 packed(strong ? f.colors.text : f.colors.muted), words.data(),
                 words.data() + words.size());
  };
  list.PushClipRect(at, {at.x + label - f.units(8), at.y + height}, true);
  line(text, at.x, bar.chance > 0);
  list.PopClipRect();
  line(share_text(bar.chance), at.x + label + room + f.units(8), bar.chance > 0);
  ImGui::Dummy({label + room + number, height});
}

void put_distribution(const PanelFrame& f, SamplingScratch& s) {
  const core::Step* step = step_shown(f.state);
  put_space(f, 2);
  if (!step || step->logits.empty()) {
    put_note(f, f.colors.muted, f.say(words::sampling_no_step));
    return;
  }
  if (s.shown_step != step || s.shown_for != s.sampling || s.bars.empty()) {
    s.bars = preview(step->logits, s.sampling, bars_shown);
    s.shown_step = step;
    s.shown_for = s.sampling;
  }
  put_note(f, f.colors.muted, f.say(words::sampling_preview, {std::to_string(step->index + 1)}));
  double largest = 1e-9;
  for (const PreviewBar& bar : s.bars) largest = std::max({largest, bar.model, bar.chance});
  const core::Tokenizer* tokenizer = f.state.now.model.tokenizer.get();
  for (const PreviewBar& bar : s.bars)
    put_bar(f, bar, tokenizer ? tokenizer->token_text(bar.token) : std::to_string(bar.token),
            largest);
}

void put_controls(const PanelFrame& f, SamplingScratch& s) {
  const std::array modes{f.say(words::sampling_mode_greedy), f.say(words::sampling_mode_random)};
  int mode = s.sampling.temperature > 0 ? 1 : 0;
  if (put_choice(f, "mode", modes, mode)) s.sampling.temperature = mode == 1 ? s.warm : 0;
  put_space(f, 2);
  ImGui::BeginDisabled(mode == 0);
  auto warm = static_cast<float>(s.warm);
  put_label(f, f.say(words::sampling_temperature));
  if (put_slider(f, "##temperature", warm, 0.05F, 2.0F, "%.2f")) {
    s.warm = std::round(static_cast<double>(warm) * 100) / 100;
    if (mode == 1) s.sampling.temperature = s.warm;
  }
  put_label(f, f.say(words::sampling_top_k));
  const int vocabulary = f.state.now.model.model->config.vocabulary;
  put_slider(f, "##top_k", s.sampling.top_k, 0, std::min(vocabulary, 100));
  auto top_p = static_cast<float>(s.sampling.top_p);
  put_label(f, f.say(words::sampling_top_p));
  if (put_slider(f, "##top_p", top_p, 0.05F, 1.0F, "%.2f"))
    s.sampling.top_p = std::round(static_cast<double>(top_p) * 100) / 100;
  auto seed = static_cast<int>(std::min<std::uint64_t>(s.sampling.seed, 2'000'000'000));
  put_label(f, f.say(words::sampling_seed));
  if (put_number_field(f, "##seed", seed, f.units(160)))
    s.sampling.seed = static_cast<std::uint64_t>(std::max(seed, 0));
  ImGui::EndDisabled();
}

}  // namespace

SamplingScratch begin_sampling(const AppState& state) {
  SamplingScratch s;
  if (state.now.run) s.sampling = state.now.run->sampling;
  if (s.sampling.temperature > 0) s.warm = s.sampling.temperature;
  return s;
}

PanelFate draw_sampling_panel(const PanelFrame& f, SamplingScratch& s) {
  if (!f.state.now.run) return PanelFate::closes;
  PanelFate fate = PanelFate::stays;
  begin_panel(f, "sampling", f.say(words::sampling_title), 640);
  put_controls(f, s);
  put_distribution(f, s);
  put_space(f, 2);
  const bool changed = s.sampling != f.state.now.run->sampling;
  if (changed && !f.state.now.run->steps.empty())
    put_note(f, f.colors.muted, f.say(words::sampling_drops));
  const bool apply = put_push_button(f, f.say(words::panel_apply), true, changed);
  ImGui::SameLine();
  if (put_push_button(f, f.say(words::panel_close))) fate = PanelFate::closes;
  if (apply && changed) {
    f.actions.emplace_back(act::SetSampling{s.sampling});
    fate = PanelFate::closes;
  }
  if (end_panel(f)) fate = PanelFate::closes;
  return fate;
}

}  // namespace kv::app
