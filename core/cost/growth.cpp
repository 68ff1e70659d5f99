#include "core/cost/growth.h"

#include <cmath>

namespace kv::core {

std::optional<double> local_exponent(Uint128 cost_at_n, Uint128 cost_before, std::int64_t n) {
  if (n < 2 || cost_before == 0 || cost_at_n < cost_before) return std::nullopt;
  // By way of the exact difference: the two costs differ by about n parts of themselves, which a
  // ratio of doubles would lose at large n.
  const double growth = to_double(cost_at_n - cost_before) / to_double(cost_before);
  return std::log1p(growth) / std::log1p(1.0 / static_cast<double>(n - 1));
}

Crossover attention_crossover(const ModelConfig& config) {
  const double width = config.d_model;
  const double q_width = config.q_width();
  const double kv_width = config.kv_width();
  const double mlp_matrices = config.gated_mlp() ? 3 : 2;
  const double rest = 4 * width * (q_width + kv_width) + 2 * mlp_matrices * width * config.ffn;
  const double per_step = rest / (4 * q_width);
  return {
      .per_step = per_step, .run_cached = 2 * per_step - 1, .run_uncached = (3 * per_step - 1) / 2};
}

}  // namespace kv::core
