#include "core/cost/inference.h"

#include <array>
#include <cassert>

namespace kv::core {
namespace {

constexpr double weight_bytes_each = 2;  // 16 bits, whatever the release's format

// The estimate reads all there are; in truth a table of which one row is looked up stays unread.
double weights_read(const InferenceSetting& setting) {
  return weight_bytes_each * to_double(setting.estimated ? total_parameters(setting.cost)
                                                         : active_parameters(setting.cost));
}

double sequences(const InferenceSetting& setting) {
  assert(setting.batch >= 1);
  return static_cast<double>(setting.batch);
}

double cache_bytes(const InferenceSetting& setting, std::int64_t tokens) {
  return to_double(kv_cache_bytes(setting.cost, setting.dtype, tokens, setting.batch));
}

// The forward as its products are done: of attention all of it, or what the mask lets through.
OpCount computed(const InferenceSetting& setting, std::int64_t past, std::int64_t fresh) {
  assert(has_closed_form(setting.cost) && past >= 0 && fresh >= 1);
  OpCount count = forward_cost(setting.cost.model, past, fresh);
  if (setting.causal) {
    count.scores -= count.scores_masked;
    count.weighted_sum -= count.weighted_sum_masked;
  }
  return count;
}

// The usual estimate of one row on all rows there are: no pair of it is ever masked.
double estimated_row_flops(const ModelConfig& model, double tokens) {
  const double parameters = to_double(parameter_count(model));
  return 2 * parameters + 4.0 * model.layers * model.q_width() * tokens;
}

// Weights multiplied in each part, biases included, in op_count_parts' order. Norms, and tables of
// which rows are looked up, belong to none.
std::array<double, op_count_parts.size()> part_weights(const ModelConfig& c) {
  const double width = c.d_model, q_width = c.q_width(), kv_width = c.kv_width(), ffn = c.ffn;
  const double up = c.gated_mlp() ? 2 * ffn : ffn;
  const double in = width + (c.qkv_bias ? 1 : 0);
  const double mlp = (up + ffn) * width + (c.mlp_bias ? up + width : 0);
  return {q_width * in,
          kv_width * in,
          kv_width * in,
          0,
          0,
          (q_width + (c.output_bias ? 1 : 0)) * width,
          mlp,
          static_cast<double>(c.vocabulary) * width};
}

}  // namespace

Work operator+(const Work& a, const Work& b) { return {a.flops + b.flops, a.bytes + b.bytes}; }

double seconds_of(const Machine& machine, const Work& work) {
  return roofline_seconds(machine, work.flops, work.bytes);
}

Work prefill_work(const InferenceSetting& setting, std::int64_t tokens) {
  const double flops =
      setting.estimated
          ? estimated_forward_flops(setting.cost.model, static_cast<double>(tokens), setting.causal)
          : to_double(computed(setting, 0, tokens).total());
  return {.flops = sequences(setting) * flops, .bytes = weights_read(setting)};
}

Work decode_work(const InferenceSetting& setting, Side side, std::int64_t tokens) {
  if (side == Side::uncached) return prefill_work(setting, tokens);
  const double flops = setting.estimated
                           ? estimated_row_flops(setting.cost.model, static_cast<double>(tokens))
                           : to_double(computed(setting, tokens - 1, 1).total());
  return {.flops = sequences(setting) * flops,
          .bytes = weights_read(setting) + cache_bytes(setting, tokens)};
}

std::vector<ComponentWork> component_works(const InferenceSetting& setting, Side side,
                                           std::int64_t tokens) {
  const bool cached = side == Side::cached;
  const OpCount count = cached ? computed(setting, tokens - 1, 1) : computed(setting, 0, tokens);
  const auto weights = part_weights(setting.cost.model);
  const double keys = cached ? cache_bytes(setting, tokens) / 2 : 0;
  std::vector<ComponentWork> works;
  for (std::size_t i = 0; i < op_count_parts.size(); ++i) {
    const auto part = op_count_parts[i].value;
    const bool reads_rows = part == &OpCount::scores || part == &OpCount::weighted_sum;
    const double layers = part == &OpCount::head ? 1 : setting.cost.model.layers;
    works.push_back(
        {.component = static_cast<int>(i),
         .work = {.flops = sequences(setting) * to_double(count.*part),
                  .bytes = weight_bytes_each * layers * weights[i] + (reads_rows ? keys : 0)}});
  }
  return works;
}

double tokens_per_second(const Machine& machine, const InferenceSetting& setting, Side side,
                         std::int64_t tokens) {
  return sequences(setting) / seconds_of(machine, decode_work(setting, side, tokens));
}

}  // namespace kv::core
