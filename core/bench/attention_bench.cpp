#include <chrono>

#include "core/base/random.h"
#include "core/bench/rounds.h"
#include "core/engine/attention.h"
#include "core/run/compare.h"

namespace kv::core {
namespace {

using Clock = std::chrono::steady_clock;

// Weights, inputs and scratch of the layer; the same for both sides.
struct Layer {
  AttentionShape shape;
  int width;
  int steps;
  AlignedBuffer weights;   // [3 width, width]
  AlignedBuffer inputs;    // [steps, width]
  AlignedBuffer qkv;       // [steps, 3 width]
  AlignedBuffer attended;  // [steps, width]
  AlignedBuffer scratch;
  AlignedBuffer outputs[2];  // [steps, width], newest row of each step: without, with the cache
  KvBlock rows;

  Layer(const AttentionBench& b, int parts)
      : shape{b.heads, b.heads, b.width / b.heads},
        width(b.width),
        steps(b.steps),
        weights(3 * count(b.width, b.width)),
        inputs(count(b.steps, b.width)),
        qkv(3 * count(b.steps, b.width)),
        attended(count(b.steps, b.width)),
        scratch(static_cast<std::size_t>(parts) * attention_scratch(b.steps, b.steps)),
        outputs{AlignedBuffer(count(b.steps, b.width)), AlignedBuffer(count(b.steps, b.width))},
        rows(1, b.heads, b.width / b.heads, b.steps) {
    fill(weights, 1, 1.0 / b.width);
    fill(inputs, 2, 1.0);
  }

  static std::size_t count(int rows_, int width_) {
    return static_cast<std::size_t>(rows_) * static_cast<std::size_t>(width_);
  }
  static void fill(AlignedBuffer& out, std::uint64_t seed, double variance) {
    const double bound = std::sqrt(3 * variance);
    for (std::size_t i = 0; i < out.size(); ++i)
      out.data()[i] = static_cast<float>((2 * random_unit(seed, i) - 1) * bound);
  }
  float* row(AlignedBuffer& buffer, int index) {
    return buffer.data() + std::int64_t{index} * width;
  }
};

// The newest row's result, from `past` rows that are there and the rest computed.
OpCount step_layer(Layer& layer, int past, int total, float* newest, Parallel* parallel) {
  const Matrix w{layer.weights.data(), 3 * layer.width, layer.width};
  const PastView view{.block = &layer.rows, .rows = past, .next_position = past};
  const int fresh = total - past;
  OpCount count;
  const Flops per_column =
      product(w, layer.row(layer.inputs, past), fresh, layer.qkv.data(), parallel);
  for (auto part : {&OpCount::q, &OpCount::k, &OpCount::v})
    count.*part += per_column * static_cast<Flops>(layer.width);
  append_rows(layer.shape, view, 0, layer.qkv.data(), fresh);
  attend(layer.shape, view, 0, layer.qkv.data(), fresh, layer.attended.data(), layer.scratch.data(),
         parallel, count, nullptr);
  std::copy_n(layer.row(layer.attended, fresh - 1), layer.width, newest);
  return count;
}

}  // namespace

std::uint64_t attention_bench_bytes(const AttentionBench& b) {
  const auto width = static_cast<std::uint64_t>(b.width),
             steps = static_cast<std::uint64_t>(b.steps);
  return sizeof(float) * (3 * width * width + 9 * steps * width) +
         sizeof(float) * attention_scratch(b.steps, b.steps);
}

Result<SideTimes> time_attention(const AttentionBench& bench, const BenchOptions& options) {
  if (bench.width % bench.heads != 0)
    return Error{ErrorKind::usage, "--heads: found " + std::to_string(bench.heads) +
                                       ", expected a divisor of the width " +
                                       std::to_string(bench.width)};
  Layer layer(bench, parts_of(options.parallel));
  SideTimes times;
  const TimedSide side = [&](bool cached, double begin, double end) -> std::optional<double> {
    OpCount count;
    const auto start = Clock::now();
    for (int t = 1; t <= bench.steps; ++t) {
      count += step_layer(layer, cached ? t - 1 : 0, t, layer.row(layer.outputs[cached], t - 1),
                          options.parallel);
      // Without the cache a step's work grows with its row, and with it hardly.
      const double done = static_cast<double>(t) / bench.steps;
      if (options.progress &&
          !options.progress(begin + (end - begin) * (cached ? done : done * done)))
        return {};
    }
    (cached ? times.with_count : times.without_count) = count;
    return std::chrono::duration<double>(Clock::now() - start).count();
  };
  // One step of each to touch the memory, not timed.
  for (const int past : {bench.steps - 1, 0})
    step_layer(layer, past, past + 1, layer.row(layer.outputs[0], 0), options.parallel);
  if (!run_rounds(side, times)) return Error{ErrorKind::internal, "abandoned"};
  times.max_abs_difference = max_abs_difference(layer.outputs[0].span(), layer.outputs[1].span());
  times.max_abs_value = max_abs(layer.outputs[1].span());
  return times;
}

}  // namespace kv::core
