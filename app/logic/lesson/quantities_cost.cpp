// From the sizes of a model alone.
#include <array>

#include "app/logic/lesson/quantities_table.h"
#include "core/cost/growth.h"

namespace kv::app {
namespace {

// MODEL, side, component, t: one question about costs, as most of these names put it.
struct CostQuestion {
  core::ModelConfig model;
  core::Side side = core::Side::cached;
  std::string_view component;
  std::int64_t tokens = 1;
};

CostQuestion question_of(Arguments& in, std::int64_t least_tokens) {
  CostQuestion asked;
  asked.model = in.closed_form_model(0);
  asked.side = in.side(1);
  asked.component = in.component(2);
  asked.tokens = in.whole(3, least_tokens, most_tokens);
  return asked;
}

core::Uint128 step_cost(const CostQuestion& asked, std::int64_t t) {
  const bool cached = asked.side == core::Side::cached;
  return part_of(core::forward_cost(asked.model, cached ? t - 1 : 0, cached ? 1 : t),
                 asked.component);
}

core::Uint128 run_cost(const CostQuestion& asked, std::int64_t length, std::int64_t prompt = 1) {
  return part_of(core::run_cost(asked.model, asked.side, prompt, length), asked.component);
}

core::Result<Quantity> step_flops(const Call& call) {
  Arguments in(call);
  const CostQuestion asked = question_of(in, 1);
  if (in.error()) return *in.error();
  return quantity(Kind::flops, step_cost(asked, asked.tokens));
}

core::Result<Quantity> run_flops(const Call& call) {
  Arguments in(call);
  const CostQuestion asked = question_of(in, 1);
  const std::int64_t prompt = in.given(4) ? in.whole(4, 1, asked.tokens) : 1;
  if (in.error()) return *in.error();
  return quantity(Kind::flops, run_cost(asked, asked.tokens, prompt));
}

core::Result<Quantity> exponent_of(const Call& call, bool whole_run) {
  Arguments in(call);
  const CostQuestion asked = question_of(in, 2);
  if (in.error()) return *in.error();
  const std::int64_t n = asked.tokens;
  const auto cost = [&](std::int64_t t) {
    return whole_run ? run_cost(asked, t) : step_cost(asked, t);
  };
  const auto exponent = core::local_exponent(cost(n), cost(n - 1), n);
  if (!exponent) return mistake(call, "a cost of 0", "one that grows");
  return quantity(Kind::exponent, *exponent);
}

core::Result<Quantity> run_exponent(const Call& call) { return exponent_of(call, true); }
core::Result<Quantity> step_exponent(const Call& call) { return exponent_of(call, false); }

core::Result<Quantity> crossover(const Call& call) {
  Arguments in(call);
  const core::ModelConfig model = in.closed_form_model(0);
  const std::size_t which = in.choice(1, {"step", "run-cached", "run-uncached"});
  if (in.error()) return *in.error();
  const core::Crossover lengths = core::attention_crossover(model);
  const std::array<double, 3> values{lengths.per_step, lengths.run_cached, lengths.run_uncached};
  return quantity(Kind::count, values[which]);
}

core::Result<Quantity> forward_flops(const Call& call) {
  Arguments in(call);
  const core::ModelConfig model = in.closed_form_model(0);
  const auto tokens = in.whole(1, 1, most_tokens);
  const auto logits =
      in.choice(2, {"last", "all"}) == 0 ? core::LogitRows::last : core::LogitRows::all;
  if (in.error()) return *in.error();
  return quantity(Kind::flops, core::forward_cost(model, 0, tokens, logits).total());
}

core::KvDtype dtype_of(Arguments& in, std::size_t index, const NamedModel& model) {
  if (!in.given(index)) return model.preset ? core::KvDtype::f16 : core::KvDtype::f32;
  std::array<std::string_view, core::kv_dtypes.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = core::kv_dtypes[i].name;
  return core::kv_dtypes[in.choice(index, names)].dtype;
}

core::Result<Quantity> kv_bytes(const Call& call) {
  Arguments in(call);
  const NamedModel model = in.model(0);
  const auto tokens = in.whole(1, 0, most_tokens);
  const core::KvDtype dtype = dtype_of(in, 2, model);
  const std::int64_t batch = in.given(3) ? in.whole(3, 1, 1'000'000) : 1;
  if (in.error()) return *in.error();
  return quantity(Kind::bytes, core::kv_cache_bytes(model.cost, dtype, tokens, batch));
}

core::Result<Quantity> kv_values(const Call& call) {
  Arguments in(call);
  const NamedModel model = in.model(0);
  const auto tokens = in.whole(1, 0, most_tokens);
  if (in.error()) return *in.error();
  return quantity(Kind::count,
                  core::cached_values_per_token(model.cost) * static_cast<core::Uint128>(tokens));
}

template <core::Uint128 (*sum)(const core::CostConfig&), Kind kind>
core::Result<Quantity> model_sum(const Call& call) {
  Arguments in(call);
  const NamedModel model = in.model(0);
  if (in.error()) return *in.error();
  return quantity(kind, sum(model.cost));
}

template <int core::ModelConfig::*size>
core::Result<Quantity> model_size(const Call& call) {
  Arguments in(call);
  const NamedModel model = in.model(0);
  if (in.error()) return *in.error();
  return quantity(Kind::count, static_cast<double>(model.cost.model.*size));
}

using core::ModelConfig;

constexpr std::array<NamedQuantity, 16> table = {
    {{"step_flops", 4, 4, step_flops},
     {"run_flops", 4, 5, run_flops},
     {"exponent", 4, 4, run_exponent},
     {"step_exponent", 4, 4, step_exponent},
     {"crossover", 1, 2, crossover},
     {"forward_flops", 2, 3, forward_flops},
     {"kv_bytes", 2, 4, kv_bytes},
     {"kv_values", 2, 2, kv_values},
     {"model_weight_bytes", 1, 1, model_sum<core::weight_bytes, Kind::bytes>},
     {"model_parameters", 1, 1, model_sum<core::total_parameters, Kind::count>},
     {"model_layers", 1, 1, model_size<&ModelConfig::layers>},
     {"model_heads", 1, 1, model_size<&ModelConfig::heads>},
     {"model_kv_heads", 1, 1, model_size<&ModelConfig::kv_heads>},
     {"model_head_dim", 1, 1, model_size<&ModelConfig::head_dim>},
     {"model_width", 1, 1, model_size<&ModelConfig::d_model>},
     {"model_context", 1, 1, model_size<&ModelConfig::context_length>}}};

}  // namespace

std::span<const NamedQuantity> cost_quantities() { return table; }

}  // namespace kv::app
