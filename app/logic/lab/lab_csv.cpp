#include "app/logic/lab/lab_csv.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "app/logic/csv.h"
#include "core/cost/cache_kinds.h"
#include "core/cost/claims.h"
#include "core/cost/growth.h"
#include "core/cost/inference.h"
#include "viz/scene/views/growth_chart.h"

namespace kv::app {
namespace {

using scene::LabPage;
using scene::Scenario;

constexpr std::array<const char*, 3> way_names = {"with", "without", "padded"};
constexpr std::array<const char*, scene::cost_part_count> part_names = {
    "total", "all",    "attention",    "rest",   "q",   "k",
    "v",     "scores", "weighted_sum", "output", "mlp", "head"};
constexpr std::array<const char*, 4> kind_names = {"multi_head", "grouped_query", "multi_query",
                                                   "latent"};
constexpr std::array<const char*, 4> claim_names = {"seven_b", "attention_script", "eight_b",
                                                    "small_desktop"};

const char* way_name(core::Baseline baseline) {
  return way_names[static_cast<std::size_t>(baseline)];
}
core::Baseline baseline_of(core::Side side) {
  return side == core::Side::cached ? core::Baseline::with_cache : core::Baseline::without_cache;
}

class Table {
 public:
  void row(std::string what, std::string_view way, std::int64_t tokens, std::string value,
           std::string_view unit, std::string_view source) {
    const std::array<std::string, 6> fields = {
        std::move(what),  std::string(way),  tokens > 0 ? std::to_string(tokens) : "",
        std::move(value), std::string(unit), std::string(source)};
    text_ += csv_row(fields);
  }
  void row(std::string what, std::string_view way, std::int64_t tokens, double value,
           std::string_view unit, std::string_view source) {
    row(std::move(what), way, tokens, fmt::format("{:.6g}", value), unit, source);
  }
  std::string take() { return "what,way,tokens,value,unit,source\n" + std::move(text_); }

 private:
  std::string text_;
};

// Along a logarithmic axis, both ends included.
std::vector<std::int64_t> lengths_of(std::int64_t first, std::int64_t last) {
  constexpr int points = 60;
  std::vector<std::int64_t> lengths;
  for (int i = 0; i <= points; ++i) {
    const double share = static_cast<double>(i) / points;
    const auto n = static_cast<std::int64_t>(
        std::llround(static_cast<double>(first) *
                     std::pow(static_cast<double>(last) / static_cast<double>(first), share)));
    if (lengths.empty() || n > lengths.back()) lengths.push_back(n);
  }
  return lengths;
}

void add_curves(Table& table, const Scenario& s, const scene::LabView& view) {
  if (!core::has_closed_form(s.sizes)) return;
  const std::string prefix = s.extent == scene::Extent::step ? "step " : "run ";
  for (const scene::GrowthCurve& curve : scene::curves_of(s)) {
    const std::string name = prefix + part_names[static_cast<std::size_t>(curve.part)];
    const char* way = way_name(curve.baseline);
    for (const std::int64_t n : lengths_of(s.prompt, s.tokens)) {
      table.row(name, way, n, core::to_string(scene::cost_at(s, curve, n)), "FLOP", "formula");
      if (const auto exponent = scene::exponent_at(s, curve, n))
        table.row(name + " exponent", way, n, *exponent, "", "formula");
    }
    if (!view.executed) continue;
    for (const core::ExecutedPoint& point : view.executed->points) {
      if (point.tokens > s.tokens) break;
      if (curve.baseline == core::Baseline::padded && !view.executed->padded) break;
      const core::Executed& side = point.sides[static_cast<std::size_t>(curve.baseline)];
      const core::OpCount& count = s.extent == scene::Extent::step ? side.step : side.run;
      table.row(
          name, way, point.tokens,
          core::to_string(scene::cost_of(count, curve.part) * static_cast<core::Uint128>(s.batch)),
          "FLOP", "counted");
    }
  }
  const core::Crossover crossover = core::attention_crossover(s.sizes.model);
  table.row("crossover per step", "", 0, crossover.per_step, "tokens", "formula");
  table.row("crossover of the run", "with", 0, crossover.run_cached, "tokens", "formula");
  table.row("crossover of the run", "without", 0, crossover.run_uncached, "tokens", "formula");
}

void add_memory(Table& table, const Scenario& s) {
  const auto bytes = [&](core::Uint128 value) { return core::to_string(value); };
  table.row("cache", "with", s.tokens,
            bytes(core::kv_cache_bytes(s.sizes, s.dtype, s.tokens, s.batch)), "B", "formula");
  table.row("cache per token of one sequence", "with", 1,
            bytes(core::kv_cache_bytes(s.sizes, s.dtype, 1)), "B", "formula");
  table.row("weights in 16 bits", "", 0, bytes(2 * core::total_parameters(s.sizes)), "B",
            "formula");
  for (const core::CacheKind kind : core::cache_kinds)
    table.row(std::string("cache as ") + kind_names[static_cast<std::size_t>(kind)], "with",
              s.tokens, bytes(core::cache_bytes_of(s.sizes, kind, s.dtype, s.tokens, s.batch)), "B",
              "formula");
}

std::optional<core::Machine> machine_of(const Scenario& s, const scene::LabView& view) {
  if (s.machine == "here") return view.probe ? std::optional(view.probe->machine()) : std::nullopt;
  return s.machine == "a100" ? core::a100_80gb : core::h100_sxm;
}

void add_work(Table& table, const core::Machine& machine, const std::string& what,
              std::string_view way, std::int64_t tokens, const core::Work& work) {
  table.row(what + " computes", way, tokens, work.flops, "FLOP", "formula");
  table.row(what + " moves", way, tokens, work.bytes, "B", "formula");
  table.row(what + " time", way, tokens, core::seconds_of(machine, work), "s", "formula");
}

void add_roofline(Table& table, const Scenario& s, const scene::LabView& view) {
  const auto machine = machine_of(s, view);
  if (!machine || !core::has_closed_form(s.sizes)) return;
  const core::InferenceSetting setting{
      .cost = s.sizes, .dtype = s.dtype, .batch = s.batch, .causal = s.causal};
  add_work(table, *machine, "prefill", "", s.tokens, core::prefill_work(setting, s.tokens));
  for (const core::Side side : {core::Side::cached, core::Side::uncached}) {
    const char* way = way_name(baseline_of(side));
    add_work(table, *machine, "decode step", way, s.tokens,
             core::decode_work(setting, side, s.tokens));
    for (const auto& part : core::component_works(setting, side, s.tokens))
      add_work(table, *machine, core::op_count_parts[static_cast<std::size_t>(part.component)].name,
               way, s.tokens, part.work);
    for (const std::int64_t n : lengths_of(1, s.tokens))
      table.row("speed", way, n, core::tokens_per_second(*machine, setting, side, n), "tokens/s",
                "formula");
  }
  for (const core::Claim& claim : core::claims(*machine)) {
    const std::string name = claim_names[static_cast<std::size_t>(claim.id)];
    table.row(name + " without / with", "", 0, claim.published_ratio, "times", "published");
    table.row(name + " FLOPs without / with", "", 0, claim.flop_ratio, "times", "formula");
    table.row(name + " roofline, dense", "", 0, claim.exact.dense, "times", "formula");
    table.row(name + " roofline, causal", "", 0, claim.exact.causal, "times", "formula");
    if (!claim.estimated) continue;
    table.row(name + " estimate, dense", "", 0, claim.estimated->dense, "times", "formula");
    table.row(name + " estimate, causal", "", 0, claim.estimated->causal, "times", "formula");
  }
}

void add_bench(Table& table, const std::string& what, const scene::BenchView* bench) {
  if (!bench) return;
  for (const double seconds : bench->without_seconds)
    table.row(what, "without", bench->tokens, seconds, "s", "measured");
  for (const double seconds : bench->with_seconds)
    table.row(what, "with", bench->tokens, seconds, "s", "measured");
  table.row(what + " time ratio", "", bench->tokens, bench->ratio, "times", "measured");
  table.row(what + " FLOP ratio", "", bench->tokens, bench->flop_ratio, "times", "counted");
}

void add_machine(Table& table, const scene::LabView& view) {
  if (view.probe) {
    for (const double rate : view.probe->bytes_per_second)
      table.row("reading memory", "", 0, rate, "B/s", "measured");
    for (const double rate : view.probe->flops_per_second)
      table.row("matrix product", "", 0, rate, "FLOP/s", "measured");
  }
  add_bench(table, "attention", view.attention.get());
  add_bench(table, "model", view.model.get());
  if (!view.model_growth) return;
  for (const core::ExecutedPoint& point : view.model_growth->points)
    for (const core::Baseline way : {core::Baseline::with_cache, core::Baseline::without_cache}) {
      const core::Executed& side = point.sides[static_cast<std::size_t>(way)];
      table.row("step time", way_name(way), point.tokens, side.step_seconds, "s", "measured");
      table.row("step FLOPs", way_name(way), point.tokens, core::to_string(side.step.total()),
                "FLOP", "counted");
    }
}

}  // namespace

std::string lab_csv(const Scenario& scenario, const scene::LabView& view) {
  Table table;
  switch (scenario.page) {
    case LabPage::curves:
    case LabPage::draw:
      add_curves(table, scenario, view);
      break;
    case LabPage::memory:
      add_memory(table, scenario);
      break;
    case LabPage::roofline:
      add_roofline(table, scenario, view);
      break;
    case LabPage::machine:
      add_machine(table, view);
      break;
    case LabPage::drill:
      return {};
  }
  return table.take();
}

}  // namespace kv::app
