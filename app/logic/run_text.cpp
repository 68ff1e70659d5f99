#include "app/logic/run_text.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kv::app {
namespace {

using Tokens = std::vector<core::Token>;

// What is only ours is changed in place: a long run's texts are not copied for every token.
template <class T>
T& own(std::shared_ptr<const T>& shared) {
  if (!shared)
    shared = std::make_shared<T>();
  else if (shared.use_count() > 1)
    shared = std::make_shared<T>(*shared);
  return const_cast<T&>(*shared);  // made here, and not as const
}

// Logits in the order that choosing looks at them: the lower id first among equals.
class Likelihood {
 public:
  explicit Likelihood(std::span<const float> logits)
      : logits_(logits), largest_(static_cast<double>(*std::ranges::max_element(logits))) {}

  bool operator()(core::Token a, core::Token b) const {
    return logit(a) != logit(b) ? logit(a) > logit(b) : a < b;
  }
  // exp(logit / temperature), the largest being 1.
  double weight(core::Token token, double temperature) const {
    return std::exp((static_cast<double>(logit(token)) - largest_) / temperature);
  }
  double sum(std::span<const core::Token> tokens, double temperature) const {
    double total = 0;
    for (const core::Token token : tokens) total += weight(token, temperature);
    return total;
  }

 private:
  float logit(core::Token token) const { return logits_[static_cast<std::size_t>(token)]; }

  std::span<const float> logits_;
  double largest_;
};

// Whether top-k and top-p leave a token, given those that are likelier. As choose_token() does it.
class Sieve {
 public:
  // `order` holds all tokens; its first `pool` ones are the likeliest, in any order.
  Sieve(const core::Sampling& sampling, const Likelihood& likelihood, const Tokens& order,
        std::size_t pool)
      : sampling_(sampling), likelihood_(likelihood), pool_(pool) {
    if (sampling.temperature > 0 && sampling.top_p < 1)
      limit_ = sampling.top_p * likelihood.sum(std::span(order).first(pool), sampling.temperature);
  }
  bool keeps(std::span<const core::Token> likelier) const {
    if (likelier.empty()) return true;
    if (sampling_.temperature == 0 || likelier.size() >= pool_) return false;
    return sampling_.top_p >= 1 || likelihood_.sum(likelier, sampling_.temperature) < limit_;
  }

 private:
  const core::Sampling& sampling_;
  const Likelihood& likelihood_;
  std::size_t pool_;
  double limit_ = 0;
};

// Brings the likeliest `count` tokens to the front, sorted.
void sort_front(Tokens& order, std::size_t count, const Likelihood& likelier) {
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(count);
  std::partial_sort(order.begin(), end, order.end(), likelier);
}

}  // namespace

std::string token_text(const OpenModel& model, core::Token token) {
  return model.tokenizer ? model.tokenizer->token_text(token) : "#" + std::to_string(token);
}

std::vector<scene::Candidate> candidates_of(const OpenModel& model, const core::Sampling& sampling,
                                            const core::Step& step) {
  const Likelihood likelihood(step.logits);
  Tokens order(step.logits.size());
  std::iota(order.begin(), order.end(), 0);
  std::size_t pool = order.size();
  if (sampling.top_k > 0 && static_cast<std::size_t>(sampling.top_k) < pool) {
    pool = static_cast<std::size_t>(sampling.top_k);
    std::nth_element(order.begin(), order.begin() + sampling.top_k, order.end(), likelihood);
  }
  const Sieve sieve(sampling, likelihood, order, pool);
  const double all = likelihood.sum(order, 1);
  std::vector<scene::Candidate> candidates;
  const auto add = [&](core::Token token, std::span<const core::Token> likelier) {
    candidates.push_back({token, token_text(model, token), likelihood.weight(token, 1) / all,
                          sieve.keeps(likelier)});
  };
  const std::size_t count = std::min(most_candidates, order.size());
  sort_front(order, count, likelihood);
  for (std::size_t rank = 0; rank < count; ++rank) add(order[rank], std::span(order).first(rank));
  const auto front = std::span(order).first(count);
  if (std::ranges::find(front, step.token) != front.end()) return candidates;
  const auto likelier = std::partition(
      order.begin(), order.end(), [&](core::Token token) { return likelihood(token, step.token); });
  add(step.token, std::span(order.begin(), likelier));
  return candidates;
}

void refresh_text(AppState& state, int valid_steps) {
  const core::Run& run = *state.now.run;
  scene::RunText& text = own(state.text);
  const Tokens tokens = core::tokens_of(run);
  const auto steps = static_cast<std::size_t>(std::max(valid_steps, 0));
  const std::size_t kept = valid_steps < 0 ? 0 : run.prompt.size() + steps;
  text.tokens.resize(std::min({text.tokens.size(), kept, tokens.size()}));
  text.candidates.resize(std::min({text.candidates.size(), steps, run.steps.size()}));
  for (std::size_t i = text.tokens.size(); i < tokens.size(); ++i)
    text.tokens.push_back(token_text(state.now.model, tokens[i]));
  for (std::size_t i = text.candidates.size(); i < run.steps.size(); ++i)
    text.candidates.push_back(candidates_of(state.now.model, run.sampling, *run.steps[i]));
  refresh_costs(state, valid_steps);
}

void refresh_costs(AppState& state, int first) {
  scene::update_costs(own(state.costs), *state.now.run, first);
}

}  // namespace kv::app
