#include "app/shell/panels/prompt_panel.h"

#include <array>
#include <charconv>

#include "app/shell/built_in_prompts.h"
#include "app/shell/panels/panel_kit.h"
#include "app/shell/panels/token_chips.h"

namespace kv::app {
namespace {

using scene::Font;
namespace words = scene::words;

std::string joined_ids(const std::vector<core::Token>& tokens) {
  std::string text;
  for (const core::Token token : tokens) {
    if (!text.empty()) text += ", ";
    text += std::to_string(token);
  }
  return text;
}

const core::Tokenizer* tokenizer_of(const AppState& state) {
  return state.now.model.tokenizer.get();
}

// Tokens of what stands in the field, or what is wrong with it.
void read_tokens(const PanelFrame& f, PromptScratch& s) {
  if (s.tokens_of_text == s.text && s.tokens_as_ids == s.as_ids && !f.first) return;
  s.tokens_of_text = s.text;
  s.tokens_as_ids = s.as_ids;
  s.tokens.clear();
  s.mistake.clear();
  const core::ModelConfig& config = f.state.now.model.model->config;
  auto tokens =
      s.as_ids ? parse_token_ids(s.text, config.vocabulary) : tokenizer_of(f.state)->encode(s.text);
  if (!tokens) {
    s.mistake = s.as_ids ? f.say(words::prompt_bad_ids, {std::to_string(config.vocabulary - 1)})
                         : tokens.error().message;
    return;
  }
  s.tokens = *std::move(tokens);
  if (s.tokens.empty()) s.mistake = f.say(words::prompt_empty);
  if (static_cast<int>(s.tokens.size()) > config.context_length)
    s.mistake = f.say(words::prompt_too_long,
                      {std::to_string(s.tokens.size()), std::to_string(config.context_length)});
}

// The other way of writing the same tokens, when the switch is turned.
void switch_writing(const PanelFrame& f, PromptScratch& s, bool as_ids) {
  s.text = as_ids ? joined_ids(s.tokens) : tokenizer_of(f.state)->decode(s.tokens);
  s.as_ids = as_ids;
}

void put_writing_choice(const PanelFrame& f, PromptScratch& s) {
  if (!tokenizer_of(f.state)) {
    put_note(f, f.colors.muted, f.say(words::prompt_no_tokenizer));
    return;
  }
  const std::array options{f.say(words::prompt_as_text), f.say(words::prompt_as_ids)};
  int chosen = s.as_ids ? 1 : 0;
  if (put_choice(f, "writing", options, chosen)) switch_writing(f, s, chosen == 1);
}

// At most so many bytes of it, whole characters.
std::string shortened(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "\u2026";
}

void put_examples(const PanelFrame& f, PromptScratch& s) {
  if (s.examples.empty()) return;
  constexpr std::size_t most_examples = 8, most_bytes = 44;
  put_words(f, Font::small, f.colors.muted, f.say(words::prompt_examples));
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  for (std::size_t i = 0; i < std::min(s.examples.size(), most_examples); ++i) {
    const std::string label = shortened(s.examples[i], most_bytes);
    const float width = ImGui::CalcTextSize(label.c_str()).x + f.units(24);
    if (i > 0) {
      ImGui::SameLine(0, f.units(6));
      if (ImGui::GetCursorScreenPos().x + width > right) ImGui::NewLine();
    }
    ImGui::PushID(static_cast<int>(i));
    if (put_push_button(f, label)) {
      s.text = s.examples[i];
      s.as_ids = false;
    }
    ImGui::PopID();
  }
}

void put_verdict(const PanelFrame& f, const PromptScratch& s, int reused) {
  if (!s.mistake.empty()) {
    put_note(f, f.colors.bad, s.mistake);
    return;
  }
  const int count = static_cast<int>(s.tokens.size());
  put_words(f, Font::body, f.colors.text,
            f.say(words::prompt_counts,
                  {std::to_string(count), std::to_string(reused), std::to_string(count - reused)}));
}

void apply(const PanelFrame& f, const PromptScratch& s) {
  if (s.as_ids)
    f.actions.emplace_back(act::SetPromptTokens{s.tokens});
  else
    f.actions.emplace_back(act::SetPrompt{s.text});
}

}  // namespace

core::Result<std::vector<core::Token>> parse_token_ids(std::string_view text, int vocabulary) {
  std::vector<core::Token> tokens;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    if (*at == ',' || *at == ' ' || *at == '\n' || *at == '\t' || *at == '\r') {
      ++at;
      continue;
    }
    core::Token token = -1;
    const auto [next, error] = std::from_chars(at, end, token);
    const bool ends = next == end || *next == ',' || *next == ' ' || *next == '\n' ||
                      *next == '\t' || *next == '\r';
    if (error != std::errc() || !ends || token < 0 || token >= vocabulary)
      return core::Error{core::ErrorKind::usage,
                         "token " + std::to_string(tokens.size()) + ": found " +
                             core::quoted(std::string_view(at, end)) + ", expected 0 to " +
                             std::to_string(vocabulary - 1)};
    tokens.push_back(token);
    at = next;
  }
  return tokens;
}

int rows_to_reuse(const core::Run& run, const std::vector<core::Token>& prompt) {
  const auto old = core::tokens_of(run);
  const std::size_t most =
      std::min({old.size(), prompt.size() - std::min<std::size_t>(prompt.size(), 1),
                static_cast<std::size_t>(run.cache.rows)});
  std::size_t common = 0;
  while (common < most && old[common] == prompt[common]) ++common;
  return static_cast<int>(common);
}

PromptScratch begin_prompt(const AppState& state) {
  PromptScratch s;
  s.as_ids = !state.now.model.tokenizer || (state.now.run && state.now.prompt_text.empty());
  s.text = s.as_ids && state.now.run ? joined_ids(state.now.run->prompt) : state.now.prompt_text;
  for (BuiltInPrompt& prompt : built_in_prompts(state.now.model.name))
    if (prompt.language == state.view.language) s.examples.push_back(std::move(prompt.text));
  return s;
}

PanelFate draw_prompt_panel(const PanelFrame& f, PromptScratch& s) {
  if (!f.state.now.model.model) return PanelFate::closes;
  if (!tokenizer_of(f.state)) s.as_ids = true;
  PanelFate fate = PanelFate::stays;
  begin_panel(f, "prompt", f.say(words::prompt_title), 940);
  if (f.first) ImGui::SetKeyboardFocusHere();
  const bool entered = put_text_area(f, "##text", s.text, {-1, f.units(96)}, s.select);
  put_writing_choice(f, s);
  read_tokens(f, s);
  const int reused = f.state.now.run ? rows_to_reuse(*f.state.now.run, s.tokens) : 0;
  put_token_chips(f, s.tokens, tokenizer_of(f.state), reused, 190);
  put_verdict(f, s, reused);
  put_examples(f, s);
  put_space(f, 4);
  const bool clicked = put_push_button(f, f.say(words::panel_apply), true, s.mistake.empty());
  ImGui::SameLine();
  if (put_push_button(f, f.say(words::panel_cancel))) fate = PanelFate::closes;
  ImGui::SameLine();
  ImGui::AlignTextToFramePadding();
  put_words(f, Font::small, f.colors.muted, f.say(words::panel_keys));
  if ((entered || clicked) && s.mistake.empty()) {
    apply(f, s);
    fate = PanelFate::closes;
  }
  if (end_panel(f)) fate = PanelFate::closes;
  return fate;
}

}  // namespace kv::app
