// Sizes and costs of the run shown, at its step.
#include <algorithm>
#include <array>

#include "app/logic/lesson/quantities_table.h"

namespace kv::app {

core::Result<const core::Run*> run_of(const Call& call) {
  const core::Run* run = call.source.subject.run.get();
  if (!run) return mistake(call, "no run", "one that is shown");
  const int steps = call.source.subject.steps();
  if (call.source.step < 0 || call.source.step > steps)
    return mistake(call, "step " + std::to_string(call.source.step),
                   "one of the run's, up to " + std::to_string(steps));
  return run;
}

core::Result<const core::Step*> step_of(const Call& call) {
  const auto run = run_of(call);
  if (!run) return run.error();
  if (call.source.step == 0) return mistake(call, "step 0, the prompt alone", "a later step");
  return (*run)->steps[static_cast<std::size_t>(call.source.step - 1)].get();
}

namespace {

// Rows computed by the end of the step; none before the first.
int rows_at(const core::Run& run, int step) {
  return step == 0 ? 0 : run.steps[static_cast<std::size_t>(step - 1)]->total();
}

// A number of the run and the step shown, from 0.
template <double (*number)(const core::Run& run, int step), Kind kind = Kind::count>
core::Result<Quantity> of_run(const Call& call) {
  const auto run = run_of(call);
  if (!run) return run.error();
  return quantity(kind, number(**run, call.source.step));
}

double rows(const core::Run& run, int step) { return rows_at(run, step); }
double prompt_rows(const core::Run& run, int) { return static_cast<double>(run.prompt.size()); }
double step_number(const core::Run&, int step) { return step; }
double parameters(const core::Run& run, int) {
  return core::to_double(core::parameter_count(run.model->config));
}
double bytes_per_token(const core::Run& run, int) {
  return static_cast<double>(core::cache_bytes_per_token(run.model->config));
}
double rows_again(const core::Run& run, int step) { return step < 2 ? 0 : rows_at(run, step) - 1; }
double cache_bytes(const core::Run& run, int step) {
  return step == 0
             ? 0
             : static_cast<double>(run.steps[static_cast<std::size_t>(step - 1)]->cache_bytes);
}
template <int core::ModelConfig::*size>
double size_of(const core::Run& run, int) {
  return run.model->config.*size;
}

core::Result<Quantity> times_computed(const Call& call) {
  const auto run = run_of(call);
  if (!run) return run.error();
  const int prompt = call.source.subject.prompt_tokens();
  Arguments in(call);
  // The newest token is in the text already, its row computed by the next step.
  const auto row = in.whole(0, 0, prompt + call.source.step - 1);
  if (in.error()) return *in.error();
  const auto times = rows_at(**run, call.source.step) - std::max<std::int64_t>(row, prompt - 1);
  return quantity(Kind::count, static_cast<double>(std::max<std::int64_t>(times, 0)));
}

using Series = std::vector<core::OpCount> scene::CostSeries::*;

template <Series cached, Series uncached>
core::Result<Quantity> flops(const Call& call) {
  const auto run = run_of(call);
  if (!run) return run.error();
  Arguments in(call);
  const core::Side side = in.side(0);
  const std::string_view component = in.component(1);
  const auto step = static_cast<std::size_t>(call.source.step);
  const scene::CostSeries* costs = call.source.subject.costs.get();
  if (!costs || (costs->*cached).size() <= step) in.refuse("no costs of the step", "them counted");
  if (in.error()) return *in.error();
  const auto& series = costs->*(side == core::Side::cached ? cached : uncached);
  return quantity(Kind::flops, part_of(series[step], component));
}

core::Result<const core::SideCost*> cost_of(const Call& call, core::Side side) {
  const auto step = step_of(call);
  if (!step) return step.error();
  if (side == core::Side::cached && (*step)->cached) return &*(*step)->cached;
  if (side == core::Side::uncached && (*step)->uncached) return &(*step)->uncached->cost;
  return mistake(call, "a step not computed on that side", "one that is");
}

core::Result<Quantity> weight_bytes(const Call& call) {
  Arguments in(call);
  const core::Side side = in.side(0);
  if (in.error()) return *in.error();
  const auto cost = cost_of(call, side);
  if (!cost) return cost.error();
  return quantity(Kind::bytes, static_cast<double>((*cost)->bytes.weights));
}

template <std::uint64_t core::ByteCount::*moved>
core::Result<Quantity> cache_moved(const Call& call) {
  const auto cost = cost_of(call, core::Side::cached);
  if (!cost) return cost.error();
  return quantity(Kind::bytes, static_cast<double>((*cost)->bytes.*moved));
}

using core::ModelConfig;
using scene::CostSeries;

constexpr std::array<NamedQuantity, 22> table = {
    {{"tokens", 0, 0, of_run<rows>},
     {"prompt_tokens", 0, 0, of_run<prompt_rows>},
     {"step", 0, 0, of_run<step_number>},
     {"new_tokens", 0, 0, of_run<step_number>},
     {"layers", 0, 0, of_run<size_of<&ModelConfig::layers>>},
     {"heads", 0, 0, of_run<size_of<&ModelConfig::heads>>},
     {"kv_heads", 0, 0, of_run<size_of<&ModelConfig::kv_heads>>},
     {"head_dim", 0, 0, of_run<size_of<&ModelConfig::head_dim>>},
     {"d_model", 0, 0, of_run<size_of<&ModelConfig::d_model>>},
     {"ffn", 0, 0, of_run<size_of<&ModelConfig::ffn>>},
     {"vocabulary", 0, 0, of_run<size_of<&ModelConfig::vocabulary>>},
     {"context", 0, 0, of_run<size_of<&ModelConfig::context_length>>},
     {"parameters", 0, 0, of_run<parameters>},
     {"rows_again", 0, 0, of_run<rows_again>},
     {"cache_bytes", 0, 0, of_run<cache_bytes, Kind::bytes>},
     {"cache_bytes_per_token", 0, 0, of_run<bytes_per_token, Kind::bytes>},
     {"times_computed", 1, 1, times_computed},
     {"flops", 1, 2, flops<&CostSeries::step_cached, &CostSeries::step_uncached>},
     {"flops_so_far", 1, 2, flops<&CostSeries::cached, &CostSeries::uncached>},
     {"cache_read_bytes", 0, 0, cache_moved<&core::ByteCount::cache_read>},
     {"cache_write_bytes", 0, 0, cache_moved<&core::ByteCount::cache_write>},
     {"weight_bytes", 1, 1, weight_bytes}}};

}  // namespace

std::span<const NamedQuantity> run_quantities() { return table; }

}  // namespace kv::app
