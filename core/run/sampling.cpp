#include "core/run/sampling.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

#include "core/base/random.h"

namespace kv::core {
namespace {

// Tokens that may be drawn, most likely first (lower id first among equals), with weights that are
// not normalised.
struct Candidates {
  std::vector<Token> tokens;
  std::vector<double> weights;
};

Candidates candidates(std::span<const float> logits, const Sampling& sampling) {
  Candidates out;
  out.tokens.resize(logits.size());
  std::iota(out.tokens.begin(), out.tokens.end(), 0);
  const auto logit = [&](Token t) { return logits[static_cast<std::size_t>(t)]; };
  std::ranges::stable_sort(out.tokens, [&](Token a, Token b) { return logit(a) > logit(b); });
  if (sampling.top_k > 0 && static_cast<std::size_t>(sampling.top_k) < out.tokens.size())
    out.tokens.resize(static_cast<std::size_t>(sampling.top_k));
  const double largest = logit(out.tokens.front());
  double sum = 0;
  for (const Token t : out.tokens) {
    out.weights.push_back(std::exp((logit(t) - largest) / sampling.temperature));
    sum += out.weights.back();
  }
  double kept = 0;
  std::size_t count = 0;
  while (count < out.weights.size() && (count == 0 || kept < sampling.top_p * sum))
    kept += out.weights[count++];
  out.tokens.resize(count);
  out.weights.resize(count);
  return out;
}

}  // namespace

Status validate(const Sampling& s) {
  const auto wrong = [](const char* what, double found, const char* expected) {
    std::array<char, 32> digits;  // to_chars: a decimal point in every locale
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), found).ptr;
    return Error{ErrorKind::usage, std::string(what) + ": found " +
                                       std::string(digits.data(), end) + ", expected " + expected};
  };
  if (!(s.temperature >= 0 && s.temperature <= 100))
    return wrong("temperature", s.temperature, "a number from 0 (greedy) to 100");
  if (s.top_k < 0) return wrong("top-k", s.top_k, "a whole number from 0 (all) up");
  if (!(s.top_p > 0 && s.top_p <= 1)) return wrong("top-p", s.top_p, "a number above 0, at most 1");
  return {};
}

Token greedy_token(std::span<const float> logits) {
  return static_cast<Token>(std::ranges::max_element(logits) - logits.begin());
}

Token choose_token(std::span<const float> logits, const Sampling& sampling, std::int64_t position) {
  if (sampling.temperature == 0) return greedy_token(logits);
  const Candidates from = candidates(logits, sampling);
  double left = random_unit(sampling.seed, static_cast<std::uint64_t>(position)) *
                std::accumulate(from.weights.begin(), from.weights.end(), 0.0);
  for (std::size_t i = 0; i < from.tokens.size(); ++i) {
    left -= from.weights[i];
    if (left < 0) return from.tokens[i];
  }
  return from.tokens.back();
}

double token_probability(std::span<const float> logits, Token token) {
  const double largest = *std::ranges::max_element(logits);
  double sum = 0;
  for (const float logit : logits) sum += std::exp(logit - largest);
  return std::exp(logits[static_cast<std::size_t>(token)] - largest) / sum;
}

}  // namespace kv::core
