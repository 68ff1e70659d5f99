// The chart: what both sides have cost up to so many tokens.
#include <algorithm>

#include "core/cost/growth.h"
#include "viz/scene/explain_parts.h"
#include "viz/scene/number_text.h"

namespace kv::scene {
namespace {

using core::OpCount;
using core::Side;
using core::Uint128;

Uint128 attention_of(const OpCount& count) { return count.scores + count.weighted_sum; }

// Cumulative cost after n tokens, as the chart plots it.
struct Charted {
  OpCount count;
  bool counted = false;
};
Charted charted(const Frame& f, Side side, int n) {
  if (f.view.chart.log_log) return {core::run_cost(f.config(), side, 1, n), false};
  const CostSeries& series = *f.subject.costs;
  const int step = n - f.subject.prompt_tokens() + 1;
  if (step < 0) return {};
  const auto s = static_cast<std::size_t>(step);
  if (s >= series.cached.size())
    return {core::run_cost(f.config(), side, f.subject.prompt_tokens(), n), false};
  if (side == Side::cached) return {series.cached[s], true};
  const auto counted = series.uncached_counted.begin();
  return {series.uncached[s], std::all_of(counted, counted + step + 1, [](bool b) { return b; })};
}

std::string exponent_text(const Frame& f, Side side, int n) {
  const OpCount here = core::run_cost(f.config(), side, 1, n),
                before = core::run_cost(f.config(), side, 1, n - 1);
  const auto exponent = [&](Uint128 a, Uint128 b) {
    const auto value = core::local_exponent(a, b, n);
    return value ? fmt::format("{:.2f}", *value) : std::string("\u2013");
  };
  const int component = f.view.chart.component;
  if (component >= 0) {
    const auto part = core::op_count_parts[static_cast<std::size_t>(component)].value;
    return f.say(words::ex_chart_exponent_one, {exponent(here.*part, before.*part)});
  }
  return f.say(words::ex_chart_exponent, {exponent(here.total(), before.total()),
                                          exponent(attention_of(here), attention_of(before))});
}

}  // namespace

Explanation explain_chart(const Frame& f, const PartId& part) {
  const int n = part.a, component = f.view.chart.component;
  if (n < 1) return {};
  Explanation e{.title = f.say(words::ex_chart,
                               {whole(n), f.say(component < 0 ? words::chart_total
                                                              : name_of_component(component))}),
                .value = {},
                .lines = {},
                .badge = Badge::counted};
  for (const Side side : {Side::uncached, Side::cached}) {
    const Charted c = charted(f, side, n);
    if (!c.counted) e.badge = Badge::formula;
    const Uint128 flops =
        component < 0 ? c.count.total()
                      : c.count.*core::op_count_parts[static_cast<std::size_t>(component)].value;
    e.lines.push_back(f.say(words::ex_chart_side, {side_name(f, side), grouped_text(flops)}));
    if (component < 0)
      e.lines.push_back(f.say(words::ex_chart_attention, {grouped_text(attention_of(c.count))}));
    if (f.view.chart.log_log && n >= 2) e.lines.push_back(exponent_text(f, side, n));
  }
  if (f.view.chart.log_log) e.lines.push_back(f.say(words::ex_chart_reference));
  const int step = n - f.subject.prompt_tokens() + 1;
  if (step >= 0 && step <= f.subject.steps()) e.lines.push_back(f.say(words::ex_chart_click));
  return e;
}

}  // namespace kv::scene
