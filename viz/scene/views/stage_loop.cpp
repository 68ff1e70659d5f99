#include <algorithm>
#include <cmath>
#include <utility>

#include "viz/scene/explain_parts.h"
#include "viz/scene/views/axes.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {
namespace {

constexpr float chip_height = 44, chip_gap = 8;
constexpr float entry_width = 34;  // left of the text, where the arrow to the model goes down
constexpr float slot_width = 56;   // the empty place of the token to come

// Where the chips of the text stand: whole lines, the last ones where there is no room for all.
struct TextLayout {
  int first = 0;            // token; those before are only counted
  std::vector<Rect> chips;  // from `first` on, then the empty place where one is wanted
  Rect count;               // of the words "12…"
};

std::vector<Rect> lines_of(const std::vector<float>& widths, const Rect& area) {
  std::vector<Rect> chips;
  float x = area.x, y = area.y;
  for (const float width : widths) {
    if (x > area.x && x + width > area.right()) x = area.x, y += chip_height + chip_gap;
    chips.push_back({x, y, width, chip_height});
    x += width + chip_gap;
  }
  return chips;
}

TextLayout lay_out_text(const Frame& f, Rect area, int shown, bool slot) {
  std::vector<float> widths;
  for (int i = 0; i < shown; ++i)
    widths.push_back(std::clamp(
        f.width(name_of_token(f.subject.text->tokens[static_cast<std::size_t>(i)]), Font::title) + 24,
        40.0F, std::min(360.0F, area.w - 100)));
  if (slot) widths.push_back(slot_width);
  TextLayout layout{.first = 0, .chips = lines_of(widths, area), .count = {}};
  const auto bottom = [&] { return layout.chips.empty() ? area.y : layout.chips.back().bottom(); };
  if (bottom() <= area.bottom()) return layout;
  // Without the first lines, and with room for how many tokens they held.
  const float count = f.width(fmt::format("{}\u2026", shown), Font::body) + 10;
  layout.count = area.take_left(count);
  layout.count.h = chip_height;
  layout.chips = lines_of(widths, area);
  const float over = bottom() - area.bottom();
  const float pitch = chip_height + chip_gap;
  const float lines = std::ceil(over / pitch - 0.001F);
  for (Rect& chip : layout.chips) chip.y -= lines * pitch;
  const auto kept =
      std::ranges::find_if(layout.chips, [&](const Rect& chip) { return chip.y > area.y - 1; });
  layout.first = static_cast<int>(kept - layout.chips.begin());
  layout.chips.erase(layout.chips.begin(), kept);
  return layout;
}

// Two lines at least, so that what lies below seldom has to move; at most a third of all.
float text_height(const Frame& f, const Rect& area, int shown, bool slot) {
  const float most = area.h * 0.36F;
  const Rect room{area.x, area.y, area.w - entry_width, most};
  const TextLayout layout = lay_out_text(f, room, shown, slot);
  const float used = layout.chips.empty() ? 0 : layout.chips.back().bottom() - area.y;
  return std::clamp(used, std::min(2 * chip_height + chip_gap, most), most);
}

void draw_chip(Frame& f, const Rect& chip, int token, bool fresh) {
  const PartId part{.kind = PartKind::token, .a = token};
  const bool prompt = token < f.subject.prompt_tokens();
  put(f, Box{.rect = chip,
             .fill = hovered(f, part) ? f.colors.raised
                     : prompt         ? f.colors.ground
                                      : f.colors.panel,
             .line = fresh              ? f.colors.fresh
                     : hovered(f, part) ? f.colors.accent
                                        : f.colors.border,
             .line_width = fresh ? 2.5F : 1.0F,
             .radius = 7});
  put_line(f, chip.inset(8, 0), name_of_token(f.subject.text->tokens[static_cast<std::size_t>(token)]),
           fresh ? Font::title_bold : Font::title, prompt ? f.colors.muted : f.colors.text,
           Align::center);
  put_place(f, chip, part);
}

// Gives the chip, or the empty place, at the text's end.
Rect draw_text(Frame& f, const Rect& area, int shown, bool slot, bool newest) {
  const TextLayout layout = lay_out_text(f, area, shown, slot);
  if (layout.first > 0)
    put_line(f, layout.count, fmt::format("{}\u2026", layout.first), Font::body, f.colors.muted);
  for (int i = layout.first; i < shown; ++i)
    draw_chip(f, layout.chips[static_cast<std::size_t>(i - layout.first)], i,
              newest && i + 1 == shown);
  if (layout.chips.empty()) return {area.x, area.y, slot_width, chip_height};
  const Rect end = layout.chips.back();
  if (slot)
    put(f, Path{.points = {{end.x, end.y},
                           {end.right(), end.y},
                           {end.right(), end.bottom()},
                           {end.x, end.bottom()}},
                .color = f.colors.muted,
                .width = 1.5F,
                .closed = true,
                .dash = 5});
  return end;
}

void draw_model(Frame& f, const Rect& area) {
  put(f, Box{.rect = area,
             .fill = f.colors.raised,
             .line = f.colors.accent,
             .line_width = 2,
             .radius = 10});
  Rect words = area.inset(10, 0);
  words.take_top((area.h - 54) / 2);
  put_line(f, words.take_top(28, 4), f.subject.model_name, Font::title_bold, f.colors.text,
           Align::center);
  put_line(f, words.take_top(22), f.say(words::loop_layers, {count_text(f.config().layers)}),
           Font::small, f.colors.muted, Align::center);
}

struct Row {
  int rank = 0;
  const Candidate* candidate = nullptr;
  bool taken = false;
};

// The most likely ones; the chosen one takes the last place where it is not among them.
std::vector<Row> rows_of(const Frame& f, std::size_t most) {
  const auto step = static_cast<std::size_t>(f.moment.step);
  if (step == 0 || step > f.subject.text->candidates.size()) return {};
  const auto& all = f.subject.text->candidates[step - 1];
  const core::Token chosen = f.subject.run->steps[step - 1]->token;
  std::vector<Row> rows;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Row row{static_cast<int>(i), &all[i], all[i].token == chosen};
    if (rows.size() < most)
      rows.push_back(row);
    else if (row.taken)
      rows.back() = row;
  }
  return rows;
}

void draw_row(Frame& f, Rect area, const Row& row) {
  const PartId part{.kind = PartKind::candidate, .a = row.rank};
  put(f, Box{.rect = area,
             .fill = hovered(f, part) ? f.colors.raised : f.colors.panel,
             .line = row.taken          ? f.colors.fresh
                     : hovered(f, part) ? f.colors.accent
                                        : f.colors.panel,
             .line_width = row.taken ? 2.5F : 1.0F,
             .radius = 6});
  put_place(f, area, part);
  area = area.inset(10, 0);
  put_line(f, area.take_left(std::clamp(area.w * 0.3F, 96.0F, 200.0F), 10),
           name_of_token(row.candidate->text), row.taken ? Font::body_bold : Font::body,
           row.candidate->kept ? f.colors.text : f.colors.muted);
  put_line(f, area.take_right(58), fmt::format("{:.3f}", row.candidate->probability),
           row.taken ? Font::body_bold : Font::body, f.colors.text, Align::right);
  area.take_right(12);
  const Rect bar = area.inset(0, (area.h - 14) / 2);
  put_box(f, bar, f.colors.track, 4);
  const auto share = static_cast<float>(std::clamp(row.candidate->probability, 0.0, 1.0));
  put_box(f, {bar.x, bar.y, std::max(2.0F, bar.w * share), bar.h},
          row.candidate->kept ? f.colors.accent : f.colors.faint, 4);
}

// Gives the row of the chosen one.
std::optional<Rect> draw_distribution(Frame& f, Rect area, const std::vector<Row>& rows) {
  std::optional<Rect> taken;
  const float height = std::min(52.0F, area.h / 8 - 4);
  for (const Row& row : rows) {
    const Rect line = area.take_top(height, 4);
    draw_row(f, line, row);
    if (row.taken) taken = line;
  }
  return taken;
}

void draw_arrow(Frame& f, std::vector<Vec2> points, Vec2 direction, Color color) {
  const Vec2 tip = points.back();
  points.back() = tip - direction * 8;
  put(f, Path{.points = std::move(points), .color = color, .width = 3});
  put_arrow_head(f, tip, direction, color, 12);
}

}  // namespace

void draw_stage_loop(Frame& f, const Rect& area) {
  put_panel(f, area);
  if (!f.subject.run || !f.subject.text) return put_quiet(f, area, f.say(words::nothing_open));
  const int step = f.moment.step;
  const bool rest_moment = f.moment.at_rest(), chosen = done(f.moment, 0, Operation::logits) >= 1;
  const int known = f.subject.prompt_tokens() + std::max(0, rest_moment ? step : step - 1);
  const int shown = std::min(known, static_cast<int>(f.subject.text->tokens.size()));
  Rect rest = put_stage_heading(f, area, f.say(words::loop_title), f.say(words::loop_text),
                                f.say(words::measured));
  const bool added = rest_moment && step > 0;
  Rect text = rest.take_top(text_height(f, rest, shown, !added));
  const Rect entry = text.take_left(entry_width);  // where the arrow to the model goes down
  const Rect channel = rest.take_top(44);          // and where the one back turns
  const Rect end = draw_text(f, text, shown, !added, added);

  Rect left = rest.take_left(std::clamp(area.w * 0.24F, 200.0F, 320.0F));
  const Rect gap = rest.take_left(64);
  const float lane = rest.take_right(34).right() - 8;
  const Rect model = left.take_top(std::min(150.0F, left.h));
  draw_model(f, model);
  const float down = entry.x + 14, out = text.y + chip_height / 2;
  draw_arrow(f, {{text.x - 6, out}, {down, out}, {down, model.y - 2}}, {0, 1}, f.colors.muted);
  draw_arrow(f, {{gap.x + 4, model.center().y}, {gap.right() - 6, model.center().y}}, {1, 0},
             f.colors.muted);
  put_line(f, rest.take_top(24, 6), f.say(words::loop_next), Font::small, f.colors.muted);
  if (step == 0 || !chosen) {
    put_line(f, rest.take_top(40), step == 0 ? f.say(words::not_begun) : "\u2026", Font::body,
             f.colors.muted);
    return;
  }
  const auto taken = draw_distribution(f, rest, rows_of(f, 8));
  if (!taken) return;
  // Back along the right edge and between the two halves, to where the text ends.
  const float turn = channel.center().y, middle = end.center().x;
  draw_arrow(f,
             {{taken->right() + 4, taken->center().y},
              {lane, taken->center().y},
              {lane, turn},
              {middle, turn},
              {middle, end.bottom() + 3}},
             {0, -1}, f.colors.fresh);
}

}  // namespace kv::scene
