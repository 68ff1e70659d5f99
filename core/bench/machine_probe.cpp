#include "core/bench/machine_probe.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/base/memory_need.h"
#include "core/base/stopwatch.h"
#include "core/bench/yardsticks.h"

namespace kv::core {
namespace {

constexpr int probe_rounds = 9;
// Several times the largest caches of servers' processors that one program gets to itself.
constexpr std::size_t probe_bytes = std::size_t{512} << 20;
constexpr int probe_size = 1024;
constexpr double round_seconds = 0.06;  // of each of the two, at least

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
  MemoryReader reader(probe_bytes, options.parallel);
  if (!reader.there()) return too_little_memory();
  SquareProduct multiplier(probe_size, options.parallel);
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

}  // namespace kv::core
