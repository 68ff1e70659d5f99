#include "viz/scene/views/legend_overlay.h"

#include <algorithm>
#include <functional>

#include "viz/scene/views/overlay.h"

namespace kv::scene {
namespace {

constexpr float line = 35;
constexpr float swatch_width = 150;

std::shared_ptr<const Grid> ramp(float low, float high) {
  auto grid = std::make_shared<Grid>();
  grid->rows = 1, grid->columns = 20, grid->low = low, grid->high = high;
  for (int i = 0; i < grid->columns; ++i)
    grid->cells.push_back(
        mix(low, high, static_cast<float>(i) / static_cast<float>(grid->columns - 1)));
  return grid;
}

void put_ramp(Frame& f, const Rect& rect, Scale scale, Look look = Look::plain) {
  const auto grid = ramp(scale == Scale::diverging ? -1.0F : 0.0F, 1);
  put(f, Map{.rect = rect,
             .grid = grid,
             .row0 = 0,
             .row1 = 1,
             .column0 = 0,
             .column1 = grid->columns,
             .scale = scale,
             .low = grid->low,
             .high = 1,
             .look = look,
             .gap = 1});
}

void put_dashed(Frame& f, const Rect& r) {
  put(f, Path{.points = {{r.x, r.y}, {r.right(), r.y}, {r.right(), r.bottom()}, {r.x, r.bottom()}},
              .color = f.colors.faint,
              .width = 1.5F,
              .closed = true,
              .dash = 5});
}

// A column of the card: headings, and rows of a sample with its meaning.
struct Column {
  Frame& f;
  Rect rest;

  void heading(const Phrase& words) {
    rest.take_top(6);
    put_line(f, rest.take_top(24, 2), f.say(words), Font::body_bold, f.colors.text);
  }
  void row(const Phrase& words, const std::function<void(const Rect&)>& draw) {
    Rect area = rest.take_top(line);
    draw(area.take_left(swatch_width, 16).inset(0, 8));
    meaning(area, f.say(words), f.colors.text);
  }
  // In as many lines as it takes: the rows below move down.
  void meaning(Rect area, const std::string& words, Color color) {
    const auto lines = wrap_text(f.metrics, words, Font::small, area.w);
    const float extra = 19 * static_cast<float>(lines.size()) - line + 4;
    if (extra > 0) rest.take_top(extra), area.h += extra;
    float y = area.y + (area.h - 19 * static_cast<float>(lines.size())) / 2;
    for (const std::string& text : lines) {
      put_line(f, {area.x, y, area.w, 19}, text, Font::small, color);
      y += 19;
    }
  }
  void hue(const Phrase& words, Color color) {
    row(words, [&](const Rect& r) { put_box(f, r, color, 4); });
  }
  void look(const Phrase& words, Scale scale, Look how) {
    row(words, [&](const Rect& r) { put_ramp(f, r, scale, how); });
  }
  void scale(const Phrase& words, Scale kind, std::string_view low, std::string_view high) {
    row(words, [&](Rect r) {
      put_line(f, r.take_left(24, 2), low, Font::tiny, f.colors.muted, Align::right);
      put_line(f, r.take_right(24, 2), high, Font::tiny, f.colors.muted);
      put_ramp(f, r, kind);
    });
  }
  void source(const Phrase& badge, const Phrase& words) {
    Rect area = rest.take_top(line);
    put_line(f, area.take_left(swatch_width, 16), f.say(badge), Font::small_bold, f.colors.text);
    meaning(area, f.say(words), f.colors.muted);
  }
};

void draw_left(Frame& f, const Rect& area) {
  Column c{f, area};
  c.heading(words::legend_hues);
  c.hue(words::legend_query, f.colors.query);
  c.hue(words::legend_key, f.colors.key);
  c.hue(words::legend_value, f.colors.value);
  c.hue(words::legend_without, f.colors.without);
  c.hue(words::legend_with, f.colors.with);
  c.heading(words::legend_scales);
  c.scale(words::legend_probability, Scale::sequential, "0", "1");
  c.scale(words::legend_signed, Scale::diverging, "\u2212", "+");
  c.scale(words::legend_heat, Scale::heat, "1\u00D7", "n\u00D7");
}

void draw_right(Frame& f, const Rect& area) {
  Column c{f, area};
  c.heading(words::legend_looks);
  c.row(words::legend_new, [&](const Rect& r) {
    put_ramp(f, r, Scale::diverging);
    put_outline(f, r.inset(-1), f.colors.fresh, 2, 2);
  });
  c.look(words::legend_cached, Scale::diverging, Look::cached);
  c.look(words::legend_again, Scale::diverging, Look::again);
  c.look(words::legend_masked, Scale::sequential, Look::masked);
  c.row(words::legend_gone, [&](const Rect& r) { put_dashed(f, r); });
  c.row(words::legend_pending, [&](const Rect& r) {
    put(f, Box{.rect = r,
               .line = f.colors.border,
               .pattern = Pattern::dots,
               .pattern_color = f.colors.faint});
  });
  c.heading(words::legend_numbers);
  c.source(words::measured, words::legend_measured);
  c.source(words::counted, words::legend_counted);
  c.source(words::formula, words::legend_formula);
}

}  // namespace

void draw_legend_overlay(Frame& f, const Rect& window) {
  Rect card =
      put_overlay(f, window, {std::min(1180.0F, window.w - 60), 520}, f.say(words::legend_title));
  draw_left(f, card.take_left((card.w - 40) / 2, 40));
  draw_right(f, card);
}

}  // namespace kv::scene
