#include "viz/scene/explain_costs_times.h"

#include <algorithm>
#include <array>

#include "core/bench/side_times.h"
#include "viz/scene/explain_parts.h"
#include "viz/scene/number_text.h"
#include "viz/scene/views/costs_parts.h"
#include "viz/scene/views/roofline_plot.h"

namespace kv::scene {
namespace {

using core::Side;
using core::Uint128;

std::string flops_of(double flops) { return flops_text(static_cast<Uint128>(flops)); }
std::string bytes_of(double bytes) { return bytes_text(static_cast<Uint128>(bytes)); }

bool covered(const Frame& f) { return core::has_closed_form(f.view.scenario.sizes); }

// Whose figure it is, and of what.
std::string source_of(const Frame& f, core::ClaimId claim) {
  switch (claim) {
    case core::ClaimId::seven_b:
      return f.say(words::costs_src_seven,
                   {figure_text("seven-b.without-seconds"), figure_text("seven-b.with-seconds"),
                    figure_text("seven-b.runs")});
    case core::ClaimId::attention_script:
      return f.say(words::costs_src_script,
                   {figure_text("attention-script.without-seconds"),
                    figure_text("attention-script.with-seconds"),
                    figure_text("attention-script.width"), figure_text("attention-script.heads")});
    case core::ClaimId::eight_b:
      return f.say(words::costs_src_eight);
    case core::ClaimId::small_desktop:
      break;
  }
  return f.say(words::costs_src_desktop);
}

}  // namespace

Explanation explain_roof_point(const Frame& f, const PartId& part) {
  const auto machine = costs_machine(f);
  if (!machine || !covered(f) || part.a < 0 || part.a > 2) return {};
  const Scenario& s = f.view.scenario;
  const RoofWorks works = roof_works(f, inference_of(s), s.tokens);
  const RoofWork& point = works[static_cast<std::size_t>(part.a)];
  const core::Work& work = point.work;
  const core::Machine& m = machine->machine;
  return {.title = f.say(point.name) + " \u00B7 " + machine->name,
          .value = long_seconds_text(point.seconds(m)),
          .lines = {f.say(words::costs_ex_compute,
                          {flops_of(work.flops), flops_of(m.flops_per_second) + "/s",
                           long_seconds_text(work.flops / m.flops_per_second)}),
                    f.say(words::costs_ex_move,
                          {bytes_of(work.bytes), bytes_of(m.bytes_per_second) + "/s",
                           long_seconds_text(work.bytes / m.bytes_per_second)}),
                    f.say(words::costs_ex_longer),
                    f.say(words::costs_ex_intensity,
                          {intensity_text(work.intensity()), intensity_text(m.ridge())})},
          .badge = Badge::formula};
}

Explanation explain_bound(const Frame& f, const PartId& part) {
  const auto machine = costs_machine(f);
  if (!machine || !covered(f) || part.a < 0 ||
      part.a >= static_cast<int>(core::op_count_parts.size()))
    return {};
  const Scenario& s = f.view.scenario;
  Explanation e{
      .title = f.say(name_of_component(part.a)), .value = {}, .lines = {}, .badge = Badge::formula};
  bool made = false;
  for (const Side side : {Side::cached, Side::uncached}) {
    const core::Work work =
        core::component_works(inference_of(s), side, s.tokens)[static_cast<std::size_t>(part.a)]
            .work;
    made = made || work.bytes <= 0;
    e.lines.push_back(f.say(words::costs_ex_side_work,
                            {side_name(f, side), flops_of(work.flops), bytes_of(work.bytes),
                             long_seconds_text(core::seconds_of(machine->machine, work))}));
  }
  if (made) e.lines.push_back(f.say(words::costs_ex_made_here));
  e.lines.push_back(f.say(words::costs_ex_apart));
  return e;
}

Explanation explain_speed(const Frame& f, const PartId& part) {
  const auto machine = costs_machine(f);
  if (!machine || !covered(f) || part.b < 0) return {};
  const Scenario& s = f.view.scenario;
  const PlotAxes axes = speed_axes(s, machine->machine, {0, 0, 1000, 1000});
  const std::int64_t tokens = speed_tokens(axes, part);
  Explanation e{.title = f.say(words::costs_ex_speed, {whole(tokens)}),
                .value = {},
                .lines = {},
                .badge = Badge::formula};
  std::array<double, 2> speeds{};
  for (const Side side : {Side::cached, Side::uncached}) {
    const double speed = core::tokens_per_second(machine->machine, inference_of(s), side, tokens);
    speeds[static_cast<std::size_t>(side)] = speed;
    e.lines.push_back(
        f.say(words::costs_ex_speed_side, {side_name(f, side), fmt::format("{:.3g}", speed)}));
  }
  e.value = times_text(speeds[0] / speeds[1]);
  return e;
}

Explanation explain_claim(const Frame& f, const PartId& part) {
  const auto machine = costs_machine(f);
  if (!machine || part.a < 0 || part.a > static_cast<int>(core::ClaimId::small_desktop)) return {};
  const auto claims = core::claims(machine->machine);
  const auto found =
      std::ranges::find(claims, static_cast<core::ClaimId>(part.a), &core::Claim::id);
  if (found == claims.end()) return {};
  Explanation e{
      .title = name_of_claim(f, found->id),
      .value = published_text(*found) + " \u00B7 " + f.say(words::published),
      .lines = {source_of(f, found->id),
                f.say(words::costs_ex_claim_flops, {times_text(found->flop_ratio)}),
                f.say(words::costs_ex_claim_exact, {machine->name, times_text(found->exact.dense),
                                                    times_text(found->exact.causal)})},
      .badge = Badge::none};
  if (const auto& estimated = found->estimated)
    e.lines.push_back(f.say(words::costs_ex_claim_estimate,
                            {times_text(estimated->dense), times_text(estimated->causal)}));
  if (found->exact.dense < 0.995) e.lines.push_back(f.say(words::costs_ex_claim_below));
  e.lines.push_back(reason_of(f, *found));
  return e;
}

Explanation explain_bench(const Frame& f, const PartId& part) {
  if (part.a < 0 || part.a > 1 || part.b < 0 || part.b > 1) return {};
  const auto of = static_cast<BenchOf>(part.b);
  const BenchView* bench = bench_of(f, of);
  if (!bench) return {};
  const Side side = part.a == 0 ? Side::uncached : Side::cached;
  const auto& seconds = part.a == 0 ? bench->without_seconds : bench->with_seconds;
  const auto [least, most] = std::ranges::minmax(seconds);
  Explanation e{
      .title = f.say(of == BenchOf::attention ? words::costs_attention_bench
                                              : words::costs_model_bench) +
               " \u00B7 " + side_name(f, side),
      .value = long_seconds_text(core::median(seconds)),
      .lines = {f.say(words::costs_ex_rounds, {whole(static_cast<std::int64_t>(seconds.size())),
                                               long_seconds_text(least), long_seconds_text(most)})},
      .badge = Badge::measured};
  if (const auto roof = roof_of_bench(f, of))
    e.lines.push_back(f.say(words::costs_ex_roof_says,
                            {long_seconds_text(part.a == 0 ? roof->without : roof->with)}));
  return e;
}

}  // namespace kv::scene
