// What the work costs: components, sums, both sides beside each other.
#include <algorithm>
#include <cmath>

#include "viz/scene/explain_parts.h"
#include "viz/scene/number_text.h"

namespace kv::scene {
namespace {

using core::OpCount;
using core::Side;
using core::Uint128;

enum Component { q, k, v, scores, weighted_sum, output, mlp, head };

Badge badge_of(bool counted) { return counted ? Badge::counted : Badge::formula; }

std::string flop_text(Uint128 flops) { return grouped_text(flops) + " FLOP"; }

// The shapes that are multiplied, and the formula with this step's numbers in it.
void add_formula(const Frame& f, Side side, int component, Explanation& e) {
  const auto& c = f.config();
  const StepRows rows = rows_of(f, side);
  const std::string m = whole(rows.fresh), t = whole(rows.total), d = whole(c.d_model),
                    L = whole(c.layers);
  const auto product = [&](const std::string& from, const std::string& to,
                           const std::string& count) {
    e.lines.push_back(f.say(words::ex_product, {count, from, from, to}));
  };
  const auto layers = [&](const std::string& from, const std::string& to) {
    product(from, to, m);
    e.lines.push_back(f.say(words::ex_product_layers, {m, from, to, L}));
  };
  const auto heads = [&](const std::string& from, const std::string& to) {
    product(from, to, m);
    e.lines.push_back(f.say(words::ex_product_heads, {m, from, to, whole(c.heads), L}));
  };
  switch (component) {
    case q:
      return layers(d, whole(c.q_width()));
    case k:
    case v:
      return layers(d, whole(c.kv_width()));
    case output:
      return layers(whole(c.q_width()), d);
    case scores:
      return heads(whole(c.head_dim), t);
    case weighted_sum:
      return heads(t, whole(c.head_dim));
    case mlp:
      product(d, whole(c.ffn), m);
      e.lines.push_back(
          f.say(words::ex_product_mlp, {m, d, whole(c.ffn), c.gated_mlp() ? "3" : "2", L}));
      return;
    default:
      product(d, whole(c.vocabulary), "1");
      e.lines.push_back("2 \u00D7 1 \u00D7 " + d + " \u00D7 " + whole(c.vocabulary));
      e.lines.push_back(f.say(words::ex_last_row));
  }
}

std::string percent_text(Uint128 part, Uint128 all) {
  const double share = 100 * core::to_double(part) / core::to_double(all);
  return fmt::format("{:.{}f}", share, share < 9.95 ? 1 : 0);
}

void add_parts(const Frame& f, const OpCount& count, Explanation& e) {
  for (int i = 0; i < static_cast<int>(core::op_count_parts.size()); ++i)
    e.lines.push_back(
        f.say(words::ex_part,
              {f.say(name_of_component(i)),
               grouped_text(count.*core::op_count_parts[static_cast<std::size_t>(i)].value)}));
  const Uint128 masked = count.scores_masked + count.weighted_sum_masked;
  if (masked > 0) e.lines.push_back(f.say(words::ex_of_which_masked, {grouped_text(masked)}));
  e.lines.push_back(f.say(words::ex_elementwise, {grouped_text(count.other)}));
}

// What that side's step really took; null while it has not been run.
const core::SideCost* cost_of(const core::Step& step, Side side) {
  if (side == Side::cached) return step.cached ? &*step.cached : nullptr;
  return step.uncached ? &step.uncached->cost : nullptr;
}

}  // namespace

Explanation explain_component(const Frame& f, const PartId& part) {
  if (!step_of(f) || part.a < 0 || part.a >= static_cast<int>(core::op_count_parts.size()))
    return {};
  const SideCosts costs = costs_of(f, part.side);
  const Uint128 flops = costs.step.*core::op_count_parts[static_cast<std::size_t>(part.a)].value;
  Explanation e{.title = f.say(words::ex_component,
                               {f.say(name_of_component(part.a)), side_name(f, part.side)}),
                .value = flop_text(flops),
                .lines = {},
                .badge = badge_of(costs.counted)};
  add_formula(f, part.side, part.a, e);
  e.lines.back() += part.a == head ? "" : " = " + flop_text(flops);
  if (part.a == scores)
    e.lines.push_back(f.say(words::ex_of_which_masked, {grouped_text(costs.step.scores_masked)}));
  if (part.a == weighted_sum)
    e.lines.push_back(
        f.say(words::ex_of_which_masked, {grouped_text(costs.step.weighted_sum_masked)}));
  if (costs.step.total() > 0)
    e.lines.push_back(f.say(words::ex_share_of_step, {percent_text(flops, costs.step.total())}));
  e.lines.push_back(f.say(words::ex_multiply_add));
  return e;
}

Explanation explain_step_flops(const Frame& f, const PartId& part) {
  const core::Step* step = step_of(f);
  if (!step) return {};
  const SideCosts costs = costs_of(f, part.side);
  Explanation e{.title = f.say(words::ex_step_flops, {side_name(f, part.side)}),
                .value = flop_text(costs.step.total()),
                .lines = {},
                .badge = badge_of(costs.counted)};
  add_parts(f, costs.step, e);
  if (const core::SideCost* cost = cost_of(*step, part.side)) {
    e.lines.push_back(f.say(words::ex_step_bytes,
                            {bytes_text(cost->bytes.weights), bytes_text(cost->bytes.cache_read),
                             bytes_text(cost->bytes.cache_write)}));
    if (cost->seconds > 0)
      e.lines.push_back(f.say(words::ex_step_seconds, {seconds_text(cost->seconds)}));
  } else {
    e.lines.push_back(f.say(words::ex_pending));
  }
  return e;
}

Explanation explain_total_flops(const Frame& f, const PartId& part) {
  if (!step_of(f)) return {};
  const SideCosts costs = costs_of(f, part.side);
  const auto& counted = f.subject.costs->uncached_counted;
  const bool all =
      part.side == Side::cached ||
      std::all_of(counted.begin(), counted.begin() + f.moment.step + 1, [](bool b) { return b; });
  Explanation e{
      .title = f.say(words::ex_total_flops, {whole(f.moment.step), side_name(f, part.side)}),
      .value = flop_text(costs.total.total()),
      .lines = {},
      .badge = badge_of(all)};
  add_parts(f, costs.total, e);
  if (!all) e.lines.push_back(f.say(words::ex_some_formula));
  return e;
}

Explanation explain_side(const Frame& f, const PartId& part) {
  const StepRows rows = rows_of(f, part.side);
  Explanation e{
      .title = f.say(part.side == Side::cached ? words::with_title : words::without_title),
      .value = {},
      .lines = {},
      .badge = Badge::none};
  if (rows.total > 0) e.value = f.say(words::ex_forward, {whole(rows.past), whole(rows.fresh)});
  e.lines.push_back(f.say(words::ex_same_function));
  return e;
}

Explanation explain_masked_note(const Frame& f, const PartId& part) {
  const StepRows rows = rows_of(f, part.side);
  if (rows.total == 0) return {};
  const SideCosts costs = costs_of(f, part.side);
  const std::int64_t n = rows.fresh;
  return {.title = f.say(words::ex_masked_note, {whole(n), whole(rows.total)}),
          .value = f.say(words::ex_masked_count, {whole(n), whole(n), whole(n * (n - 1) / 2)}),
          .lines = {f.say(words::ex_masked_flops, {grouped_text(costs.step.scores_masked),
                                                   grouped_text(costs.step.weighted_sum_masked)})},
          .badge = badge_of(costs.counted)};
}

Explanation explain_ratio(const Frame& f) {
  const core::Step* step = step_of(f);
  if (!step) return {};
  const SideCosts without = costs_of(f, Side::uncached), with = costs_of(f, Side::cached);
  Explanation e{.title = f.say(words::ex_ratio),
                .value = flops_text(without.step.total()) + " / " + flops_text(with.step.total()) +
                         " = " + ratio_text(without.step.total(), with.step.total()),
                .lines = {},
                .badge = badge_of(without.counted)};
  if (step->past == 0) e.lines.push_back(f.say(words::ex_ratio_prefill));
  e.lines.push_back(f.say(words::ex_ratio_total,
                          {flops_text(without.total.total()), flops_text(with.total.total()),
                           ratio_text(without.total.total(), with.total.total())}));
  const core::SideCost *a = cost_of(*step, Side::uncached), *b = cost_of(*step, Side::cached);
  if (a && b && a->seconds > 0 && b->seconds > 0) {
    const double ratio = a->seconds / b->seconds;
    e.lines.push_back(
        f.say(words::ex_ratio_time, {seconds_text(a->seconds), seconds_text(b->seconds),
                                     fmt::format("{:.{}f}\u00D7", ratio, ratio < 10 ? 2 : 1)}));
  }
  e.lines.push_back(f.say(words::ex_ratio_note));
  return e;
}

Explanation explain_cache_bytes(const Frame& f) {
  const core::Step* step = step_of(f);
  if (!step) return {};
  const auto& c = f.config();
  const std::string bytes = grouped_text(step->cache_bytes);
  Explanation e{
      .title = f.say(words::ex_bytes, {whole(step->total())}),
      .value = bytes + " B" +
               (step->cache_bytes >= 1000 ? " = " + bytes_text(step->cache_bytes) + " = " +
                                                binary_bytes_text(step->cache_bytes)
                                          : std::string()),
      .lines = {},
      .badge = Badge::counted};
  e.lines.push_back(
      f.say(words::ex_bytes_formula,
            {whole(c.layers), whole(c.kv_heads), whole(c.head_dim), whole(step->total()), bytes}));
  e.lines.push_back(f.say(words::ex_bytes_factors, {whole(c.head_dim)}));
  if (c.kv_heads < c.heads)
    e.lines.push_back(
        f.say(words::ex_bytes_grouped, {whole(c.heads), whole(c.heads / c.kv_heads)}));
  e.lines.push_back(f.say(words::ex_bytes_linear, {grouped_text(core::cache_bytes_per_token(c))}));
  e.lines.push_back(f.say(words::ex_bytes_without));
  return e;
}

Explanation explain_agreement(const Frame& f) {
  const core::Step* step = step_of(f);
  if (!step) return {};
  Explanation e{.title = f.say(words::ex_agreement), .value = {}, .lines = {}};
  if (!step->uncached || !step->uncached->agreement) {
    e.lines.push_back(f.say(words::ex_check_pending));
    return e;
  }
  const core::Agreement& a = *step->uncached->agreement;
  e.value = value_text(a.logits);
  e.badge = Badge::measured;
  e.lines.push_back(f.say(words::ex_agreement_scale, {value_text(a.largest_logit)}));
  e.lines.push_back(f.say(words::ex_agreement_rows, {value_text(a.keys), value_text(a.values)}));
  e.lines.push_back(f.say(a.logits > 0 ? words::ex_agreement_why : words::ex_agreement_zero));
  return e;
}

Explanation explain_same_token(const Frame& f) {
  const core::Step* step = step_of(f);
  if (!step) return {};
  if (!step->uncached || !step->uncached->agreement)
    return {.title = f.say(words::ex_check_pending), .value = {}, .lines = {}};
  if (!step->uncached->agreement->same_token)
    return {.title = f.say(words::ex_other_token),
            .value = {},
            .lines = {f.say(words::ex_other_token_why)},
            .badge = Badge::measured};
  // What both would choose is the model's choice, even where a person took another token.
  if (step->forced)
    return {.title = f.say(words::same_token_yes),
            .value = {},
            .lines = {f.say(words::chosen_by_hand)},
            .badge = Badge::measured};
  return {.title = f.say(words::ex_same_token, {token_name(f, step->position)}),
          .value = {},
          .lines = {},
          .badge = Badge::measured};
}

}  // namespace kv::scene
