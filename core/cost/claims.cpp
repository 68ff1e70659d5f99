#include "core/cost/claims.h"

#include <cassert>
#include <utility>

#include "core/cost/inference.h"
#include "core/cost/presets.h"

namespace kv::core {
namespace {

using Seconds = std::pair<double, double>;  // without, with

double figure(const char* name) {
  const PublishedFigure* found = find_published(name);
  assert(found);
  return found->value;
}

std::int64_t whole(const char* name) { return static_cast<std::int64_t>(figure(name)); }

double ratio(const OpCount& without, const OpCount& with) {
  return to_double(without.total()) / to_double(with.total());
}

InferenceSetting setting_of(const CostConfig& cost, bool causal, bool estimated) {
  return {
      .cost = cost, .dtype = KvDtype::f16, .batch = 1, .causal = causal, .estimated = estimated};
}

// The steps that have first..last tokens, the times of each by `work(setting, side, tokens)`.
template <class WorkOf>
double time_ratio(const Machine& machine, const InferenceSetting& setting, std::int64_t first,
                  std::int64_t last, WorkOf&& work) {
  double without = 0, with = 0;
  for (std::int64_t t = first; t <= last; ++t) {
    without += seconds_of(machine, work(setting, Side::uncached, t));
    with += seconds_of(machine, work(setting, Side::cached, t));
  }
  return without / with;
}

template <class WorkOf>
Claim::Roof roof_of(const Machine& machine, const CostConfig& cost, bool estimated,
                    std::int64_t first, std::int64_t last, WorkOf&& work) {
  return {.dense = time_ratio(machine, setting_of(cost, false, estimated), first, last, work),
          .causal = time_ratio(machine, setting_of(cost, true, estimated), first, last, work)};
}

// Both rooflines of a whole model over those steps.
void put_roofs(Claim& claim, const Machine& machine, const CostConfig& cost, std::int64_t first,
               std::int64_t last) {
  claim.exact = roof_of(machine, cost, false, first, last, decode_work);
  claim.estimated = roof_of(machine, cost, true, first, last, decode_work);
}

// A run from a one-token prompt.
Claim claim_of_run(ClaimId id, const Machine& machine, const char* preset, std::int64_t tokens) {
  const CostConfig& cost = find_preset(preset)->cost;
  Claim claim;
  claim.id = id;
  claim.flop_ratio = ratio(run_cost(cost.model, Side::uncached, 1, tokens),
                           run_cost(cost.model, Side::cached, 1, tokens));
  put_roofs(claim, machine, cost, 1, tokens);
  return claim;
}

Claim seven_b(const Machine& machine) {
  Claim claim = claim_of_run(ClaimId::seven_b, machine, "llama-2-7b", whole("seven-b.tokens"));
  claim.without = find_published("seven-b.without-seconds");
  claim.with = find_published("seven-b.with-seconds");
  claim.published_ratio = figure("seven-b.ratio");
  return claim;
}

// One layer of which only q, k, v and attention are there.
CostConfig script_layer() {
  ModelConfig model;
  model.layers = 1;
  model.d_model = static_cast<int>(whole("attention-script.width"));
  model.heads = model.kv_heads = static_cast<int>(whole("attention-script.heads"));
  model.head_dim = model.d_model / model.heads;
  return dense_cost_config(model);
}

bool in_script(Uint128 OpCount::*part) {
  return part != &OpCount::output && part != &OpCount::mlp && part != &OpCount::head;
}

Work script_work(const InferenceSetting& setting, Side side, std::int64_t tokens) {
  Work sum;
  for (const ComponentWork& one : component_works(setting, side, tokens))
    if (in_script(op_count_parts[static_cast<std::size_t>(one.component)].value))
      sum = sum + one.work;
  return sum;
}

double script_flops(const CostConfig& cost, Side side, std::int64_t steps) {
  const OpCount count = layer_run_cost(cost.model, side, 1, steps);
  Uint128 sum = 0;
  for (const auto& part : op_count_parts)
    if (in_script(part.value)) sum += count.*part.value;
  return to_double(sum);
}

Claim attention_script(const Machine& machine) {
  const CostConfig cost = script_layer();
  const std::int64_t steps = whole("attention-script.steps");
  Claim claim;
  claim.id = ClaimId::attention_script;
  claim.without = find_published("attention-script.without-seconds");
  claim.with = find_published("attention-script.with-seconds");
  claim.published_ratio = figure("attention-script.ratio");
  claim.flop_ratio =
      script_flops(cost, Side::uncached, steps) / script_flops(cost, Side::cached, steps);
  claim.exact = roof_of(machine, cost, false, 1, steps, script_work);
  return claim;
}

Claim eight_b(const Machine& machine) {
  const CostConfig& cost = find_preset("llama-3-8b")->cost;
  const std::int64_t tokens = whole("eight-b.tokens");
  Claim claim;
  claim.id = ClaimId::eight_b;
  claim.published_ratio = figure("eight-b.ratio");
  claim.flop_ratio =
      ratio(forward_cost(cost.model, 0, tokens), forward_cost(cost.model, tokens - 1, 1));
  put_roofs(claim, machine, cost, tokens, tokens);
  return claim;
}

Claim small_desktop(const Machine& machine) {
  Claim claim =
      claim_of_run(ClaimId::small_desktop, machine, "gpt2", whole("small-desktop.tokens"));
  claim.without = find_published("small-desktop.without");
  claim.with = find_published("small-desktop.with");
  claim.published_ratio = claim.with->value / claim.without->value;  // of speeds, not of times
  return claim;
}

}  // namespace

std::vector<Claim> claims(const Machine& machine) {
  return {seven_b(machine), attention_script(machine), eight_b(machine), small_desktop(machine)};
}

}  // namespace kv::core
