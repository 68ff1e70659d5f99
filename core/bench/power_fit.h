// How something grows, as one number: the exponent of a power of x.
#pragma once

#include <optional>
#include <span>
#include <utility>

namespace kv::core {

// y = factor x^exponent.
struct PowerFit {
  double exponent = 0, factor = 0;
};

// By least squares on both logarithms over the upper half of the points, ascending in x; nothing
// where fewer than three of these are above 0.
std::optional<PowerFit> upper_fit(std::span<const std::pair<double, double>> points);

}  // namespace kv::core
