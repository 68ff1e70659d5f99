#include <fmt/format.h>

#include <algorithm>

#include "app/shell/commands/cost_table.h"
#include "app/shell/commands/decode.h"
#include "app/shell/text_table.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

using core::OpCount;
using core::Step;

constexpr const char* without = "WITHOUT CACHE";
constexpr const char* with = "WITH CACHE";

struct Totals {
  OpCount cached, uncached;
  double cached_seconds = 0, uncached_seconds = 0;
  std::uint64_t cache_bytes = 0;
  double difference = 0;
  bool all_same = true;
};

Totals totals_of(const core::Run& run) {
  Totals t;
  for (const auto& step : run.steps) {
    if (step->cached) {
      t.cached += step->cached->count;
      t.cached_seconds += step->cached->seconds;
      t.cache_bytes = step->cache_bytes;
    }
    if (!step->uncached) continue;
    t.uncached += step->uncached->cost.count;
    t.uncached_seconds += step->uncached->cost.seconds;
    if (!step->uncached->agreement) continue;
    t.difference = std::max(t.difference, step->uncached->agreement->logits);
    t.all_same = t.all_same && step->uncached->agreement->same_token;
  }
  return t;
}

std::string heading(const Decoded& decoded) {
  const core::Model& model = *decoded.opened.model;
  const core::ModelConfig& c = model.config;
  std::string out =
      fmt::format("model   {} ({}, {} layers, width {}, {} heads, {} kv heads, {} parameters)\n",
                  printable_text(model.name), core::name_of(c.family), c.layers, c.d_model, c.heads,
                  c.kv_heads, scene::grouped_text(core::parameter_count(c)));
  const auto& prompt = decoded.run.prompt;
  out += fmt::format("prompt  {} tokens:", prompt.size());
  constexpr std::size_t shown = 24;
  for (std::size_t i = 0; i < std::min(prompt.size(), shown); ++i)
    out += decoded.opened.tokenizer ? "|" + printable_text(decoded.text_of(prompt[i]))
                                    : fmt::format(" {}", prompt[i]);
  return out + (prompt.size() > shown ? " ...\n" : "\n");
}

std::string probability_text(double p) {
  return p < 0.0005 ? fmt::format("{:.1e}", p) : fmt::format("{:.3f}", p);
}

TextTable step_table(const Decoded& decoded, const Totals& totals) {
  const bool both = decoded.sides == Sides::both;
  TextTable table;
  table.columns = {{"step", Align::right},
                   {"phase"},
                   {"token", Align::right},
                   {"text", Align::left, {}, 16},
                   {"p", Align::right}};
  const auto add_side = [&](const char* group) {
    table.columns.push_back({"rows", Align::right, group});
    table.columns.push_back({"FLOPs", Align::right, group});
    table.columns.push_back({"time", Align::right, group});
  };
  if (decoded.has_uncached()) add_side(without);
  if (decoded.has_cached()) {
    add_side(with);
    table.columns.push_back({"cache", Align::right, with});
  }
  if (both) {
    table.columns.push_back({"FLOPs", Align::right, "RATIO"});
    table.columns.push_back({"time", Align::right, "RATIO"});
    table.columns.push_back({"max |diff|", Align::right, "LOGITS"});
    table.columns.push_back({"token", Align::left, "LOGITS"});
  }
  for (const auto& at : decoded.run.steps) {
    const Step& step = *at;
    std::vector<std::string> row = {fmt::format("{}", step.index),
                                    step.phase == core::Phase::prefill ? "prefill" : "decode",
                                    fmt::format("{}", step.token), decoded.text_of(step.token),
                                    probability_text(step.probability)};
    if (step.uncached)
      row.insert(row.end(), {fmt::format("{}", step.total()),
                             scene::flops_text(step.uncached->cost.count.total()),
                             scene::seconds_text(step.uncached->cost.seconds)});
    if (step.cached)
      row.insert(row.end(),
                 {fmt::format("{}", step.fresh), scene::flops_text(step.cached->count.total()),
                  scene::seconds_text(step.cached->seconds), scene::bytes_text(step.cache_bytes)});
    if (both)
      row.insert(row.end(), {ratio_text(core::to_double(step.uncached->cost.count.total()),
                                        core::to_double(step.cached->count.total())),
                             ratio_text(step.uncached->cost.seconds, step.cached->seconds),
                             fmt::format("{:.1e}", step.uncached->agreement->logits),
                             step.uncached->agreement->same_token ? "same" : "differs"});
    table.rows.push_back(std::move(row));
  }
  table.rows.emplace_back();
  std::vector<std::string> last = {"total", "", "", "", ""};
  if (decoded.has_uncached())
    last.insert(last.end(), {"", scene::flops_text(totals.uncached.total()),
                             scene::seconds_text(totals.uncached_seconds)});
  if (decoded.has_cached())
    last.insert(last.end(), {"", scene::flops_text(totals.cached.total()),
                             scene::seconds_text(totals.cached_seconds),
                             scene::bytes_text(totals.cache_bytes)});
  if (both)
    last.insert(last.end(),
                {ratio_text(core::to_double(totals.uncached.total()),
                            core::to_double(totals.cached.total())),
                 ratio_text(totals.uncached_seconds, totals.cached_seconds),
                 fmt::format("{:.1e}", totals.difference), totals.all_same ? "same" : "differs"});
  table.rows.push_back(std::move(last));
  return table;
}

}  // namespace

std::string decode_table(const Decoded& decoded) {
  const Totals totals = totals_of(decoded.run);
  std::string out = heading(decoded);
  if (decoded.opened.tokenizer) out += "text    " + printable_text(decoded.new_text()) + "\n";
  out += "\n" + to_text(step_table(decoded, totals));
  const auto side = [](bool shown, const OpCount& count) {
    return shown ? std::optional(count) : std::nullopt;
  };
  return out + "\n" +
         to_text(cost_table("FLOPs of all steps, counted",
                            side(decoded.has_uncached(), totals.uncached),
                            side(decoded.has_cached(), totals.cached)));
}

}  // namespace kv::app
