#include "app/shell/commands/bench.h"

#include <fmt/format.h>

#include "app/shell/commands/cost_table.h"
#include "app/shell/interrupt.h"
#include "app/shell/json_writer.h"
#include "app/shell/memory.h"
#include "app/shell/outcome.h"
#include "app/shell/progress_bar.h"
#include "app/shell/text_table.h"
#include "core/base/memory_need.h"
#include "core/bench/side_times.h"
#include "core/run/run.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

using core::SideTimes;

std::string bench_json(const SideTimes& times, int threads) {
  std::string out;
  JsonWriter json(out);
  const auto write_times = [&](const char* key, const std::vector<double>& seconds) {
    json.key(key);
    json.begin_array();
    for (const double value : seconds) json.value(value);
    json.end_array();
  };
  json.begin_object();
  write_times("without_cache_seconds", times.without_cache);
  write_times("with_cache_seconds", times.with_cache);
  json.member("ratio", times.ratio());
  json.member("flop_ratio", times.flop_ratio());
  json.member("threads", threads);
  json.member("max_abs_difference", times.max_abs_difference);
  json.end_object();
  return out;
}

// What was published for this very work, and what is known of how it was measured.
constexpr const char* published_title = "published, bf16";
constexpr double published_without = 1.9059, published_with = 0.1579;
constexpr const char* published_note =
    "published: one layer 4096 wide, 32 heads of 128, 128 steps; machine not stated; the uncached\n"
    "side was timed first and without a warm-up; no mask, no output projection.\n";

std::string times_table(const SideTimes& times, int threads, bool beside_published) {
  const auto spread = [](const std::vector<double>& seconds) {
    const auto [least, most] = std::ranges::minmax(seconds);
    return fmt::format("{} to {}", scene::seconds_text(least), scene::seconds_text(most));
  };
  TextTable table;
  table.columns = {
      {""}, {"WITHOUT CACHE", Align::right}, {"WITH CACHE", Align::right}, {"ratio", Align::right}};
  table.rows = {{fmt::format("time, median of {}", times.with_cache.size()),
                 scene::seconds_text(times.without_seconds()),
                 scene::seconds_text(times.with_seconds()), ratio_text(times.ratio(), 1)},
                {"time, least to most", spread(times.without_cache), spread(times.with_cache), ""},
                {"FLOPs, counted", scene::flops_text(times.without_count.total()),
                 scene::flops_text(times.with_count.total()), ratio_text(times.flop_ratio(), 1)},
                {"FLOPs per second",
                 scene::flops_text(static_cast<core::Uint128>(
                     core::to_double(times.without_count.total()) / times.without_seconds())) +
                     "/s",
                 scene::flops_text(static_cast<core::Uint128>(
                     core::to_double(times.with_count.total()) / times.with_seconds())) +
                     "/s",
                 ""}};
  if (beside_published)
    table.rows.push_back({published_title, scene::seconds_text(published_without),
                          scene::seconds_text(published_with),
                          ratio_text(published_without, published_with)});
  return to_text(table) + fmt::format("threads: {}; largest |difference| of the results: {:.1e}\n",
                                      threads, times.max_abs_difference);
}

int report(const core::Result<SideTimes>& times, const std::string& title, int threads, bool json,
           bool beside_published) {
  if (interrupted()) return exit_interrupted;
  if (!times) return fail(times.error());
  if (!core::sides_agree(*times))
    return fail(
        {core::ErrorKind::internal,
         fmt::format("the two sides disagree: largest |difference| {:.3e}, expected at most "
                     "{:.3e}",
                     times->max_abs_difference, 1e-4 * times->max_abs_value)});
  if (json) return print(bench_json(*times, threads));
  return print(title + times_table(*times, threads, beside_published) +
               (beside_published ? published_note : ""));
}

// The weights' own need is judged by whoever loads them.
core::Status check_room(const std::string& name, const core::ModelConfig& config, int rows) {
  const std::uint64_t weights = core::model_bytes(config), memory = available_memory_bytes();
  if (weights > memory) return {};
  return core::check_memory(core::quoted(name), core::decode_bytes(config, rows, true),
                            memory - weights, "fewer --tokens");
}

}  // namespace

core::Result<OpenedModel> open_for_bench(const std::string& name, int rows) {
  auto source = open_source(name);
  if (!source) return source.error();
  if (rows > source->config.context_length)
    return core::Error{core::ErrorKind::usage,
                       fmt::format("context: found {} positions to compute, expected at most {}",
                                   rows, source->config.context_length)};
  if (auto error = check_room(name, source->config, rows)) return *error;
  return load_weights(*std::move(source));
}

int bench_attention(const BenchAttentionOptions& options) {
  const core::AttentionBench bench{options.width, options.heads, options.steps};
  if (auto error =
          core::check_memory("bench attention", core::attention_bench_bytes(bench),
                             available_memory_bytes(), "a smaller --width or fewer --steps"))
    return fail(*error);
  ThreadPool pool(options.threads);
  ProgressBar bar("timing");
  const auto times = core::time_attention(bench, {&pool, bar.part(0, 1)});
  const std::string title = fmt::format(
      "one attention layer: width {}, {} heads, {} steps from the first token, float32\n",
      options.width, options.heads, options.steps);
  return report(times, title, options.threads, options.json,
                options.width == 4096 && options.heads == 32 && options.steps == 128);
}

int bench_model(const BenchModelOptions& options) {
  const auto opened = open_for_bench(options.model, options.prompt_tokens + options.tokens - 1);
  if (interrupted()) return exit_interrupted;
  if (!opened) return fail(opened.error());
  const core::Model& model = *opened->model;
  ThreadPool pool(options.threads);
  ProgressBar bar("timing");
  const auto times =
      core::time_model(model, options.prompt_tokens, options.tokens, {&pool, bar.part(0, 1)});
  const std::string title =
      fmt::format("{}: {} new tokens after a prompt of {}, float32\n", printable_text(model.name),
                  options.tokens, options.prompt_tokens);
  return report(times, title, options.threads, options.json, false);
}

}  // namespace kv::app
