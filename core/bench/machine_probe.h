// What this machine can do, as a roofline knows it: bytes read per second in one straight line, and
// FLOPs per second of the matrix product that forward() computes with (Eigen's). Measured, on
// request.
#pragma once

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

}  // namespace kv::core
