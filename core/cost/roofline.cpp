#include "core/cost/roofline.h"

#include <algorithm>

namespace kv::core {

double roofline_seconds(const Machine& machine, double flops, double bytes) {
  return std::max(flops / machine.flops_per_second, bytes / machine.bytes_per_second);
}

double attention_intensity(double queries, double keys, double group) {
  return group * queries * keys / (group * queries + keys);
}

double estimated_forward_flops(const ModelConfig& config, double tokens, bool visible_half_only) {
  const double pairs = tokens * tokens * (visible_half_only ? 0.5 : 1.0);
  const double attention = 4.0 * config.layers * config.q_width() * pairs;
  return 2.0 * to_double(parameter_count(config)) * tokens + attention;
}

}  // namespace kv::core
