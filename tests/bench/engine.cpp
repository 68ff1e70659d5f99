// Decoding, recording and prefill on three shapes, as shares of what this machine can do. Every
// share is of a yardstick measured in the same round, and the table at the end has the medians of
// all rounds. For reading by a person; no test asserts a time.
//
//   S  width 64,  2 layers,  4 heads,  ffn 256,  vocabulary 512     (0.2 M parameters)
//   M  width 288, 6 layers,  6 heads,  ffn 768,  vocabulary 32000   (15 M)
//   L  width 768, 12 layers, 12 heads, ffn 2048, vocabulary 32000   (110 M)
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <map>

#include "app/shell/text_table.h"
#include "app/shell/thread_pool.h"
#include "core/base/stopwatch.h"
#include "core/bench/side_times.h"
#include "core/bench/yardsticks.h"
#include "core/engine/forward.h"
#include "core/model/random_model.h"

namespace kv {
namespace {

constexpr int rounds = 15;
constexpr double round_seconds = 0.04;  // of each thing that a round measures, at least

struct Shape {
  const char* name;
  const char* model;
  double decode_aim, two_thread_aim, prefill_aim, recording_aim;  // shares; 0: none
};
constexpr Shape shapes[] = {
    {"S", "random:width=64,layers=2,heads=4,ffn=256,vocab=512", 0.35, 0, 0, 0.12},
    {"M", "random:width=288,layers=6,heads=6,ffn=768,vocab=32000", 0.90, 0.85, 0.70, 0.05},
    {"L", "random:width=768,layers=12,heads=12,ffn=2048,vocab=32000", 0.95, 0.85, 0.70, 0.05}};

const core::Model& model_of(const Shape& shape) {
  static std::map<std::string, std::shared_ptr<const core::Model>> made;
  auto& model = made[shape.name];
  if (!model)
    model = *core::make_random_model(*core::parse_random_model(shape.model), shape.name, UINT64_MAX);
  return *model;
}

// No product of one row of S is: its steps stay on one thread.
bool worth_sharing(const Shape& shape) {
  const core::ModelConfig config = core::parse_random_model(shape.model)->config;
  app::ThreadPool pool(2);
  return core::worth_sharing(&pool, std::int64_t{config.vocabulary} * config.d_model) != nullptr;
}

std::vector<core::Token> text_of(int rows, const core::Model& model) {
  std::vector<core::Token> tokens;
  for (int i = 0; i < rows; ++i) tokens.push_back((i * 37 + 11) % model.config.vocabulary);
  return tokens;
}

// Seconds of one turn, by as many turns as fill the time.
template <class Turn>
double seconds_of(Turn&& turn) {
  const core::Stopwatch watch;
  int turns = 0;
  do turn();
  while (++turns, watch.seconds() < round_seconds);
  return watch.seconds() / turns;
}

app::TextTable decode_table{.columns = {{"with the cache"},
                                        {"context", app::Align::right},
                                        {"threads", app::Align::right},
                                        {"tokens/s", app::Align::right},
                                        {"read GB/s", app::Align::right},
                                        {"share", app::Align::right},
                                        {"aim", app::Align::right},
                                        {"recording", app::Align::right},
                                        {"aim", app::Align::right}},
                            .rows = {}};
app::TextTable prefill_table{.columns = {{"all rows at once"},
                                         {"rows", app::Align::right},
                                         {"threads", app::Align::right},
                                         {"tokens/s", app::Align::right},
                                         {"steps/s", app::Align::right},
                                         {"peak GFLOP/s", app::Align::right},
                                         {"share", app::Align::right},
                                         {"aim", app::Align::right}},
                             .rows = {}};

std::string percent(double share) { return fmt::format("{:.0f}%", 100 * share); }
std::string aim_text(double aim) { return aim > 0 ? percent(aim) : "-"; }

// One token after `context` rows, over and over, without and with a record of everything; beside
// them, reading as many bytes as a step must.
void decode(benchmark::State& state, const Shape& shape, int context, int threads) {
  const core::Model& model = model_of(shape);
  app::ThreadPool pool(threads);
  core::Workspace work;
  core::Record record;
  core::KvCache cache;
  core::make_room(cache, model.config, context + 1);
  core::forward(model, core::view_of(cache), text_of(context, model), work, {.parallel = &pool});
  cache.rows = context;
  const core::Token next = 5;
  const auto step = [&](core::Record* kept) {
    return core::forward(model, core::view_of(cache), std::span(&next, 1), work,
                         {.record = kept, .parallel = &pool});
  };
  const core::ByteCount bytes = step(&record).bytes;
  core::MemoryReader reader(bytes.weights + bytes.cache_read, &pool);
  std::vector<double> seconds, shares, recording, reads;
  for (auto _ : state) {
    const double read = seconds_of([&] { reader.read(); });
    const double plain = seconds_of([&] { step(nullptr); });
    const double recorded = seconds_of([&] { step(&record); });
    state.SetIterationTime(plain);
    seconds.push_back(plain);
    reads.push_back(reader.bytes() / read);
    shares.push_back(read / plain);
    recording.push_back(recorded / plain - 1);
  }
  decode_table.rows.push_back({shape.name, std::to_string(context), std::to_string(threads),
                               fmt::format("{:.0f}", 1 / core::median(seconds)),
                               fmt::format("{:.1f}", core::median(reads) / 1e9),
                               percent(core::median(shares)),
                               aim_text(threads == 1 ? shape.decode_aim : shape.two_thread_aim),
                               fmt::format("{:+.1f}%", 100 * core::median(recording)),
                               aim_text(shape.recording_aim)});
}

// `rows` tokens at once with nothing behind them: a prompt, and any step without the cache.
void prefill(benchmark::State& state, const Shape& shape, int rows, int threads) {
  const core::Model& model = model_of(shape);
  const auto tokens = text_of(rows, model);
  app::ThreadPool pool(threads);
  core::Workspace work;
  core::KvCache cache;
  core::make_room(cache, model.config, rows);
  core::SquareProduct square(768, &pool);
  const auto all = [&] {
    return core::forward(model, core::view_of(cache), tokens, work, {.parallel = &pool}).count;
  };
  const double flops = core::to_double(all().total());
  square.multiply();
  std::vector<double> seconds, shares, peaks;
  for (auto _ : state) {
    const double peak = square.flops() / seconds_of([&] { square.multiply(); });
    const double taken = seconds_of(all);
    state.SetIterationTime(taken);
    seconds.push_back(taken);
    peaks.push_back(peak);
    shares.push_back(flops / taken / peak);
  }
  const double taken = core::median(seconds);
  prefill_table.rows.push_back(
      {shape.name, std::to_string(rows), std::to_string(threads), fmt::format("{:.0f}", rows / taken),
       fmt::format("{:.3g}", 1 / taken), fmt::format("{:.0f}", core::median(peaks) / 1e9),
       percent(core::median(shares)), aim_text(shape.prefill_aim)});
}

template <class Run>
void add(const char* what, Run run) {
  for (const Shape& shape : shapes)
    for (const int threads : {1, 2})
      for (const int rows : {256, 1024}) {
        if (threads > 1 && !worth_sharing(shape)) continue;
        benchmark::RegisterBenchmark(
            fmt::format("{}/{}/rows:{}/threads:{}", what, shape.name, rows, threads).c_str(),
            [=, &shape](benchmark::State& state) { run(state, shape, rows, threads); })
            ->UseManualTime()
            ->Iterations(rounds)
            ->Unit(benchmark::kMicrosecond);
      }
}

}  // namespace
}  // namespace kv

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 2;
  kv::add("decode", kv::decode);
  kv::add("prefill", kv::prefill);
  benchmark::RunSpecifiedBenchmarks();
  if (!kv::decode_table.rows.empty())
    fmt::print("\nshare: of what this machine reads in the same time\n{}",
               kv::app::to_text(kv::decode_table));
  if (!kv::prefill_table.rows.empty())
    fmt::print("\nshare: of Eigen's product of two 768 x 768 matrices; steps/s without the cache\n{}",
               kv::app::to_text(kv::prefill_table));
}
