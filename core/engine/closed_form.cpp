// Every cost of a forward is linear in four sizes (Rows). A run is a sum of forwards, so it is
// enough to sum the sizes, and those are sums of t and t^2.
//
// 128 bits suffice to 10^10 tokens within the limits of validate(): a sum of squares is at most
// 3.4e29 (2.1e30 before its division by 6), times 4 x 256 layers x 256 heads x 512 wide gives
// 4.6e37; the sums of t are at most 5.1e19, times at most 6.1e12 FLOPs of a row; 2^128 is 3.4e38.
#include "core/engine/closed_form.h"

#include <cassert>

namespace kv::core {
namespace {

struct Rows {
  Uint128 fresh = 0;    // rows computed
  Uint128 dense = 0;    // scores of one head, before the mask
  Uint128 visible = 0;  // of dense: on or below the diagonal
  Uint128 logits = 0;   // rows the head is applied to
};

Uint128 wide(std::int64_t value) {
  assert(value >= 0);
  return static_cast<Uint128>(value);
}

Uint128 sum_to(Uint128 n) { return n * (n + 1) / 2; }                        // t
Uint128 sum_squares_to(Uint128 n) { return n * (n + 1) * (2 * n + 1) / 6; }  // t^2
Uint128 sum_triangles_to(Uint128 n) { return n * (n + 1) * (n + 2) / 6; }    // t (t + 1) / 2

Rows forward_rows(std::int64_t past, std::int64_t fresh, LogitRows logits) {
  assert(past >= 0 && fresh >= 1);
  const Uint128 p = wide(past);
  const Uint128 f = wide(fresh);
  return {.fresh = f,
          .dense = f * (p + f),
          .visible = f * p + sum_to(f),
          .logits = logits == LogitRows::all ? f : 1};
}

// The prompt at once (a square), then a row of t scores for each later t.
Rows cached_rows(Uint128 prompt, Uint128 length) {
  return {.fresh = length,
          .dense = prompt * prompt + sum_to(length) - sum_to(prompt),
          .visible = sum_to(length),
          .logits = 0};
}

// A square of t rows for each t from the prompt on.
Rows uncached_rows(Uint128 prompt, Uint128 length) {
  const Uint128 before = prompt - 1;
  return {.fresh = sum_to(length) - sum_to(before),
          .dense = sum_squares_to(length) - sum_squares_to(before),
          .visible = sum_triangles_to(length) - sum_triangles_to(before),
          .logits = 0};
}

Rows run_rows(Side side, std::int64_t prompt, std::int64_t length, LogitRows logits) {
  assert(prompt >= 1 && length >= prompt);
  const Uint128 p = wide(prompt);
  const Uint128 n = wide(length);
  Rows rows = side == Side::cached ? cached_rows(p, n) : uncached_rows(p, n);
  rows.logits = logits == LogitRows::all ? rows.fresh : n - p + 1;
  return rows;
}

Uint128 norm_cost(const ModelConfig& config, Uint128 rows) {
  using Cost = ElementwiseCost;
  const Uint128 width = wide(config.d_model);
  return config.family == Family::gpt2
             ? rows * (width * Cost::layer_norm_per_element + Cost::layer_norm_per_row)
             : rows * (width * Cost::rms_norm_per_element + Cost::rms_norm_per_row);
}

Uint128 attention_elementwise(const ModelConfig& config, const Rows& rows) {
  using Cost = ElementwiseCost;
  const Uint128 width = wide(config.d_model);
  const Uint128 q_and_k = wide(config.q_width()) + wide(config.kv_width());
  const Uint128 heads = wide(config.heads);
  Uint128 sum = norm_cost(config, rows.fresh);
  if (config.qkv_bias) {
    sum += rows.fresh * (q_and_k + wide(config.kv_width())) * Cost::add_per_element;
  }
  if (config.rotary()) sum += rows.fresh * q_and_k * Cost::rotary_per_element;
  sum += heads * rows.dense * Cost::scale_per_score;
  sum += heads * rows.visible * Cost::softmax_per_visible;
  sum += heads * rows.fresh * Cost::softmax_per_row;
  const Uint128 adds = config.output_bias ? 2 : 1;  // the bias, and the residual
  return sum + rows.fresh * width * adds * Cost::add_per_element;
}

Uint128 mlp_elementwise(const ModelConfig& config, const Rows& rows) {
  using Cost = ElementwiseCost;
  const Uint128 width = wide(config.d_model);
  const Uint128 ffn = wide(config.ffn);
  const Uint128 up_outputs = config.gated_mlp() ? 2 * ffn : ffn;
  Uint128 per_row =
      ffn * (config.gated_mlp() ? Cost::silu_gate_per_element : Cost::gelu_per_element);
  per_row += width * Cost::add_per_element;  // the residual
  if (config.mlp_bias) per_row += (up_outputs + width) * Cost::add_per_element;
  return norm_cost(config, rows.fresh) + rows.fresh * per_row;
}

OpCount layer_cost(const ModelConfig& config, const Rows& rows) {
  const Uint128 width = wide(config.d_model);
  const Uint128 q_width = wide(config.q_width());
  const Uint128 kv_width = wide(config.kv_width());
  const Uint128 mlp_matrices = config.gated_mlp() ? 3 : 2;
  OpCount cost;
  cost.q = 2 * rows.fresh * width * q_width;
  cost.k = 2 * rows.fresh * width * kv_width;
  cost.v = 2 * rows.fresh * width * kv_width;
  cost.scores = 2 * rows.dense * q_width;
  cost.weighted_sum = 2 * rows.dense * q_width;
  cost.output = 2 * rows.fresh * q_width * width;
  cost.mlp = 2 * rows.fresh * mlp_matrices * width * wide(config.ffn);
  cost.scores_masked = 2 * (rows.dense - rows.visible) * q_width;
  cost.weighted_sum_masked = cost.scores_masked;
  cost.other = attention_elementwise(config, rows) + mlp_elementwise(config, rows);
  return cost;
}

OpCount all_layers_and_head(const ModelConfig& config, const Rows& rows) {
  OpCount cost = layer_cost(config, rows) * wide(config.layers);
  const Uint128 width = wide(config.d_model);
  cost.head = 2 * rows.logits * width * wide(config.vocabulary);
  cost.other += norm_cost(config, rows.logits);
  if (!config.rotary()) cost.other += rows.fresh * width * ElementwiseCost::add_per_element;
  return cost;
}

}  // namespace

OpCount forward_cost(const ModelConfig& config, std::int64_t past, std::int64_t fresh,
                     LogitRows logits) {
  return all_layers_and_head(config, forward_rows(past, fresh, logits));
}

OpCount run_cost(const ModelConfig& config, Side side, std::int64_t prompt, std::int64_t length,
                 LogitRows logits) {
  return all_layers_and_head(config, run_rows(side, prompt, length, logits));
}

OpCount layer_run_cost(const ModelConfig& config, Side side, std::int64_t prompt,
                       std::int64_t length) {
  return layer_cost(config, run_rows(side, prompt, length, LogitRows::last));
}

}  // namespace kv::core
