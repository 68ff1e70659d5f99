#include "app/logic/lab/control_scale.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/model/config_limits.h"

namespace kv::app {
namespace {

using Stops = std::vector<std::int64_t>;

// Round ones, and those of published models.
constexpr std::int64_t width_stops[] = {
    8,    16,   32,   48,   64,   96,   128,  192,  256,  384,  512,  576,  768,   896,   1024,
    1280, 1536, 1600, 2048, 2560, 3072, 3584, 4096, 5120, 6144, 7168, 8192, 10240, 12288, 16384};
constexpr std::int64_t layer_stops[] = {1,  2,  3,  4,  5,  6,  7,  8,  10, 12,  16,  20,  24, 28,
                                        30, 32, 36, 40, 48, 60, 64, 80, 96, 126, 128, 192, 256};
constexpr std::int64_t vocabulary_stops[] = {32,     64,     128,    256,    512,    1024,   2048,
                                             4096,   8192,   16384,  32000,  50257,  65536,  100000,
                                             128256, 151936, 200000, 262144, 524288, 1048576};
constexpr std::int64_t batch_stops[] = {1,   2,    4,    8,    16,   32,    64,    128,  256,
                                        512, 1024, 2048, 4096, 8192, 16384, 32768, 65536};
constexpr double ffn_factors[] = {1, 1.5, 2, 2.5, 8.0 / 3, 3, 3.5, 4, 4.5, 5, 6, 7, 8};

Stops stops_of(std::span<const std::int64_t> table) { return {table.begin(), table.end()}; }

// 1 to 10 one by one, then 10, 12, 15, 20, 25, 30, 40, 50, 60, 80 times the powers of ten.
Stops round_numbers(std::int64_t low, std::int64_t high) {
  constexpr std::int64_t steps[] = {10, 12, 15, 20, 25, 30, 40, 50, 60, 80};
  Stops stops{low};
  const auto add = [&](std::int64_t value) {
    if (value > low && value < high) stops.push_back(value);
  };
  for (std::int64_t value = 1; value < 10; ++value) add(value);
  for (std::int64_t power = 1; power < high; power *= 10)
    for (const std::int64_t step : steps) add(step * power);
  if (high > low) stops.push_back(high);
  return stops;
}

Stops divisors(int number) {
  Stops stops;
  for (int i = 1; i <= number; ++i)
    if (number % i == 0) stops.push_back(i);
  return stops;
}

Stops ffn_stops(int width) {
  Stops stops;
  for (const double factor : ffn_factors)
    stops.push_back(std::min<std::int64_t>(std::llround(factor * width), core::ffn_range.high));
  stops.erase(std::unique(stops.begin(), stops.end()), stops.end());
  return stops;
}

// Three digits are as fine as a slider can be set.
std::int64_t three_digits(double value) {
  const double unit = std::pow(10, std::max(0.0, std::floor(std::log10(value)) - 2));
  return std::llround(std::round(value / unit) * unit);
}

}  // namespace

double ControlScale::share_of(std::int64_t value) const {
  if (stops.size() < 2) return 0;
  const auto low = stops.front(), high = stops.back();
  const auto kept = static_cast<double>(std::clamp(value, low, high));
  if (fine)
    return std::log(kept / static_cast<double>(low)) /
           std::log(static_cast<double>(high) / static_cast<double>(low));
  const auto above = std::ranges::lower_bound(stops, static_cast<std::int64_t>(kept));
  const auto index = static_cast<double>(above - stops.begin());
  if (above == stops.begin()) return 0;
  const auto upper = static_cast<double>(*above), lower = static_cast<double>(*(above - 1));
  return (index - (upper - kept) / (upper - lower)) / static_cast<double>(stops.size() - 1);
}

std::int64_t ControlScale::at(double share) const {
  const double kept = share > 0 ? std::min(share, 1.0) : 0;  // also for NaN
  const auto low = stops.front(), high = stops.back();
  if (!fine)
    return stops[static_cast<std::size_t>(
        std::llround(kept * static_cast<double>(stops.size() - 1)))];
  const double ratio = static_cast<double>(high) / static_cast<double>(low);
  return std::clamp(three_digits(static_cast<double>(low) * std::pow(ratio, kept)), low, high);
}

std::int64_t ControlScale::stepped(std::int64_t value, int by) const {
  for (; by > 0; --by) {
    const auto next = std::ranges::upper_bound(stops, value);
    if (next == stops.end()) break;
    value = *next;
  }
  for (; by < 0; ++by) {
    const auto next = std::ranges::lower_bound(stops, value);
    if (next == stops.begin()) break;
    value = *(next - 1);
  }
  return value;
}

std::vector<std::int64_t> heads_for(int width) {
  Stops stops;
  for (int heads = core::heads_range.low; heads <= core::heads_range.high; ++heads)
    if (width % heads == 0 && width / heads % 2 == 0 && width / heads <= core::head_dim_range.high)
      stops.push_back(heads);
  return stops;
}

ControlScale scale_of(const scene::Scenario& s, ControlId control) {
  const core::ModelConfig& m = s.sizes.model;
  switch (control) {
    case ControlId::width:
      return {stops_of(width_stops)};
    case ControlId::layers:
      return {stops_of(layer_stops)};
    case ControlId::heads:
      return {heads_for(m.d_model)};
    case ControlId::kv_heads:
      return {divisors(m.heads)};
    case ControlId::ffn:
      return {ffn_stops(m.d_model)};
    case ControlId::vocabulary:
      return {stops_of(vocabulary_stops)};
    case ControlId::tokens:
      return {round_numbers(2, scene::most_scenario_tokens), true};
    case ControlId::prompt:
      return {round_numbers(1, s.tokens), true};
    case ControlId::batch:
      return {stops_of(batch_stops)};
    case ControlId::context:
      return {round_numbers(s.tokens, scene::most_scenario_tokens), true};
    default:
      return {};
  }
}

}  // namespace kv::app
