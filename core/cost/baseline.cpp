#include "core/cost/baseline.h"

#include <cassert>

namespace kv::core {

OpCount baseline_step(const ModelConfig& config, Baseline baseline, std::int64_t t,
                      const RunShape& shape) {
  assert(shape.prompt >= 1 && t >= shape.prompt);
  switch (baseline) {
    case Baseline::with_cache:
      return t == shape.prompt ? forward_cost(config, 0, t) : forward_cost(config, t - 1, 1);
    case Baseline::without_cache:
      break;
    case Baseline::padded:
      assert(shape.context >= t);
      return forward_cost(config, 0, shape.context);
  }
  return forward_cost(config, 0, t);
}

OpCount baseline_run(const ModelConfig& config, Baseline baseline, std::int64_t n,
                     const RunShape& shape) {
  assert(shape.prompt >= 1 && n >= shape.prompt);
  switch (baseline) {
    case Baseline::with_cache:
      return run_cost(config, Side::cached, shape.prompt, n);
    case Baseline::without_cache:
      break;
    case Baseline::padded:
      assert(shape.context >= n);
      return forward_cost(config, 0, shape.context) * static_cast<Uint128>(n - shape.prompt + 1);
  }
  return run_cost(config, Side::uncached, shape.prompt, n);
}

}  // namespace kv::core
