#include "core/bench/machine_probe.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <new>
#include <numeric>

#include "core/base/memory_need.h"
#include "core/base/random.h"
#include "core/base/stopwatch.h"
#include "core/engine/kernels.h"

namespace kv::core {
namespace {

constexpr int probe_rounds = 9;
// Several times the largest caches of servers' processors that one program gets to itself.
constexpr std::size_t probe_bytes = std::size_t{512} << 20;
constexpr int probe_size = 1024;
constexpr double round_seconds = 0.06;  // of each of the two, at least

// The compiler must believe that somebody looks at it.
void use(float value) { [[maybe_unused]] volatile float sink = value; }

// Enough sums at a time that memory is what they wait for.
float sum_of(const float* data, std::int64_t count) {
  constexpr std::int64_t lanes = 64;
  std::array<float, lanes> sums{};
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes)
    for (std::int64_t lane = 0; lane < lanes; ++lane)
      sums[static_cast<std::size_t>(lane)] += data[i + lane];
  const float rest = std::accumulate(data + i, data + count, 0.0F);
  return std::accumulate(sums.begin(), sums.end(), rest);
}

// Memory to read, every page of it taken, by the threads that will read it.
class Reader {
 public:
  Reader(std::size_t bytes, Parallel* parallel)
      : count_(static_cast<std::int64_t>(bytes / sizeof(float))),
        parallel_(parallel),
        data_(static_cast<float*>(::operator new(static_cast<std::size_t>(count_) * sizeof(float),
                                                 alignment, std::nothrow))) {
    if (data_) each_part([](float* data, std::int64_t count) { std::fill_n(data, count, 1.0F); });
  }

  bool there() const { return data_ != nullptr; }
  double bytes() const { return static_cast<double>(count_) * sizeof(float); }

  void read() {
    each_part([](float* data, std::int64_t count) { use(sum_of(data, count)); });
  }

 private:
  static constexpr std::align_val_t alignment{slab_alignment};
  struct Free {
    void operator()(float* p) const { ::operator delete(p, alignment); }
  };

  template <class Job>
  void each_part(Job&& job) {
    for_each_part(parallel_, [&](int part) {
      const PartRange range = part_range(count_, part, parts_of(parallel_), 64);
      if (range.size() > 0) job(data_.get() + range.begin, range.size());
    });
  }

  std::int64_t count_;
  Parallel* parallel_;
  std::unique_ptr<float, Free> data_;  // null: there is not that much
};

// Two square matrices, and the product that forward() computes with.
class Multiplier {
 public:
  Multiplier(int size, Parallel* parallel)
      : size_(size), parallel_(parallel), a_(count()), b_(count()), c_(count()) {
    for (std::size_t i = 0; i < count(); ++i) {
      a_.data()[i] = static_cast<float>(2 * random_unit(1, i) - 1);
      b_.data()[i] = static_cast<float>(2 * random_unit(2, i) - 1);
    }
  }

  double flops() const { return 2.0 * size_ * size_ * size_; }

  void multiply() {
    product({a_.data(), size_, size_}, b_.data(), size_, c_.data(), parallel_);
    use(c_.data()[0]);
  }

 private:
  std::size_t count() const {
    return static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_);
  }

  int size_;
  Parallel* parallel_;
  AlignedBuffer a_, b_, c_;  // [size, size]
};

// Times a second, by as many repetitions as fill the time.
template <class Job>
double per_second(double least_seconds, Job&& job) {
  const Stopwatch watch;
  double seconds = 0;
  int times = 0;
  while (times == 0 || seconds < least_seconds || seconds <= 0) {
    job();
    ++times;
    seconds = watch.seconds();
  }
  return times / seconds;
}

double best(const std::vector<double>& rounds) {
  return rounds.empty() ? 0 : *std::ranges::max_element(rounds);
}

Error too_little_memory() {
  return {ErrorKind::machine, "measuring this machine: needs " + short_bytes(probe_bytes) +
                                  " of memory, found less, try with fewer programs open"};
}

}  // namespace

Machine MachineProbe::machine() const {
  return {.name = "this machine",
          .flops_per_second = best(flops_per_second),
          .bytes_per_second = best(bytes_per_second)};
}

Result<MachineProbe> probe_machine(const BenchOptions& options) {
  const Error abandoned{ErrorKind::internal, "abandoned"};
  const auto go_on = [&](double rounds) {
    return !options.progress || options.progress(rounds / probe_rounds);
  };
  if (!go_on(0)) return abandoned;
  Reader reader(probe_bytes, options.parallel);
  if (!reader.there()) return too_little_memory();
  Multiplier multiplier(probe_size, options.parallel);
  multiplier.multiply();  // sets itself up at its first call
  MachineProbe probe;
  probe.threads = parts_of(options.parallel);
  for (int round = 0; round < probe_rounds; ++round) {
    const double reads = per_second(round_seconds, [&] { reader.read(); });
    probe.bytes_per_second.push_back(reads * reader.bytes());
    if (!go_on(round + 0.5)) return abandoned;
    const double products = per_second(round_seconds, [&] { multiplier.multiply(); });
    probe.flops_per_second.push_back(products * multiplier.flops());
    if (!go_on(round + 1)) return abandoned;
  }
  return probe;
}

double read_bytes_per_second(std::size_t bytes, int rounds) {
  // A round of small memory is many passes, or the clock would be what is measured.
  constexpr std::size_t round_bytes = std::size_t{64} << 20;
  Reader reader(bytes, nullptr);
  if (!reader.there() || reader.bytes() <= 0) return 0;
  const std::size_t passes = std::max<std::size_t>(1, round_bytes / bytes);
  std::vector<double> found;
  for (int round = 0; round < rounds; ++round)
    found.push_back(static_cast<double>(passes) * reader.bytes() * per_second(0, [&] {
                      for (std::size_t i = 0; i < passes; ++i) reader.read();
                    }));
  return best(found);
}

double product_flops_per_second(int size, int rounds) {
  Multiplier multiplier(size, nullptr);
  std::vector<double> found;
  for (int round = 0; round < rounds; ++round)
    found.push_back(multiplier.flops() * per_second(0, [&] { multiplier.multiply(); }));
  return best(found);
}

}  // namespace kv::core
