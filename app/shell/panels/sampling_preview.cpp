#include "app/shell/panels/sampling_preview.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kv::app {
namespace {

// exp((logit - largest) / temperature) of every token, in the order given.
std::vector<double> weights(std::span<const float> logits, const std::vector<core::Token>& order,
                            double temperature) {
  std::vector<double> out;
  const double largest = logits[static_cast<std::size_t>(order.front())];
  for (const core::Token t : order)
    out.push_back(std::exp((logits[static_cast<std::size_t>(t)] - largest) / temperature));
  return out;
}

// How many of the sorted weights top-k and top-p leave.
std::size_t kept_by(const core::Sampling& sampling, const std::vector<double>& sorted) {
  if (sampling.temperature == 0) return 1;
  std::size_t most = sorted.size();
  if (sampling.top_k > 0) most = std::min(most, static_cast<std::size_t>(sampling.top_k));
  const double sum =
      std::accumulate(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(most), 0.0);
  double reached = 0;
  std::size_t count = 0;
  while (count < most && (count == 0 || reached < sampling.top_p * sum)) reached += sorted[count++];
  return count;
}

}  // namespace

std::vector<PreviewBar> preview(std::span<const float> logits, const core::Sampling& sampling,
                                std::size_t most) {
  std::vector<core::Token> order(logits.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](core::Token a, core::Token b) {
    return logits[static_cast<std::size_t>(a)] > logits[static_cast<std::size_t>(b)];
  });
  const auto plain = weights(logits, order, 1);
  const auto shaped =
      sampling.temperature > 0 ? weights(logits, order, sampling.temperature) : plain;
  const std::size_t kept = kept_by(sampling, shaped);
  const double all = std::accumulate(plain.begin(), plain.end(), 0.0);
  const double left =
      std::accumulate(shaped.begin(), shaped.begin() + static_cast<std::ptrdiff_t>(kept), 0.0);
  std::vector<PreviewBar> bars;
  for (std::size_t i = 0; i < std::min(most, order.size()); ++i)
    bars.push_back({order[i], plain[i] / all, i < kept ? shaped[i] / left : 0});
  return bars;
}

}  // namespace kv::app
