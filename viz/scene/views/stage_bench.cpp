#include <algorithm>
#include <array>
#include <cmath>

#include "core/bench/side_times.h"
#include "core/cost/published.h"
#include "viz/scene/views/axes.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {
namespace {

struct Bar {
  int index;  // PartId::a
  const Phrase& name;
  const std::vector<double>& seconds;
  Color color;
};

void draw_bar(Frame& f, Rect area, const Bar& bar, const Axis& axis) {
  const auto [least, most] = std::ranges::minmax(bar.seconds);
  const double middle = core::median(bar.seconds);
  const PartId part{.kind = PartKind::bench_bar, .a = bar.index};
  put_place(f, area, part);
  put_line(f, area.take_left(130, 12), f.say(bar.name), Font::body_bold, bar.color);
  const Rect number = area.take_right(190);
  area.take_right(14);
  const PlotAxes axes{.plot = area, .x = axis, .y = {}};
  put_box(f, area, f.colors.track, 4);
  put_box(f, {area.x, area.y, std::max(2.0F, axes.x_at(middle) - area.x), area.h},
          hovered(f, part) ? mix(bar.color, f.colors.text, 0.2F) : bar.color, 4);
  const float y = area.center().y, from = axes.x_at(least), to = axes.x_at(most);
  put_box(f, {from, y - 1, std::max(2.0F, to - from), 2}, f.colors.text);
  put_box(f, {from - 1, y - 8, 2, 16}, f.colors.text);
  put_box(f, {to - 1, y - 8, 2, 16}, f.colors.text);
  put_runs(f, {number.x, y - 11},
           {{seconds_text(middle), Font::title_bold, f.colors.text},
            {"  " + f.say(words::measured), Font::tiny, f.colors.muted}});
}

// A ratio, huge, what it is of, and where it comes from.
void draw_ratio(Frame& f, Rect area, double ratio, const Phrase& of, const Phrase& badge,
                Color color) {
  const float width = put_text(f, {area.x, area.y + 4}, times_text(ratio), Font::huge_bold, color);
  area.take_left(width + 14);
  put_line(f, area.take_top(30, 2), f.say(of), Font::body, f.colors.text);
  put_line(f, area.take_top(20), f.say(badge), Font::tiny, f.colors.muted);
}

void draw_measured(Frame& f, Rect area, const BenchView& bench) {
  const float spare = std::max(0.0F, area.h - 230);
  const double longest =
      std::max(std::ranges::max(bench.without_seconds), std::ranges::max(bench.with_seconds));
  const Axis axis{.low = 0, .high = 1.02 * std::max(longest, 1e-12)};
  const float height = 44 + spare * 0.18F, gap = 14 + spare * 0.14F;
  const std::array<Bar, 2> bars = {
      {{0, words::side_without, bench.without_seconds, f.colors.without},
       {1, words::side_with, bench.with_seconds, f.colors.with}}};
  for (const Bar& bar : bars) draw_bar(f, area.take_top(height, gap), bar, axis);
  put_line(f, area.take_top(20, gap),
           f.say(words::bench_spread,
                 {count_text(static_cast<std::int64_t>(bench.without_seconds.size()))}),
           Font::small, f.colors.muted);
  Rect ratios = area.take_top(58);
  draw_ratio(f, ratios.take_left(ratios.w / 2, 0), bench.ratio, words::bench_time, words::measured,
             f.colors.text);
  draw_ratio(f, ratios, bench.flop_ratio, words::bench_flops, words::counted, f.colors.muted);
}

// Neither says on which machine.
struct Published {
  std::string what;
  const core::PublishedFigure* without;
  const core::PublishedFigure* with;
  const core::PublishedFigure* ratio;
};

void draw_row(Frame& f, Rect line, const Published& row) {
  if (!row.without || !row.with || !row.ratio) return;
  const auto seconds = [](double value) { return fmt::format("{:g} s", value); };
  Rect words = line.take_left(line.w * 0.56F, 12);
  put_line(f, words.take_top(22), row.what, Font::small, f.colors.text);
  put_line(f, words, f.say(words::bench_machine_unknown), Font::tiny, f.colors.muted);
  const float third = line.w / 3;
  line.h = 22;
  put_line(f, line.take_left(third), seconds(row.without->value), Font::body, f.colors.without,
           Align::right);
  put_line(f, line.take_left(third), seconds(row.with->value), Font::body, f.colors.with,
           Align::right);
  put_line(f, line, fmt::format("{:.1f}\u00D7", row.ratio->value), Font::body_bold, f.colors.text,
           Align::right);
}

void draw_published(Frame& f, Rect area) {
  put_box(f, area.take_top(1, 10), f.colors.border);
  Rect head = area.take_top(22, 8);
  put_line(f, head.take_left(head.w * 0.56F, 12), f.say(words::bench_elsewhere), Font::body_bold,
           f.colors.text);
  const float third = head.w / 3;
  put_line(f, head.take_left(third), f.say(words::side_without), Font::small, f.colors.without,
           Align::right);
  put_line(f, head.take_left(third), f.say(words::side_with), Font::small, f.colors.with,
           Align::right);
  const auto number = [](std::string_view name) {
    const auto* figure = core::find_published(name);
    return figure ? count_text(std::llround(figure->value)) : std::string();
  };
  const std::array<Published, 2> rows = {
      {{f.say(words::bench_script,
              {number("attention-script.width"), number("attention-script.steps")}),
        core::find_published("attention-script.without-seconds"),
        core::find_published("attention-script.with-seconds"),
        core::find_published("attention-script.ratio")},
       {f.say(words::bench_seven, {number("seven-b.tokens")}),
        core::find_published("seven-b.without-seconds"),
        core::find_published("seven-b.with-seconds"), core::find_published("seven-b.ratio")}}};
  for (const Published& row : rows) draw_row(f, area.take_top(40, 8), row);
}

}  // namespace

void draw_stage_bench(Frame& f, const Rect& area, const BenchView* bench) {
  put_panel(f, area);
  if (!f.subject.run) return put_quiet(f, area, f.say(words::nothing_open));
  const bool there = bench && !bench->without_seconds.empty() && !bench->with_seconds.empty();
  const std::string detail =
      there ? f.say(words::bench_of,
                    {bench->model, count_text(bench->tokens), count_text(bench->prompt_tokens)})
            : f.subject.model_name;
  Rect rest = put_stage_heading(f, area, f.say(words::bench_title), detail,
                                f.say(there ? words::measured : words::published));
  draw_published(f, rest.take_bottom(136, 16));
  if (there)
    draw_measured(f, rest, *bench);
  else
    put_quiet(f, rest, f.say(words::bench_pending));
}

}  // namespace kv::scene
