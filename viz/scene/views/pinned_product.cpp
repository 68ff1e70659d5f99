#include "viz/scene/views/pinned_product.h"

#include <algorithm>
#include <cmath>

#include "viz/scene/explain_parts.h"
#include "viz/scene/views/pinned_data.h"

namespace kv::scene {
namespace {

constexpr float name_width = 64;
constexpr float chip_height = 46;

std::shared_ptr<const Grid> one_row(const std::vector<float>& values) {
  const int count = static_cast<int>(values.size());
  return make_grid(
      {.owner = {}, .data = values.data(), .rows = 1, .columns = count, .row_stride = count},
      {.most_columns = count, .summary = Summary::most_extreme});
}

Rect cell_of(const Rect& strip, std::size_t count, std::size_t i) {
  const float width = std::min(54.0F, strip.w / static_cast<float>(count));
  return {strip.x + width * static_cast<float>(i), strip.y, width, strip.h};
}

// One of the three rows of numbers.
struct Strip {
  int index;
  std::string name;
  Color color;
  const std::vector<float>& values;
  Scale scale = Scale::diverging;
};

void draw_cell_number(Frame& f, const Rect& cell, float value, Color under) {
  const Color ink = contrast(rgb(0xFFFFFF), under) > contrast(rgb(0x101010), under) ? rgb(0xFFFFFF)
                                                                                    : rgb(0x101010);
  std::string text = fmt::format("{:.2f}", value);
  if (text.starts_with('-')) text.replace(0, 1, "\u2212");
  put_line(f, cell, text, Font::tiny, ink, Align::center);
}

void draw_strip(Frame& f, Rect row, const Strip& strip) {
  const auto& values = strip.values;
  put_line(f, row.take_left(name_width, 8), strip.name, Font::small_bold, strip.color,
           Align::right);
  const auto grid = one_row(values);
  const bool shares = strip.scale == Scale::sequential;
  const float high = shares ? 1.0F : std::max({std::fabs(grid->low), std::fabs(grid->high), 1e-9F});
  const float width = cell_of(row, values.size(), 0).w;
  const Rect rect{row.x, row.y, width * static_cast<float>(values.size()), row.h};
  put(f, Map{.rect = rect,
             .grid = grid,
             .row0 = 0,
             .row1 = 1,
             .column0 = 0,
             .column1 = grid->columns,
             .scale = strip.scale,
             .low = shares ? 0 : -high,
             .high = high,
             .gap = width >= 6 ? 1.0F : 0.0F});
  f.scene.places.push_back({.rect = rect,
                            .part = {.kind = PartKind::lens_cell, .a = strip.index},
                            .rows = 1,
                            .columns = grid->columns,
                            .row0 = strip.index});
  if (width < 36) return;
  for (std::size_t i = 0; i < values.size(); ++i)
    draw_cell_number(f, cell_of(row, values.size(), i), values[i],
                     scale_color(strip.scale, values[i] / high, f.view.theme));
}

void draw_captions(Frame& f, Rect row, const PinnedSum& s) {
  row.take_left(name_width, 8);
  for (std::size_t i = 0; i < s.pair.size(); ++i)
    put_line(f, cell_of(row, s.pair.size(), i).inset(1, 0),
             s.score ? std::to_string(s.pair[i] + 1) : token_name(f, s.pair[i]), Font::tiny,
             f.colors.muted, Align::center);
}

void draw_pairs(Frame& f, Rect& area, const PinnedSum& s) {
  // What the chain and two lines of words below leave.
  const float room = area.h - chip_height - 6 - 42 - (s.more > 0 ? 20.0F : 0.0F);
  const Rect cells{0, 0, area.w - name_width - 8, 1};
  const bool captions = cell_of(cells, s.pair.size(), 0).w >= 24;
  const float height = std::clamp((room - (captions ? 16 : 0)) / 3 - 3, 12.0F, 34.0F);
  if (captions) draw_captions(f, area.take_top(16), s);
  const bool score = s.score.has_value();
  draw_strip(f, area.take_top(height, 3),
             {0, score ? "q" : "p", score ? f.colors.query : f.colors.text, s.left,
              score ? Scale::diverging : Scale::sequential});
  draw_strip(f, area.take_top(height, 3),
             {1, score ? "\u00D7 k" : "\u00D7 v", score ? f.colors.key : f.colors.value, s.right});
  draw_strip(f, area.take_top(height, 3),
             {2, score ? "= q\u00D7k" : "= p\u00D7v", f.colors.text, s.products});
  if (s.more > 0) {
    Rect row = area.take_top(18, 2);
    row.take_left(name_width, 8);
    put_line(f, row, "+ " + f.say(words::pin_more, {whole(s.more), value_text(s.more_sum)}),
             Font::tiny, f.colors.muted);
  }
  area.take_top(4);
}

// A chain of numbers, each made of the one before.
struct Link {
  std::string how, value;
};
void draw_chain(Frame& f, Rect row, const std::vector<Link>& links) {
  constexpr float arrow = 16;
  const auto count = static_cast<float>(links.size());
  const float width = std::min(140.0F, (row.w - arrow * (count - 1)) / count);
  for (std::size_t i = 0; i < links.size(); ++i) {
    const bool last = i + 1 == links.size();
    Rect chip = row.take_left(width);
    put(f, Box{.rect = chip,
               .fill = f.colors.ground,
               .line = last ? f.colors.fresh : f.colors.border,
               .radius = 6});
    chip = chip.inset(4, 3);
    put_line(f, chip.take_top(17), links[i].how, Font::tiny, f.colors.muted, Align::center);
    put_line(f, chip, links[i].value, Font::body_bold, f.colors.text, Align::center);
    if (!last)
      put_line(f, row.take_left(arrow), "\u2192", Font::small, f.colors.muted, Align::center);
  }
}

std::vector<Link> links_of(const Frame& f, const PinnedSum& s) {
  if (!s.score) return {{"\u03A3 p\u00D7v", value_text(s.sum)}};
  const ScoreNumbers& n = *s.score;
  std::vector<Link> links{{"\u03A3 q\u00D7k", value_text(n.product)},
                          {"/ \u221A" + std::to_string(s.pairs), value_text(n.score)}};
  if (n.masked) {
    links.push_back({f.say(words::op_mask), "\u2212\u221E"});
    links.push_back({"softmax", "0"});
  } else {
    links.push_back({"exp(s \u2212 max)", value_text(n.exponential)});
    links.push_back({"/ " + value_text(n.sum), value_text(n.probability)});
  }
  return links;
}

std::string words_of(const Frame& f, const PinnedSum& s) {
  if (!s.score) return f.say(words::pin_sum, {whole(s.pairs)});
  const ScoreNumbers& n = *s.score;
  if (n.masked) return f.say(words::ex_masked);
  return f.say(words::ex_share, {whole(n.visible), value_text(n.exponential), value_text(n.sum),
                                 value_text(n.probability)});
}

void draw_words(Frame& f, Rect area, const std::string& words) {
  for (const std::string& line : wrap_text(f.metrics, words, Font::small, area.w)) {
    if (area.h < 19) return;
    put_line(f, area.take_top(20), line, Font::small, f.colors.muted);
  }
}

std::string title_of(const Frame& f, const PartId& pin) {
  const int last = rows_of(f, pin.side).total - 1;
  if (pin.kind == PartKind::value_cell)
    return f.say(words::pin_value_title, {whole(pin.b + 1), token_name(f, last)});
  const bool cell = pin.kind == PartKind::attention_cell;
  return f.say(words::pin_score_title,
               {token_name(f, cell ? pin.a : last), token_name(f, cell ? pin.b : pin.a)});
}

}  // namespace

void draw_pinned(Frame& f, Rect area) {
  const PartId pin = *f.view.pinned;
  Rect top = area.take_top(24, 4);
  const std::string title = title_of(f, pin), close = f.say(words::pin_close);
  const float free = top.w - f.width(title, Font::body_bold) - 16;
  if (const float width = f.width(close, Font::tiny); width <= free)
    put_line(f, top.take_right(width), close, Font::tiny, f.colors.muted);
  put_line(f, top, title, Font::body_bold, f.colors.text);
  if (!replay_of(f, pin.side)) return draw_words(f, area, f.say(words::ex_pending));
  const auto sum = pinned_sum(f);
  if (!sum) return draw_words(f, area, f.say(words::ex_attention_gone));
  draw_pairs(f, area, *sum);
  draw_chain(f, area.take_top(chip_height, 6), links_of(f, *sum));
  draw_words(f, area, words_of(f, *sum));
}

}  // namespace kv::scene
