#include "viz/scene/views/bench_parts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/bench/side_times.h"
#include "core/cost/published.h"

namespace kv::scene {
namespace {

// From the fastest to the slowest round.
void draw_range(Frame& f, const PlotAxes& axes, const std::vector<double>& seconds) {
  const auto [least, most] = std::ranges::minmax(seconds);
  const float y = axes.plot.center().y, from = axes.x_at(least), to = axes.x_at(most);
  put_box(f, {from, y - 1, std::max(2.0F, to - from), 2}, f.colors.text);
  put_box(f, {from - 1, y - 8, 2, 16}, f.colors.text);
  put_box(f, {to - 1, y - 8, 2, 16}, f.colors.text);
}

void draw_rounds(Frame& f, const PlotAxes& axes, const std::vector<double>& seconds) {
  const float y = axes.plot.center().y;
  for (const double round : seconds) {
    const float x = std::min(axes.x_at(round), axes.plot.right());
    put(f, Box{.rect = {x - 4, y - 4, 8, 8},
               .fill = f.colors.text,
               .line = f.colors.panel,
               .radius = 4});
  }
}

// Neither says on which machine.
struct Published {
  std::string what;
  const core::PublishedFigure* without;
  const core::PublishedFigure* with;
  const core::PublishedFigure* ratio;
};

std::array<Published, 2> published_rows(const Frame& f) {
  const auto number = [](std::string_view name) {
    const auto* figure = core::find_published(name);
    return figure ? count_text(std::llround(figure->value)) : std::string();
  };
  return {{{f.say(words::bench_script,
                  {number("attention-script.width"), number("attention-script.steps")}),
            core::find_published("attention-script.without-seconds"),
            core::find_published("attention-script.with-seconds"),
            core::find_published("attention-script.ratio")},
           {f.say(words::bench_seven, {number("seven-b.tokens")}),
            core::find_published("seven-b.without-seconds"),
            core::find_published("seven-b.with-seconds"), core::find_published("seven-b.ratio")}}};
}

std::string published_seconds(double value) { return fmt::format("{:g} s", value); }
std::string published_ratio(double value) { return fmt::format("{:.1f}\u00D7", value); }

void draw_row(Frame& f, Rect line, const Published& row) {
  if (!row.without || !row.with || !row.ratio) return;
  Rect words = line.take_left(line.w * 0.56F, 12);
  put_line(f, words.take_top(22), row.what, Font::small, f.colors.text);
  put_line(f, words, f.say(words::bench_machine_unknown), Font::tiny, f.colors.muted);
  const float third = line.w / 3;
  line.h = 22;
  put_line(f, line.take_left(third), published_seconds(row.without->value), Font::body,
           f.colors.without, Align::right);
  put_line(f, line.take_left(third), published_seconds(row.with->value), Font::body, f.colors.with,
           Align::right);
  put_line(f, line, published_ratio(row.ratio->value), Font::body_bold, f.colors.text,
           Align::right);
}

// In two lines: what it is, and below it both sides by name.
void draw_narrow_row(Frame& f, Rect area, const Published& row) {
  if (!row.without || !row.with || !row.ratio) return;
  put_line(f, area.take_top(21), row.what, Font::small, f.colors.text);
  const std::string ratio = published_ratio(row.ratio->value);
  put_line(f, area.take_right(f.width(ratio, Font::body_bold) + 1, 12), ratio, Font::body_bold,
           f.colors.text);
  put_runs(f, {area.x, area.center().y - 8},
           {{f.say(words::side_without) + " ", Font::small, f.colors.without},
            {published_seconds(row.without->value), Font::small_bold, f.colors.without},
            {"   " + f.say(words::side_with) + " ", Font::small, f.colors.with},
            {published_seconds(row.with->value), Font::small_bold, f.colors.with}});
}

void draw_narrow(Frame& f, Rect area) {
  Rect head = area.take_top(22, 8);
  const std::string note = f.say(words::bench_machine_unknown);
  put_line(f, head.take_right(f.width(note, Font::small) + 1, 12), note, Font::small,
           f.colors.muted);
  put_line(f, head, f.say(words::bench_elsewhere), Font::body_bold, f.colors.text);
  for (const Published& row : published_rows(f)) draw_narrow_row(f, area.take_top(42, 6), row);
}

}  // namespace

Axis bench_axis(const BenchView& bench) {
  const double longest =
      std::max(std::ranges::max(bench.without_seconds), std::ranges::max(bench.with_seconds));
  return {.low = 0, .high = 1.02 * std::max(longest, 1e-12)};
}

void draw_bench_bar(Frame& f, Rect area, const BenchBar& bar, const Axis& axis,
                    const BenchBarStyle& style) {
  const double middle = core::median(bar.seconds);
  put_place(f, area, bar.part);
  put_line(f, area.take_left(style.name, 12), f.say(bar.name), style.font, bar.color);
  const Rect number = area.take_right(style.number);
  area.take_right(14);
  const PlotAxes axes{.plot = area, .x = axis, .y = {}};
  put_box(f, area, f.colors.track, 4);
  put_box(f, {area.x, area.y, std::max(2.0F, axes.x_at(middle) - area.x), area.h},
          hovered(f, bar.part) ? mix(bar.color, f.colors.text, 0.2F) : bar.color, 4);
  if (style.dots) {
    draw_rounds(f, axes, bar.seconds);
    put_line(f, number, seconds_text(middle), Font::body_bold, f.colors.text);
    return;
  }
  draw_range(f, axes, bar.seconds);
  put_runs(f, {number.x, area.center().y - 11},
           {{seconds_text(middle), Font::title_bold, f.colors.text},
            {"  " + f.say(words::measured), Font::tiny, f.colors.muted}});
}

void draw_bench_ratio(Frame& f, Rect area, double ratio, const Phrase& of, const Phrase& badge,
                      Color color) {
  const float width = put_text(f, {area.x, area.y + 4}, times_text(ratio), Font::huge_bold, color);
  area.take_left(width + 14);
  put_line(f, area.take_top(30, 2), f.say(of), Font::body, f.colors.text);
  put_line(f, area.take_top(20), f.say(badge), Font::tiny, f.colors.muted);
}

void draw_published_seconds(Frame& f, Rect area) {
  constexpr float least_for_columns = 700;
  put_box(f, area.take_top(1, 10), f.colors.border);
  if (area.w < least_for_columns) return draw_narrow(f, area);
  Rect head = area.take_top(22, 8);
  put_line(f, head.take_left(head.w * 0.56F, 12), f.say(words::bench_elsewhere), Font::body_bold,
           f.colors.text);
  const float third = head.w / 3;
  put_line(f, head.take_left(third), f.say(words::side_without), Font::small, f.colors.without,
           Align::right);
  put_line(f, head.take_left(third), f.say(words::side_with), Font::small, f.colors.with,
           Align::right);
  for (const Published& row : published_rows(f)) draw_row(f, area.take_top(40, 8), row);
}

}  // namespace kv::scene
