// The measured parts of the machine's page: its two numbers, and both sides of a bench.
#include <algorithm>
#include <array>

#include "core/engine/closed_form.h"
#include "viz/scene/views/bench_parts.h"
#include "viz/scene/views/costs_parts.h"
#include "viz/scene/views/roofline_plot.h"

namespace kv::scene {
namespace {

using core::Side;
using core::Uint128;

constexpr double value_bytes = 4;  // the engine's values and weights are float32

// One number of the machine: what it does, how fast at best, and every round.
void draw_number(Frame& f, Rect area, const Phrase& name, const std::vector<double>& rounds,
                 const std::string& best) {
  put_line(f, area.take_top(22), f.say(name), Font::small, f.colors.text);
  put_line(f, area.take_top(28, 6), best, Font::title_bold, f.colors.text);
  Rect strip = area.take_top(18);
  strip.take_right(6);
  const PlotAxes axes{
      .plot = strip, .x = {.low = 0, .high = 1.02 * std::ranges::max(rounds)}, .y = {}};
  put_box(f, {strip.x, strip.center().y - 2, strip.w, 4}, f.colors.track, 2);
  for (const double round : rounds)
    put(f, Box{.rect = {axes.x_at(round) - 5, strip.center().y - 5, 10, 10},
               .fill = f.colors.with,
               .line = f.colors.panel,
               .radius = 5});
}

// What the bench ran; where it does not say, what goes by the same name, or the usual bench.
std::optional<core::ModelConfig> sizes_of(const Frame& f, BenchOf of, const BenchView& bench) {
  if (bench.sizes) return bench.sizes;
  if (of == BenchOf::model) {
    const Scenario& s = f.view.scenario;
    if (bench.model != s.model || !core::has_closed_form(s.sizes)) return {};
    return s.sizes.model;
  }
  const core::AttentionBench usual;
  if (bench.tokens != usual.steps) return {};
  core::ModelConfig layer;
  layer.layers = 1;
  layer.d_model = usual.width;
  layer.heads = layer.kv_heads = usual.heads;
  layer.head_dim = usual.width / usual.heads;
  return layer;
}

// q, k and v projections and attention, without what the bench leaves out.
core::Work layer_work(const core::ModelConfig& c, std::int64_t past, std::int64_t fresh) {
  const core::OpCount count = core::forward_cost(c, past, fresh);
  const double weights = static_cast<double>(c.d_model) * (c.q_width() + 2.0 * c.kv_width());
  return {.flops = core::to_double(count.q + count.k + count.v + count.scores + count.weighted_sum),
          .bytes = value_bytes * weights};
}

core::Work model_work(const core::ModelConfig& c, std::int64_t past, std::int64_t fresh) {
  return {
      .flops = core::to_double(core::forward_cost(c, past, fresh).total()),
      .bytes = value_bytes * core::to_double(core::active_parameters(core::dense_cost_config(c)))};
}

// The steps that have first..last tokens, the first of them without any past.
double seconds_of_steps(const core::Machine& machine, const core::ModelConfig& c, BenchOf of,
                        Side side, std::int64_t first, std::int64_t last) {
  const double row = value_bytes * 2.0 * c.layers * c.kv_width();
  double seconds = 0;
  for (std::int64_t t = first; t <= last; ++t) {
    const std::int64_t past = side == Side::cached && t > first ? t - 1 : 0;
    core::Work work =
        of == BenchOf::model ? model_work(c, past, t - past) : layer_work(c, past, t - past);
    work.bytes += row * static_cast<double>(past);
    seconds += core::seconds_of(machine, work);
  }
  return seconds;
}

struct Ratio {
  double value;
  const Phrase& of;
  const Phrase& badge;
};

void draw_ratio(Frame& f, Rect area, const Ratio& ratio) {
  put_line(f, area.take_top(34), times_text(ratio.value), Font::large_bold, f.colors.text);
  put_line(f, area.take_top(18), f.say(ratio.of), Font::small, f.colors.text);
  put_line(f, area.take_top(18), f.say(ratio.badge), Font::small, f.colors.muted);
}

void draw_ratios(Frame& f, Rect area, BenchOf of, const BenchView& bench) {
  std::vector<Ratio> ratios = {{bench.ratio, words::costs_time_share, words::costs_measured_median},
                               {bench.flop_ratio, words::costs_claim_flops, words::counted}};
  if (const auto roof = roof_of_bench(f, of))
    ratios.push_back({roof->without / roof->with, words::costs_claim_roof, words::formula});
  const float third = area.w / 3;
  for (const Ratio& ratio : ratios) draw_ratio(f, area.take_left(third), ratio);
}

// How thick a side's bar is, and how far from the next.
struct BarHeights {
  float bar, gap;
};
BarHeights heights_in(const Rect& area) {
  const float spare = std::max(0.0F, area.h - 166);
  return {32 + spare * 0.2F, 10 + spare * 0.1F};
}

// Where the bars will be: their outlines, named, and below them how to fill them.
void draw_no_bench(Frame& f, Rect area, BenchOf of) {
  const auto [bar, gap] = heights_in(area);
  const std::array sides = {std::pair{&words::side_without, f.colors.without},
                            std::pair{&words::side_with, f.colors.with}};
  float names = 0;
  for (const auto& [name, color] : sides)
    names = std::max(names, f.width(f.say(*name), Font::small_bold) + 1);
  for (const auto& [name, color] : sides) {
    Rect line = area.take_top(bar, gap);
    put_line(f, line.take_left(names, 12), f.say(*name), Font::small_bold, color);
    put_outline(f, line, f.colors.border, 1, 4);
  }
  const bool attention = of == BenchOf::attention;
  put_unmeasured(f, area, attention ? words::control_bench_attention : words::control_bench_model,
                 attention ? words::ex_control_bench_attention : words::ex_control_bench_model);
}

std::string detail_of(const Frame& f, BenchOf of, const BenchView& bench) {
  if (of == BenchOf::model)
    return f.say(words::costs_run_of,
                 {bench.model, count_text(bench.tokens), count_text(bench.prompt_tokens)});
  const auto sizes = sizes_of(f, of, bench);
  return f.say(words::costs_layer_of,
               {sizes ? count_text(sizes->d_model) : "?", count_text(bench.tokens)});
}

}  // namespace

void draw_probe(Frame& f, const Rect& area, const core::MachineProbe* probe) {
  const bool there = probe && !probe->bytes_per_second.empty() && !probe->flops_per_second.empty();
  const auto rounds = there ? static_cast<std::int64_t>(probe->bytes_per_second.size()) : 0;
  Rect rest = put_section(f, area, f.say(words::costs_two_numbers),
                          there ? f.say(words::costs_best, {count_text(rounds)}) : std::string());
  if (!there) return put_unmeasured(f, rest, words::control_probe, words::ex_control_probe);
  const core::Machine machine = probe->machine();
  const Rect ridge = rest.take_right(rest.w * 0.22F, 20);
  draw_number(f, rest.take_left(rest.w / 2 - 10, 20), words::costs_reads, probe->bytes_per_second,
              bytes_text(static_cast<Uint128>(machine.bytes_per_second)) + "/s");
  draw_number(f, rest, words::costs_multiplies, probe->flops_per_second,
              flops_text(static_cast<Uint128>(machine.flops_per_second)) + "/s");
  Rect words = ridge;
  put_line(f, words.take_top(22), f.say(words::roof_ridge, {intensity_text(machine.ridge())}),
           Font::small, f.colors.text);
  put_line(f, words.take_top(22), "FLOP/B", Font::small, f.colors.muted);
}

const BenchView* bench_of(const Frame& f, BenchOf of) {
  const LabView& lab = *f.status.lab;
  const BenchView* bench = of == BenchOf::attention ? lab.attention.get() : lab.model.get();
  return bench && !bench->without_seconds.empty() && !bench->with_seconds.empty() ? bench : nullptr;
}

std::optional<RoofSides> roof_of_bench(const Frame& f, BenchOf of) {
  const BenchView* bench = bench_of(f, of);
  if (!bench || !f.status.lab->probe) return {};
  const auto sizes = sizes_of(f, of, *bench);
  if (!sizes) return {};
  const core::Machine machine = f.status.lab->probe->machine();
  const std::int64_t first = of == BenchOf::model ? std::max(1, bench->prompt_tokens) : 1;
  const std::int64_t last = first + bench->tokens - 1;
  return RoofSides{.without = seconds_of_steps(machine, *sizes, of, Side::uncached, first, last),
                   .with = seconds_of_steps(machine, *sizes, of, Side::cached, first, last)};
}

void draw_costs_bench(Frame& f, const Rect& area, BenchOf of) {
  const Phrase& name =
      of == BenchOf::attention ? words::costs_attention_bench : words::costs_model_bench;
  const BenchView* bench = bench_of(f, of);
  Rect rest = put_section(f, area, f.say(name), bench ? detail_of(f, of, *bench) : std::string());
  if (!bench) return draw_no_bench(f, rest, of);
  const int which = static_cast<int>(of);
  const std::array<BenchBar, 2> bars = {{{{.kind = PartKind::bench_bar, .a = 0, .b = which},
                                          words::side_without,
                                          bench->without_seconds,
                                          f.colors.without},
                                         {{.kind = PartKind::bench_bar, .a = 1, .b = which},
                                          words::side_with,
                                          bench->with_seconds,
                                          f.colors.with}}};
  float names = 0, figures = 0;
  for (const BenchBar& bar : bars) {
    names = std::max(names, f.width(f.say(bar.name), Font::small_bold) + 1);
    figures =
        std::max(figures, f.width(seconds_text(core::median(bar.seconds)), Font::body_bold) + 1);
  }
  const auto [height, gap] = heights_in(rest);
  for (const BenchBar& bar : bars)
    draw_bench_bar(f, rest.take_top(height, gap), bar, bench_axis(*bench),
                   {names, figures, Font::small_bold, true});
  rest.take_top(gap - 6);
  draw_ratios(f, rest.take_top(72), of, *bench);
}

}  // namespace kv::scene
