// What this machine can do, as a roofline knows it: bytes read per second in one straight line, and
// FLOPs per second of the matrix product that forward() computes with (Eigen's). Measured, on
// request.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/error.h"
#include "core/bench/side_times.h"
#include "core/cost/roofline.h"

namespace kv::core {

struct MachineProbe {
  std::vector<double> bytes_per_second;  // one a round
  std::vector<double> flops_per_second;
  int threads = 1;

  // Its best rounds: what it can do when nothing else is in the way.
  Machine machine() const;
};

// A few seconds. Reads memory far larger than caches, with as many threads as `parallel` has.
// Error: "abandoned", or too little memory.
Result<MachineProbe> probe_machine(const BenchOptions& options);

// The parts of it, for benchmarks, each the best of `rounds` by one thread: reading `bytes` over
// and over, from wherever that much fits; and a product of two square matrices of that size. The
// first is 0 where there is not that much memory.
double read_bytes_per_second(std::size_t bytes, int rounds);
double product_flops_per_second(int size, int rounds);

}  // namespace kv::core
