#include "core/run/compare.h"

#include <algorithm>
#include <cmath>

namespace kv::core {
namespace {

std::span<const float> run_of(const float* data, std::int64_t count) {
  return {data, static_cast<std::size_t>(count)};
}

// The larger of two; NaN wins, so that a broken value is never taken for agreement.
double larger(double a, double b) { return std::isnan(a) || a > b ? a : b; }

}  // namespace

RecordRequest newest_probabilities() {
  return {.hidden = false,
          .qkv = false,
          .scores = false,
          .probabilities = true,
          .last_row_only = true,
          .layers = {}};
}

RecordRequest nothing_recorded() {
  return {.hidden = false, .qkv = false, .scores = false, .probabilities = false, .layers = {}};
}

double max_abs_difference(std::span<const float> a, std::span<const float> b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    largest = larger(largest, static_cast<double>(std::abs(a[i] - b[i])));
  return largest;
}

double max_abs(std::span<const float> a) {
  double largest = 0;
  for (const float value : a) largest = larger(largest, static_cast<double>(std::abs(value)));
  return largest;
}

double max_key_difference(const KvBlock& a, const KvBlock& b, int rows) {
  double largest = 0;
  for (int layer = 0; layer < a.layers(); ++layer)
    for (int head = 0; head < a.kv_heads(); ++head)
      for (std::int64_t i = 0; i < a.head_dim(); ++i)
        largest = larger(largest,
                         max_abs_difference(run_of(a.key(layer, head) + i * a.capacity(), rows),
                                            run_of(b.key(layer, head) + i * b.capacity(), rows)));
  return largest;
}

double max_value_difference(const KvBlock& a, const KvBlock& b, int rows) {
  const std::int64_t count = std::int64_t{rows} * a.head_dim();
  double largest = 0;
  for (int layer = 0; layer < a.layers(); ++layer)
    for (int head = 0; head < a.kv_heads(); ++head)
      largest = larger(largest, max_abs_difference(run_of(a.value(layer, head), count),
                                                   run_of(b.value(layer, head), count)));
  return largest;
}

double max_probability_difference(const Record& a, const Record& b) {
  double largest = 0;
  const auto total = static_cast<std::size_t>(a.total());
  for (int layer = 0; layer < std::min(a.layer_count(), b.layer_count()); ++layer) {
    const LayerRecord* in_a = a.layer(layer);
    const LayerRecord* in_b = b.layer(layer);
    if (!in_a || !in_b) continue;
    const std::size_t heads =
        in_a->probabilities.size() / total / static_cast<std::size_t>(a.kept());
    for (std::size_t head = 0; head < heads; ++head) {
      const auto newest = [&](const LayerRecord& layer_record, int kept) {
        const std::size_t row = (head + 1) * static_cast<std::size_t>(kept) - 1;
        return std::span<const float>(layer_record.probabilities).subspan(row * total, total);
      };
      largest =
          larger(largest, max_abs_difference(newest(*in_a, a.kept()), newest(*in_b, b.kept())));
    }
  }
  return largest;
}

}  // namespace kv::core
