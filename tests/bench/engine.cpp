// Decoding and prefill on three shapes, as shares of what this machine can do, measured in the same
// run: reading memory in one stream for decoding, a large square product for prefill. Times are for
// reading by a person; no test asserts one.
//
//   S  width 64,  2 layers,  4 heads,  ffn 256,  vocabulary 512     (0.2 M parameters)
//   M  width 288, 6 layers,  6 heads,  ffn 768,  vocabulary 32000   (15 M)
//   L  width 768, 12 layers, 12 heads, ffn 2048, vocabulary 32000   (110 M)
#include <benchmark/benchmark.h>

#include <map>

#include "app/shell/thread_pool.h"
#include "core/bench/machine_probe.h"
#include "core/engine/forward.h"
#include "core/model/random_model.h"

namespace kv {
namespace {

constexpr int rounds = 9;

double read_bandwidth(std::size_t bytes) {
  static std::map<std::size_t, double> known;
  double& bandwidth = known[bytes];
  if (bandwidth == 0) bandwidth = core::read_bytes_per_second(bytes, rounds);
  return bandwidth;
}

double product_peak() {
  static const double peak = core::product_flops_per_second(768, rounds);
  return peak;
}

const core::Model& shape(char name) {
  static std::map<char, std::shared_ptr<const core::Model>> made;
  auto& model = made[name];
  if (model) return *model;
  const char* text = name == 'S'   ? "random:width=64,layers=2,heads=4,ffn=256,vocab=512"
                     : name == 'M' ? "random:width=288,layers=6,heads=6,ffn=768,vocab=32000"
                                   : "random:width=768,layers=12,heads=12,ffn=2048,vocab=32000";
  model = *core::make_random_model(*core::parse_random_model(text), text, UINT64_MAX);
  return *model;
}

std::vector<core::Token> text_of(int rows, const core::Model& model) {
  std::vector<core::Token> tokens;
  for (int i = 0; i < rows; ++i) tokens.push_back((i * 37 + 11) % model.config.vocabulary);
  return tokens;
}

// One token after `context` rows, over and over; with a cache that is all that is computed.
void decode(benchmark::State& state, char name, bool record_all) {
  const core::Model& model = shape(name);
  const int context = static_cast<int>(state.range(0));
  app::ThreadPool pool(static_cast<int>(state.range(1)));
  const auto tokens = text_of(context, model);
  core::Workspace work;
  core::Record record;
  core::KvCache cache;
  core::make_room(cache, model.config, context + 1);
  core::forward(model, core::view_of(cache), tokens, work, {.parallel = &pool});
  cache.rows = context;
  const core::Token next = 5;
  core::ForwardResult result;
  for (auto _ : state) {
    result = core::forward(model, core::view_of(cache), std::span(&next, 1), work,
                           {.record = record_all ? &record : nullptr, .parallel = &pool});
    benchmark::DoNotOptimize(result.logits.data());
  }
  const double bytes = static_cast<double>(result.bytes.weights + result.bytes.cache_read);
  state.SetItemsProcessed(state.iterations());
  state.counters["share_of_read_bandwidth"] =
      benchmark::Counter(bytes * static_cast<double>(state.iterations()) /
                             read_bandwidth(static_cast<std::size_t>(bytes)),
                         benchmark::Counter::kIsRate);
}

// `rows` tokens at once with nothing behind them: prefill, and the uncached side of any step.
void prefill(benchmark::State& state, char name) {
  const core::Model& model = shape(name);
  const int rows = static_cast<int>(state.range(0));
  app::ThreadPool pool(static_cast<int>(state.range(1)));
  const auto tokens = text_of(rows, model);
  core::Workspace work;
  core::KvCache cache;
  core::make_room(cache, model.config, rows);
  core::OpCount count;
  for (auto _ : state)
    count = core::forward(model, core::view_of(cache), tokens, work, {.parallel = &pool}).count;
  state.SetItemsProcessed(state.iterations() * rows);
  state.counters["share_of_product_peak"] = benchmark::Counter(
      core::to_double(count.total()) * static_cast<double>(state.iterations()) / product_peak(),
      benchmark::Counter::kIsRate);
}

void sizes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"context", "threads"});
  for (const int threads : {1, 2})
    for (const int context : {256, 1024}) bench->Args({context, threads});
  bench->UseRealTime();
}

BENCHMARK_CAPTURE(decode, S, 'S', false)->Apply(sizes);
BENCHMARK_CAPTURE(decode, M, 'M', false)->Apply(sizes);
BENCHMARK_CAPTURE(decode, L, 'L', false)->Apply(sizes);
BENCHMARK_CAPTURE(decode, S_recorded, 'S', true)->Args({256, 1})->UseRealTime();
BENCHMARK_CAPTURE(decode, M_recorded, 'M', true)->Args({256, 1})->UseRealTime();
BENCHMARK_CAPTURE(decode, L_recorded, 'L', true)->Args({256, 1})->UseRealTime();
BENCHMARK_CAPTURE(prefill, S, 'S')->Apply(sizes);
BENCHMARK_CAPTURE(prefill, M, 'M')->Apply(sizes);
BENCHMARK_CAPTURE(prefill, L, 'L')->Apply(sizes);

}  // namespace
}  // namespace kv

BENCHMARK_MAIN();
