#include <cmath>

#include "viz/scene/explain_parts.h"
#include "viz/scene/views/views.h"

namespace kv::scene {
namespace {

void draw_candidates(Frame& f, Rect area, const std::vector<Candidate>& candidates,
                     core::Token chosen) {
  const int most = static_cast<int>((area.w + 8) / 116);
  const float width = std::min(150.0F, (area.w - 8 * static_cast<float>(most - 1)) /
                                           static_cast<float>(std::max(1, most)));
  for (int i = 0; i < most && i < static_cast<int>(candidates.size()); ++i) {
    const Candidate& candidate = candidates[static_cast<std::size_t>(i)];
    const PartId part{.kind = PartKind::candidate, .a = i};
    Rect chip = area.take_left(width, 8);
    const bool taken = candidate.token == chosen;
    put(f, Box{.rect = chip,
               .fill = hovered(f, part) ? f.colors.raised : f.colors.panel,
               .line = taken ? f.colors.fresh : hovered(f, part) ? f.colors.accent
                                                                 : f.colors.border,
               .line_width = taken ? 2.0F : 1.0F,
               .radius = 6});
    put_place(f, chip, part);
    const Rect bar{chip.x + 6, chip.bottom() - 8, chip.w - 12, 3};
    put_box(f, bar, f.colors.track, 1.5F);
    put_box(f, {bar.x, bar.y, bar.w * static_cast<float>(candidate.probability), bar.h},
            f.colors.accent, 1.5F);
    Rect line{chip.x + 8, chip.y + 2, chip.w - 16, chip.h - 10};
    const std::string share = fmt::format("{:.2f}", candidate.probability);
    const Rect number = line.take_right(f.width(share, Font::tiny), 6);
    put_line(f, number, share, Font::tiny, f.colors.muted, Align::right);
    put_line(f, line, name_of_token(candidate.text), taken ? Font::small_bold : Font::small,
             candidate.kept ? f.colors.text : f.colors.muted);
  }
}

// Chips from the newest backwards as far as there is room, then laid out from the left.
void draw_tokens(Frame& f, Rect area, int shown, int newest) {
  const auto& tokens = f.subject.text->tokens;
  constexpr float gap = 4;
  std::vector<float> widths;
  float used = 0;
  int first = shown;
  const float count_width = f.width(fmt::format("{}\u2026", shown), Font::tiny) + 2;
  while (first > 0) {
    const float width =
        std::clamp(f.width(name_of_token(tokens[static_cast<std::size_t>(first - 1)]), Font::body) + 16,
                   28.0F, 200.0F);
    if (used + width + (first > 1 ? count_width + gap : 0.0F) > area.w) break;
    used += width + gap;
    widths.push_back(width);
    --first;
  }
  if (first > 0)
    put_line(f, area.take_left(count_width, gap), fmt::format("{}\u2026", first), Font::tiny,
             f.colors.muted);
  for (int i = first; i < shown; ++i) {
    Rect chip = area.take_left(widths[static_cast<std::size_t>(shown - 1 - i)], gap);
    const PartId part{.kind = PartKind::token, .a = i};
    const bool prompt = i < f.subject.prompt_tokens();
    const bool fresh = i == newest;
    put(f, Box{.rect = chip,
               .fill = hovered(f, part) ? f.colors.raised : prompt ? f.colors.ground
                                                                   : f.colors.panel,
               .line = fresh ? f.colors.fresh : hovered(f, part) ? f.colors.accent
                                                                 : f.colors.border,
               .line_width = fresh ? 2.0F : 1.0F,
               .radius = 5});
    put_line(f, chip.inset(4, 0), name_of_token(tokens[static_cast<std::size_t>(i)]),
             fresh ? Font::body_bold : Font::body, prompt ? f.colors.muted : f.colors.text,
             Align::center);
    put_place(f, chip, part);
  }
}

}  // namespace

void draw_token_strip(Frame& f, const Rect& area) {
  put_panel(f, area);
  if (!f.subject.run || !f.subject.text) {
    put_line(f, area.inset(14, 0), f.say(words::nothing_open), Font::body, f.colors.muted);
    return;
  }
  const int step = f.moment.step;
  // The new token is not known before it is chosen.
  const int shown = f.subject.prompt_tokens() + std::max(0, f.moment.at_rest() ? step : step - 1);
  Rect rest = area.inset(12, 9);
  const bool chosen = step > 0 && done(f.moment, 0, Operation::logits) >= 1;
  const float wanted = std::clamp(area.w * 0.34F, 350.0F, 640.0F);
  Rect right = rest.take_right(wanted, 10);
  const Rect arrow = right.take_left(26, 6);
  put_line(f, arrow, "\u2192", Font::title_bold, f.colors.muted, Align::center);
  if (chosen && step <= static_cast<int>(f.subject.text->candidates.size())) {
    const auto& step_value = *f.subject.run->steps[static_cast<std::size_t>(step - 1)];
    draw_candidates(f, right, f.subject.text->candidates[static_cast<std::size_t>(step - 1)],
                    step_value.token);
  } else {
    put_line(f, right, "\u2026", Font::body, f.colors.muted);
  }
  const int newest = f.moment.at_rest() && step > 0 ? shown - 1 : -1;
  draw_tokens(f, rest, std::min(shown, static_cast<int>(f.subject.text->tokens.size())), newest);
}

}  // namespace kv::scene
