#include "viz/scene/number_text.h"
#include "viz/scene/views/step_data.h"
#include "viz/scene/views/views.h"

namespace kv::scene {
namespace {

void draw_ratio(Frame& f, Rect area) {
  const SideCosts without = costs_of(f, core::Side::uncached), with = costs_of(f, core::Side::cached);
  const std::string ratio = ratio_text(without.step.total(), with.step.total());
  const float width = put_text(f, {area.x, area.y}, ratio, Font::huge_bold, f.colors.text);
  Rect words = area;
  words.take_left(width + 14);
  const std::string less = f.say(words::less_work);
  const bool fits = f.width(less, Font::small) <= words.w;
  put_line(f, words.take_top(22), less, fits ? Font::small : Font::tiny, f.colors.text);
  const std::string all = ratio_text(without.total.total(), with.total.total());
  std::string total = f.say(words::less_work_total, {all});
  if (f.width(total, Font::small) > words.w) total = f.say(words::in_total) + " " + all;
  put_line(f, words.take_top(20), total, Font::small, f.colors.muted);
  put_place(f, area, {.kind = PartKind::ratio});
}

void draw_bytes(Frame& f, Rect area) {
  const auto& c = f.config();
  const core::Step& step = *f.subject.run->steps[static_cast<std::size_t>(f.moment.step - 1)];
  Rect line = area.take_top(24);
  const std::string bytes = grouped_text(step.cache_bytes) + " B";
  const Rect number = line.take_right(f.width(bytes, Font::body_bold), 8);
  put_line(f, number, bytes, Font::body_bold, f.colors.text, Align::right);
  put_line(f, line, f.say(words::paid_in_memory), Font::small, f.colors.muted);
  const std::string layers = std::to_string(c.layers), heads = std::to_string(c.kv_heads),
                    width = std::to_string(c.head_dim),
                    tokens = grouped_text(static_cast<core::Uint128>(step.total()));
  std::string formula = f.say(words::bytes_formula, {layers, heads, width, tokens});
  // The words go before any of the numbers does.
  if (f.width(formula, Font::tiny) > area.w)
    formula = fill("2 \u00D7 {} \u00D7 {} \u00D7 {} \u00D7 {} \u00D7 4 B",
                   {layers, heads, width, tokens});
  put_line(f, area, formula, Font::tiny, f.colors.muted);
  put_place(f, {area.x, number.y, area.w, 44}, {.kind = PartKind::cache_bytes});
}

// How far both sides are apart, of the step or of the experiment shown instead.
struct Apart {
  double logits = 0;
  bool same_token = false;
};
std::optional<Apart> agreement_of(const Frame& f, const core::Step& step) {
  if (const auto& experiment = f.subject.experiment)
    return Apart{experiment->logits, experiment->same_token};
  if (!step.uncached || !step.uncached->agreement) return {};
  return Apart{step.uncached->agreement->logits, step.uncached->agreement->same_token};
}

void draw_agreement(Frame& f, Rect area) {
  const core::Step& step = *f.subject.run->steps[static_cast<std::size_t>(f.moment.step - 1)];
  const auto agreement = agreement_of(f, step);
  Rect line = area.take_top(24);
  const auto row = [&](Rect rect, const std::string& words, const std::string& value, Color color,
                       PartKind part) {
    put_place(f, rect, {.kind = part});
    put_line(f, rect.take_right(std::min(rect.w, f.width(value, Font::small_bold)), 8), value,
             Font::small_bold, color, Align::right);
    put_line(f, rect, words, Font::small, f.colors.muted);
  };
  if (!agreement) {
    row(line, f.say(words::largest_difference), f.say(words::check_pending), f.colors.muted,
        PartKind::agreement);
    return;
  }
  // Which token it is stays open until it has been chosen.
  const std::string token = done(f.moment, 0, Operation::logits) >= 1
                                ? f.subject.text->tokens[static_cast<std::size_t>(step.position)]
                                : "\u2026";
  row(line, f.say(agreement->same_token ? words::same_token_yes : words::same_token_no),
      (agreement->same_token ? "\u2713 " : "\u2717 ") + token,
      agreement->same_token ? f.colors.good : f.colors.bad, PartKind::same_token);
  row(area.take_top(24), f.say(words::largest_difference), value_text(agreement->logits),
      f.colors.text, PartKind::agreement);
}

}  // namespace

void draw_summary(Frame& f, const Rect& area) {
  put_panel(f, area);
  if (!f.subject.run || f.moment.step == 0 || f.moment.step > f.subject.steps()) return;
  Rect rest = area.inset(16, 12);
  draw_ratio(f, rest.take_top(54, 8));
  put_box(f, rest.take_top(1, 8), f.colors.border);
  draw_bytes(f, rest.take_top(46, 8));
  put_box(f, rest.take_top(1, 8), f.colors.border);
  draw_agreement(f, rest.take_top(48, 6));
  const float height = std::min(28.0F, rest.h);
  if (height >= 22)
    put_button(f, {rest.x, rest.bottom() - height, rest.w, height}, f.say(words::button_heat),
               {.kind = PartKind::heat_toggle}, f.view.heat);
}

}  // namespace kv::scene
