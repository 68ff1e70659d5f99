#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/cost/roofline.h"
#include "viz/scene/views/axes.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {
namespace {

using core::Uint128;

struct Work {
  RooflinePoint point;
  const Phrase& name;
  Color color;
  double flops = 0, bytes = 0;

  double intensity() const { return flops / bytes; }
  double seconds(const core::Machine& machine) const {
    return core::roofline_seconds(machine, flops, bytes);
  }
};
using Works = std::array<Work, 3>;

const core::Machine& machine_of(const StageSpec& spec) {
  return spec.machine == "a100" ? core::a100_80gb : core::h100_sxm;
}

Works works_of(const Frame& f, const StageSpec& spec, const core::CostConfig& cost) {
  const auto& m = cost.model;
  const std::int64_t tokens = stage_tokens(f, spec), batch = std::max<std::int64_t>(1, spec.batch);
  const double sequences = static_cast<double>(batch), rows = static_cast<double>(tokens);
  const double parameters = core::to_double(core::total_parameters(cost));
  const double all_rows = sequences * core::estimated_forward_flops(m, rows, false);
  const double one_row = sequences * (2 * parameters + 4.0 * m.layers * m.q_width() * rows);
  const double weights = 2 * parameters;
  const double cache = core::to_double(core::kv_cache_bytes(cost, spec.dtype, tokens, batch));
  return {
      {{RooflinePoint::prefill, words::roof_prefill, f.colors.text, all_rows, weights},
       {RooflinePoint::decode_with, words::roof_with, f.colors.with, one_row, weights + cache},
       {RooflinePoint::decode_without, words::roof_without, f.colors.without, all_rows, weights}}};
}

double attained(const core::Machine& machine, double intensity) {
  return std::min(machine.flops_per_second, intensity * machine.bytes_per_second);
}

std::string intensity_text(double value) {
  return value < 999.5 ? fmt::format("{:.3g}", value) : count_text(std::llround(value));
}

// "0.1", "1,000", "10 k", "1 M".
std::string scale_text(double value) {
  if (value < 1) return fmt::format("{:g}", value);
  const double thousands = value / 1000;
  if (thousands < 9.995) return count_text(std::llround(value));
  return thousands < 999.5 ? fmt::format("{:g} k", thousands)
                           : fmt::format("{:g} M", thousands / 1000);
}

std::string limit_text(const Frame& f, const core::Machine& machine, const Work& work) {
  return f.say(work.intensity() >= machine.ridge() ? words::roof_compute : words::roof_memory);
}

PlotAxes axes_of(const Rect& plot, const core::Machine& machine, const Works& works) {
  double least = machine.ridge() / 30, most = machine.ridge() * 30;
  for (const Work& work : works) {
    least = std::min(least, work.intensity() / 3);
    most = std::max(most, work.intensity() * 3);
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
  const auto write = [&](const std::string& words, std::initializer_list<Vec2> middles) {
    const float width = f.width(words, Font::small) + 1;
    std::vector<Rect> candidates;
    for (const Vec2 at : middles)
      candidates.push_back(
          {std::clamp(at.x - width / 2, area.x + 8, area.right() - width - 8), at.y, width, 18});
    const auto place = free_place(area, candidates, plot.taken);
    if (!place) return;
    put_line(f, *place, words, Font::small, f.colors.muted);
    plot.taken.push_back(*place);
  };
  const float flat = plot.corner.y;
  write(flops_text(static_cast<Uint128>(machine.flops_per_second)) + "/s",
        {{area.right(), flat - 26},
         {(plot.corner.x + area.right()) / 2, flat - 26},
         {plot.corner.x + 40, flat - 26},
         {area.right(), flat + 10},
         {area.right(), flat - 60}});
  const Vec2 middle = (plot.begin + plot.corner) * 0.5F;
  write(bytes_text(static_cast<Uint128>(machine.bytes_per_second)) + "/s",
        {{middle.x - 64, middle.y - 24},
         {middle.x - 30, middle.y - 90},
         {plot.corner.x - 70, flat - 4},
         {plot.begin.x, flat - 26}});
  write(f.say(words::roof_ridge, {intensity_text(machine.ridge())}),
        {{plot.corner.x + 64, area.bottom() - 24}, {plot.corner.x - 64, area.bottom() - 24}});
}

// Prefill is a ring, so that it is seen where decoding without the cache does the very same work.
void draw_marker(Frame& f, Vec2 at, const Work& work) {
  if (work.point == RooflinePoint::prefill)
    put_outline(f, {at.x - 11, at.y - 11, 22, 22}, work.color, 3, 11);
  else
    put_box(f, {at.x - 7, at.y - 7, 14, 14}, work.color, 7);
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

void draw_label(Frame& f, Plot& plot, const core::Machine& machine, const Work& work, Vec2 at) {
  const std::array<std::string, 3> lines = {
      f.say(work.name),
      intensity_text(work.intensity()) + " FLOP/B \u00B7 " + seconds_text(work.seconds(machine)),
      limit_text(f, machine, work)};
  const float width = std::max({f.width(lines[0], Font::small_bold), f.width(lines[1], Font::small),
                                f.width(lines[2], Font::small)}) +
                      2;
  const auto place = place_of(plot, at, {width, 58}, work.point == RooflinePoint::prefill);
  if (!place) return;
  plot.taken.push_back(*place);
  put_box(f, place->inset(-4, -2), f.colors.panel.with_alpha(0.85F), 4);
  Rect rest = *place;
  put_line(f, rest.take_top(20), lines[0], Font::small_bold, work.color);
  put_line(f, rest.take_top(19), lines[1], Font::small, f.colors.text);
  put_line(f, rest.take_top(19), lines[2], Font::small, f.colors.muted);
}

void draw_plot(Frame& f, Rect area, const core::Machine& machine, const Works& works) {
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
  for (const Work& work : works) {
    const Vec2 point = at(work.intensity());
    plot.taken.push_back({point.x - 12, point.y - 12, 24, 24});
  }
  for (const Work& work : works) draw_label(f, plot, machine, work, at(work.intensity()));
  draw_limits(f, plot, machine);
  for (const Work& work : works) {
    const Vec2 point = at(work.intensity());
    draw_marker(f, point, work);
    put_place(f, {point.x - 13, point.y - 13, 26, 26},
              {.kind = PartKind::roofline_point, .a = static_cast<int>(work.point)});
  }
}

// What goes into each point: FLOPs and bytes, and the seconds that come of it.
void draw_numbers(Frame& f, Rect area, const core::Machine& machine, const Works& works) {
  const float gap = std::clamp((area.h - 390) / 4, 6.0F, 30.0F);
  for (const Work& work : works) {
    Rect block = area.take_top(88, gap);
    draw_marker(f, {block.x + 12, block.y + 12}, work);
    block.take_left(34);
    put_line(f, block.take_top(24, 2), f.say(work.name), Font::small_bold, work.color);
    put_line(f, block.take_top(20, 4),
             flops_text(static_cast<Uint128>(work.flops)) + " \u00B7 " +
                 bytes_text(static_cast<Uint128>(work.bytes)),
             Font::small, f.colors.muted);
    put_line(f, block.take_top(26), seconds_text(work.seconds(machine)), Font::title_bold,
             f.colors.text);
  }
  put_box(f, area.take_top(1, gap), f.colors.border);
  put_line(f, area.take_top(50), times_text(works[2].seconds(machine) / works[1].seconds(machine)),
           Font::huge_bold, f.colors.text);
  for (const std::string& line :
       wrap_text(f.metrics, f.say(words::roof_ratio), Font::small, area.w))
    put_line(f, area.take_top(20), line, Font::small, f.colors.muted);
}

}  // namespace

void draw_stage_roofline(Frame& f, const Rect& area, const StageSpec& spec) {
  put_panel(f, area);
  const auto model = stage_model(f, spec);
  if (!model || !core::has_closed_form(model->cost))
    return put_quiet(f, area, missing_words(f, spec));
  const core::Machine& machine = machine_of(spec);
  const Works works = works_of(f, spec, model->cost);
  const std::string detail =
      f.say(words::stage_batch_of, {model->name, count_text(stage_tokens(f, spec)),
                                    count_text(std::max<std::int64_t>(1, spec.batch))});
  Rect rest = put_stage_heading(f, area, f.say(words::roof_title, {machine.name}), detail,
                                f.say(words::formula));
  put_line(f, rest.take_bottom(20, 6), f.say(words::roof_note), Font::small, f.colors.muted);
  const Rect numbers = rest.take_right(std::clamp(area.w * 0.26F, 250.0F, 330.0F), 24);
  draw_plot(f, rest, machine, works);
  draw_numbers(f, numbers, machine, works);
}

}  // namespace kv::scene
