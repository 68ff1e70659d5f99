#include "viz/scene/views/roofline_plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "viz/scene/views/axes.h"

namespace kv::scene {
namespace {

using core::Uint128;

double attained(const core::Machine& machine, double intensity) {
  return std::min(machine.flops_per_second, intensity * machine.bytes_per_second);
}

PlotAxes axes_of(const Rect& plot, const core::Machine& machine, const RoofWorks& works) {
  double least = machine.ridge() / 30, most = machine.ridge() * 30;
  for (const RoofWork& work : works) {
    least = std::min(least, work.work.intensity() / 3);
    most = std::max(most, work.work.intensity() * 3);
  }
  const Axis x = decades_around(least, most);
  // Room above the roof for what is written there.
  return {.plot = plot,
          .x = x,
          .y = decades_around(x.low * machine.bytes_per_second, 8 * machine.flops_per_second)};
}

struct Plot {
  PlotAxes axes;
  Vec2 begin, corner;        // of the roof
  std::vector<Rect> taken;   // where no words may stand
  std::vector<Rect> better;  // and where they had better not
};

void draw_roof(Frame& f, Plot& plot) {
  const Rect& area = plot.axes.plot;
  const Vec2 corner = plot.corner, foot{corner.x, area.bottom()}, end{area.right(), corner.y};
  put(f, Path{.points = {corner, foot}, .color = f.colors.faint, .width = 1.5F, .dash = 5});
  put(f, Path{.points = {plot.begin, corner, end}, .color = f.colors.cached, .width = 4});
  for (float share = 0; share <= 1; share += 0.01F) {
    const Vec2 slope = plot.begin + (corner - plot.begin) * share;
    plot.taken.push_back({slope.x - 4, slope.y - 4, 8, 8});
  }
  plot.taken.push_back({corner.x, corner.y - 4, end.x - corner.x, 8});
  plot.better.push_back({foot.x - 2, corner.y, 4, foot.y - corner.y});
}

// What the machine can do, where the points have left room.
void draw_limits(Frame& f, Plot& plot, const core::Machine& machine) {
  const Rect& area = plot.axes.plot;
  const auto write = [&](const std::string& words, std::span<const Vec2> middles) {
    const float width = f.width(words, Font::small) + 1;
    std::vector<Rect> candidates;
    for (const Vec2 at : middles)
      candidates.push_back(
          {std::clamp(at.x - width / 2, area.x + 8, area.right() - width - 8), at.y, width, 18});
    const auto place = free_place(area, candidates, plot.taken);
    if (!place) return;
    put_box(f, place->inset(-3, 0), f.colors.panel.with_alpha(0.85F), 3);
    put_line(f, *place, words, Font::small, f.colors.muted);
    plot.taken.push_back(place->inset(-10, 0));
  };
  const float flat = plot.corner.y;
  std::vector<Vec2> along;
  for (const float beside : {-26.0F, 10.0F, -60.0F, 34.0F})
    for (const float share : {1.0F, 0.5F, 0.75F, 0.25F})
      along.push_back({plot.corner.x + share * (area.right() - plot.corner.x), flat + beside});
  along.push_back({plot.corner.x - 68, flat - 26});
  write(flops_text(static_cast<Uint128>(machine.flops_per_second)) + "/s", along);
  const Vec2 middle = (plot.begin + plot.corner) * 0.5F;
  write(bytes_text(static_cast<Uint128>(machine.bytes_per_second)) + "/s",
        std::array{Vec2{middle.x - 64, middle.y - 24}, Vec2{middle.x - 30, middle.y - 90},
                   Vec2{plot.corner.x - 70, flat - 4}, Vec2{plot.begin.x, flat - 26}});
  write(f.say(words::roof_ridge, {intensity_text(machine.ridge())}),
        std::array{Vec2{plot.corner.x + 64, area.bottom() - 24},
                   Vec2{plot.corner.x - 64, area.bottom() - 24}});
}

// Beside the point, off the roof, best where the ridge's line does not run either.
std::optional<Rect> place_of(const Plot& plot, Vec2 at, Vec2 size, bool above) {
  std::vector<Rect> places;
  for (const float gap : {14.0F, 26.0F, 44.0F, 70.0F}) {
    auto more = places_beside(at, size, gap);
    for (const float y : {at.y + gap, at.y - gap - size.y})
      more.push_back(
          {std::clamp(at.x - size.x / 2, plot.axes.plot.x + 4, plot.axes.plot.right() - size.x - 4),
           y, size.x, size.y});
    if (above) std::swap(more[0], more[2]);
    places.insert(places.end(), more.begin(), more.end());
  }
  std::vector<Rect> all = plot.taken;
  all.insert(all.end(), plot.better.begin(), plot.better.end());
  const auto best = free_place(plot.axes.plot, places, all);
  return best ? best : free_place(plot.axes.plot, places, plot.taken);
}

// What is said beside a point, its name first.
std::vector<TextRun> label_of(const Frame& f, const core::Machine& machine, const RoofWork& work,
                              RoofLabels labels) {
  std::vector<TextRun> lines = {{f.say(work.name), Font::small_bold, work.color}};
  if (labels == RoofLabels::names) return lines;
  lines.push_back({intensity_text(work.work.intensity()) + " FLOP/B \u00B7 " +
                       seconds_text(work.seconds(machine)),
                   Font::small, f.colors.text});
  lines.push_back({f.say(limit_of(machine, work.work)), Font::small, f.colors.muted});
  return lines;
}

void draw_label(Frame& f, Plot& plot, const std::vector<TextRun>& lines, const RoofWork& work,
                Vec2 at) {
  float width = 0;
  for (const TextRun& line : lines) width = std::max(width, f.width(line.text, line.font) + 2);
  const float height = 20 + 19 * static_cast<float>(lines.size() - 1);
  const auto place = place_of(plot, at, {width, height}, work.point == RooflinePoint::prefill);
  if (!place) return;
  // What is written later keeps off a name of one line as well.
  plot.taken.push_back(lines.size() > 1 ? *place
                                        : Rect{place->x - 10, place->y, place->w + 20, place->h});
  put_box(f, place->inset(-4, -2), f.colors.panel.with_alpha(0.85F), 4);
  Rect rest = *place;
  for (const TextRun& line : lines)
    put_line(f, rest.take_top(&line == &lines.front() ? 20 : 19), line.text, line.font, line.color);
}

}  // namespace

RoofWorks roof_works(const Frame& f, const core::InferenceSetting& setting, std::int64_t tokens) {
  return {{{RooflinePoint::prefill, words::roof_prefill, f.colors.text,
            core::prefill_work(setting, tokens)},
           {RooflinePoint::decode_with, words::roof_with, f.colors.with,
            core::decode_work(setting, core::Side::cached, tokens)},
           {RooflinePoint::decode_without, words::roof_without, f.colors.without,
            core::decode_work(setting, core::Side::uncached, tokens)}}};
}

std::string intensity_text(double value) {
  return value < 999.5 ? fmt::format("{:.3g}", value) : count_text(std::llround(value));
}

std::string scale_text(double value) {
  if (value < 1) return fmt::format("{:g}", value);
  if (value < 9'999.5) return count_text(std::llround(value));
  const char* prefix = "kMGTPEZY";
  for (value /= 1000; value >= 999.5 && prefix[1] != '\0'; ++prefix) value /= 1000;
  return fmt::format("{:.3g} {}", value, *prefix);
}

const Phrase& limit_of(const core::Machine& machine, const core::Work& work) {
  return computing_limits(machine, work) ? words::roof_compute : words::roof_memory;
}

void draw_roof_marker(Frame& f, Vec2 at, const RoofWork& work) {
  if (work.point == RooflinePoint::prefill)
    put_outline(f, {at.x - 11, at.y - 11, 22, 22}, work.color, 3, 11);
  else
    put_box(f, {at.x - 7, at.y - 7, 14, 14}, work.color, 7);
}

void draw_roof_plot(Frame& f, Rect area, const core::Machine& machine, const RoofWorks& works,
                    RoofLabels labels) {
  area.take_left(108), area.take_bottom(48), area.take_top(4);
  Plot plot{
      .axes = axes_of(area, machine, works), .begin = {}, .corner = {}, .taken = {}, .better = {}};
  const auto at = [&](double intensity) {
    return plot.axes.at(intensity, attained(machine, intensity));
  };
  plot.begin = at(plot.axes.x.low), plot.corner = at(machine.ridge());
  const auto speed = [](double v) { return tick_text(flops_text(static_cast<Uint128>(v))) + "/s"; };
  draw_axes(f, plot.axes, {.x = scale_text, .y = speed}, 108);
  put_text(f, {area.right(), area.bottom() + 28}, f.say(words::roof_x), Font::small, f.colors.muted,
           Align::right);
  draw_roof(f, plot);
  // A name alone may stand on the ridge's line: it is better near its point.
  if (labels == RoofLabels::names) plot.better.clear();
  for (const RoofWork& work : works) {
    const Vec2 point = at(work.work.intensity());
    plot.taken.push_back({point.x - 12, point.y - 12, 24, 24});
  }
  for (const RoofWork& work : works)
    draw_label(f, plot, label_of(f, machine, work, labels), work, at(work.work.intensity()));
  draw_limits(f, plot, machine);
  for (const RoofWork& work : works) {
    const Vec2 point = at(work.work.intensity());
    draw_roof_marker(f, point, work);
    put_place(f, {point.x - 13, point.y - 13, 26, 26},
              {.kind = PartKind::roofline_point, .a = static_cast<int>(work.point)});
  }
}

}  // namespace kv::scene
