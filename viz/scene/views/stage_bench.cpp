#include <algorithm>
#include <array>

#include "viz/scene/views/bench_parts.h"

namespace kv::scene {
namespace {

void draw_measured(Frame& f, Rect area, const BenchView& bench) {
  const float spare = std::max(0.0F, area.h - 230);
  const float height = 44 + spare * 0.18F, gap = 14 + spare * 0.14F;
  const std::array<BenchBar, 2> bars = {{{{.kind = PartKind::bench_bar, .a = 0},
                                          words::side_without,
                                          bench.without_seconds,
                                          f.colors.without},
                                         {{.kind = PartKind::bench_bar, .a = 1},
                                          words::side_with,
                                          bench.with_seconds,
                                          f.colors.with}}};
  for (const BenchBar& bar : bars)
    draw_bench_bar(f, area.take_top(height, gap), bar, bench_axis(bench));
  put_line(f, area.take_top(20, gap),
           f.say(words::bench_spread,
                 {count_text(static_cast<std::int64_t>(bench.without_seconds.size()))}),
           Font::small, f.colors.muted);
  Rect ratios = area.take_top(58);
  draw_bench_ratio(f, ratios.take_left(ratios.w / 2, 0), bench.ratio, words::bench_time,
                   words::measured, f.colors.text);
  draw_bench_ratio(f, ratios, bench.flop_ratio, words::bench_flops, words::counted, f.colors.muted);
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
  draw_published_seconds(f, rest.take_bottom(136, 16));
  if (there)
    draw_measured(f, rest, *bench);
  else
    put_quiet(f, rest, f.say(words::bench_pending));
}

}  // namespace kv::scene
