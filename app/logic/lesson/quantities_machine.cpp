// Of machines: their rooflines, what others published, and what was measured on this one.
#include <array>

#include "app/logic/lesson/quantities_table.h"
#include "core/cost/inference.h"
#include "core/cost/published.h"
#include "core/cost/roofline.h"

namespace kv::app {
namespace {

core::Machine machine_at(Arguments& in, std::size_t index) {
  return in.choice(index, {"h100", "a100"}) == 0 ? core::h100_sxm : core::a100_80gb;
}

double compute_speed(const core::Machine& machine) { return machine.flops_per_second; }
double memory_speed(const core::Machine& machine) { return machine.bytes_per_second; }
double ridge(const core::Machine& machine) { return machine.ridge(); }

template <double (*number)(const core::Machine&), Kind kind>
core::Result<Quantity> of_machine(const Call& call) {
  Arguments in(call);
  const core::Machine machine = machine_at(in, 0);
  if (in.error()) return *in.error();
  return quantity(kind, number(machine));
}

// 16-bit weights and rows, whatever the release's format; the usual estimate.
core::Result<Quantity> decode_seconds(const Call& call) {
  Arguments in(call);
  const core::ModelConfig config = in.closed_form_model(0);
  const core::Machine machine = machine_at(in, 1);
  const auto tokens = in.whole(2, 1, most_tokens);
  const core::Side side = in.side(3);
  const bool causal = in.choice(4, {"dense", "causal"}) == 1;
  if (in.error()) return *in.error();
  const core::InferenceSetting setting{.cost = core::dense_cost_config(config),
                                       .dtype = core::KvDtype::f16,
                                       .batch = 1,
                                       .causal = causal,
                                       .estimated = true};
  return quantity(Kind::seconds,
                  core::seconds_of(machine, core::decode_work(setting, side, tokens)));
}

core::Result<Quantity> intensity(const Call& call) {
  Arguments in(call);
  const auto queries = in.whole(0, 1, most_tokens);
  const auto keys = in.whole(1, 1, most_tokens);
  const std::int64_t group = in.given(2) ? in.whole(2, 1, 1'000'000) : 1;
  if (in.error()) return *in.error();
  return quantity(Kind::plain,
                  core::attention_intensity(static_cast<double>(queries), static_cast<double>(keys),
                                            static_cast<double>(group)));
}

Kind kind_of_unit(std::string_view unit) {
  if (unit == "seconds") return Kind::seconds;
  if (unit == "ratio") return Kind::ratio;
  if (unit == "flops") return Kind::flops;
  if (unit == "bytes") return Kind::bytes;
  return unit == "percent" || unit == "tokens_per_second" ? Kind::plain : Kind::count;
}

core::Result<Quantity> published(const Call& call) {
  Arguments in(call);
  const std::string name = in.text(0);
  if (in.error()) return *in.error();
  const core::PublishedFigure* figure = core::find_published(name);
  if (!figure) return mistake(call, "'" + name + "'", "a published figure's name");
  return quantity(kind_of_unit(figure->unit), figure->value);
}

core::Result<Quantity> pages(const Call& call) {
  Arguments in(call);
  const double tokens = in.number(0);
  if (in.error()) return *in.error();
  const double per_token =
      core::find_published("pages.count")->value / core::find_published("pages.tokens")->value;
  return quantity(Kind::count, tokens * per_token);
}

core::Result<Quantity> bench(const Call& call) {
  Arguments in(call);
  const std::size_t which = in.choice(0, {"uncached", "cached", "ratio", "flop_ratio"});
  if (in.error()) return *in.error();
  const core::SideTimes* times = call.source.bench.get();
  if (!times) return mistake(call, "no measurement yet", "the bench to have run");
  switch (which) {
    case 0:
      return quantity(Kind::seconds, times->without_seconds());
    case 1:
      return quantity(Kind::seconds, times->with_seconds());
    case 2:
      return quantity(Kind::ratio, times->ratio());
    default:
      return quantity(Kind::ratio, times->flop_ratio());
  }
}

constexpr std::array<NamedQuantity, 8> table = {
    {{"machine_flops", 1, 1, of_machine<compute_speed, Kind::flops>},
     {"machine_bandwidth", 1, 1, of_machine<memory_speed, Kind::bytes>},
     {"machine_ridge", 1, 1, of_machine<ridge, Kind::plain>},
     {"decode_seconds", 4, 5, decode_seconds},
     {"intensity", 2, 3, intensity},
     {"published", 1, 1, published},
     {"pages", 1, 1, pages},
     {"bench", 1, 1, bench}}};

}  // namespace

std::span<const NamedQuantity> machine_quantities() { return table; }

}  // namespace kv::app
