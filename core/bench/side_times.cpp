#include "core/bench/side_times.h"

#include <algorithm>

namespace kv::core {

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

double SideTimes::without_seconds() const { return median(without_cache); }
double SideTimes::with_seconds() const { return median(with_cache); }

double SideTimes::ratio() const {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < without_cache.size(); ++i)
    ratios.push_back(without_cache[i] / with_cache[i]);
  return median(std::move(ratios));
}

double SideTimes::flop_ratio() const {
  return to_double(without_count.total()) / to_double(with_count.total());
}

bool sides_agree(const SideTimes& times) {
  return times.max_abs_difference <= 1e-4 * times.max_abs_value;
}

}  // namespace kv::core
