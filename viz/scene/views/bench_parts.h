// What was measured and what others published, drawn: shared by the lessons' stage and the
// laboratory's page.
#pragma once

#include <string_view>
#include <vector>

#include "viz/scene/views/axes.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {

// The rounds of one side of a bench.
struct BenchBar {
  PartId part;
  const Phrase& name;
  const std::vector<double>& seconds;
  Color color;
};
struct BenchBarStyle {
  float name = 130, number = 190;  // units left and right of the bar
  Font font = Font::body_bold;     // of the name
  bool dots = false;               // each round, instead of a line from the fastest to the slowest
};
// A bar as long as the rounds' median, on the axis both sides share.
void draw_bench_bar(Frame& f, Rect area, const BenchBar& bar, const Axis& axis,
                    const BenchBarStyle& style = {});
// From 0 to the slowest round of both.
Axis bench_axis(const BenchView& bench);

// A ratio, huge, what it is of, and where it comes from.
void draw_bench_ratio(Frame& f, Rect area, double ratio, const Phrase& of, const Phrase& badge,
                      Color color);

// Seconds that others published, without a machine's name: 136 units high.
void draw_published_seconds(Frame& f, Rect area);

}  // namespace kv::scene
