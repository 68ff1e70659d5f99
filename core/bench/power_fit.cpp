#include "core/bench/power_fit.h"

#include <cmath>

namespace kv::core {

std::optional<PowerFit> upper_fit(std::span<const std::pair<double, double>> points) {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (const auto& [at, value] : points.subspan(points.size() / 2)) {
    if (at <= 0 || value <= 0) continue;
    const double a = std::log(at), b = std::log(value);
    n += 1, x += a, y += b, xx += a * a, xy += a * b;
  }
  const double spread = n * xx - x * x;
  if (n < 3 || spread <= 0) return {};
  const double exponent = (n * xy - x * y) / spread;
  return PowerFit{.exponent = exponent, .factor = std::exp((y - exponent * x) / n)};
}

}  // namespace kv::core
