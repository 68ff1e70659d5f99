#include "core/bench/execute.h"

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/base/stopwatch.h"
#include "core/engine/forward.h"
#include "core/run/run.h"

namespace kv::core {
namespace {

constexpr std::int64_t most_points = 64;
constexpr std::uint64_t token_seed = 1;

bool takes_part(Baseline baseline, const ExecuteRequest& request) {
  return baseline != Baseline::padded || request.padded;
}

// All ways together, up to n tokens.
Uint128 flops_to(const ModelConfig& config, const ExecuteRequest& request, std::int64_t n) {
  Uint128 sum = 0;
  for (const Baseline baseline : baselines)
    if (takes_part(baseline, request))
      sum += baseline_run(config, baseline, n, request.shape).total();
  return sum;
}

// As far as tokens and positions go, whatever it costs. 0: not one step fits.
std::int64_t longest(const ModelConfig& config, const ExecuteRequest& request) {
  const std::int64_t positions = config.context_length;
  if (!request.padded) return std::min(request.tokens, positions);
  if (request.shape.context > positions) return 0;
  return std::min(request.tokens, request.shape.context);
}

Error refused(const std::string& what, const std::string& found, const std::string& expected) {
  return {ErrorKind::usage, what + ": found " + found + ", expected " + expected};
}

// Why not even the first step can be executed.
Error why_not(const Model& model, const ExecuteRequest& request) {
  const std::int64_t prompt = request.shape.prompt, positions = model.config.context_length;
  if (prompt < 1) return refused("prompt", std::to_string(prompt), "at least one token");
  if (request.tokens < prompt)
    return refused("tokens", std::to_string(request.tokens),
                   "at least the prompt's " + std::to_string(prompt));
  const std::int64_t rows = request.padded ? std::max(prompt, request.shape.context) : prompt;
  if (rows > positions)
    return refused("context", std::to_string(rows) + " positions to compute",
                   "at most " + std::to_string(positions) + " for " + model.name);
  if (request.padded && request.shape.context < prompt)
    return refused("context", std::to_string(request.shape.context),
                   "at least the prompt's " + std::to_string(prompt));
  return refused("budget",
                 to_string(flops_to(model.config, request, prompt)) + " FLOPs for the first step",
                 "at most " + to_string(static_cast<Uint128>(std::max(0.0, request.flop_budget))));
}

// The lengths to keep: all where they are few, else evenly in the logarithm, the first and the last
// among them.
std::vector<ExecutedPoint> checkpoints(std::int64_t first, std::int64_t last) {
  const std::int64_t count = std::min(most_points, last - first + 1);
  std::vector<ExecutedPoint> points(static_cast<std::size_t>(count));
  std::int64_t at = first;
  for (std::int64_t i = 0; i < count; ++i) {
    points[static_cast<std::size_t>(i)].tokens = at;
    const std::int64_t left = count - 1 - i;  // points after this one
    if (left == 0) break;
    const double now = static_cast<double>(at);
    const double next =
        now * std::pow(static_cast<double>(last) / now, 1 / static_cast<double>(left));
    at = std::clamp(static_cast<std::int64_t>(std::llround(next)), at + 1, last - left + 1);
  }
  return points;
}

// What all steps of all ways have in common.
class Executor {
 public:
  Executor(const Model& model, const ExecuteRequest& request, const BenchOptions& options,
           std::int64_t last)
      : model_(model), request_(request), options_(options), last_(last) {
    const std::int64_t rows = request.padded ? request.shape.context : last;
    text_.resize(static_cast<std::size_t>(rows));
    for (std::size_t i = 0; i < text_.size(); ++i)
      text_[i] = static_cast<Token>(random_bits(token_seed, i) %
                                    static_cast<std::uint64_t>(model.config.vocabulary));
    make_room(cache_, model.config, static_cast<int>(rows));
    warm_up(model, static_cast<int>(rows), work_, options.parallel);
    flops_ahead_ = to_double(flops_to(model.config, request, last));
  }

  // Every step of one way. False when abandoned.
  bool run(Baseline baseline, std::vector<ExecutedPoint>& points) {
    Executed now;
    auto point = points.begin();
    for (std::int64_t t = request_.shape.prompt; t <= last_; ++t) {
      take_step(baseline, t, now);
      if (t == point->tokens) {
        point->sides[static_cast<std::size_t>(baseline)] = now;
        ++point;
      }
      if (!progressed(now.step)) return false;
    }
    return true;
  }

 private:
  void take_step(Baseline baseline, std::int64_t t, Executed& now) {
    const bool cached = baseline == Baseline::with_cache;
    const std::int64_t past = cached && t > request_.shape.prompt ? t - 1 : 0;
    const std::int64_t end = baseline == Baseline::padded ? request_.shape.context : t;
    cache_.rows = static_cast<int>(past);
    const auto fresh = std::span(text_).subspan(static_cast<std::size_t>(past),
                                                static_cast<std::size_t>(end - past));
    const Stopwatch watch;
    now.step = forward(model_, view_of(cache_), fresh, work_,
                       {.keep_rows = cached, .parallel = options_.parallel})
                   .count;
    now.step_seconds = watch.seconds();
    now.run += now.step;
    now.run_seconds += now.step_seconds;
  }

  bool progressed(const OpCount& step) {
    flops_done_ += to_double(step.total());
    return !options_.progress || options_.progress(std::min(1.0, flops_done_ / flops_ahead_));
  }

  const Model& model_;
  const ExecuteRequest& request_;
  const BenchOptions& options_;
  std::int64_t last_;
  std::vector<Token> text_;  // the sequence, and behind it what pads it
  KvCache cache_;            // rows of the way that is running
  Workspace work_;
  double flops_ahead_ = 0, flops_done_ = 0;
};

}  // namespace

std::int64_t reachable_tokens(const ModelConfig& config, const ExecuteRequest& request) {
  const std::int64_t prompt = request.shape.prompt;
  if (prompt < 1) return prompt - 1;
  // Reached: prompt - 1 or more; not reached: beyond.
  std::int64_t reached = prompt - 1, beyond = std::max(prompt, longest(config, request) + 1);
  while (beyond - reached > 1) {
    const std::int64_t middle = reached + (beyond - reached) / 2;
    const bool fits = to_double(flops_to(config, request, middle)) <= request.flop_budget;
    (fits ? reached : beyond) = middle;
  }
  return reached;
}

Result<Execution> execute(const Model& model, const ExecuteRequest& request,
                          const BenchOptions& options) {
  const std::int64_t last = reachable_tokens(model.config, request);
  if (request.shape.prompt < 1 || last < request.shape.prompt) return why_not(model, request);
  Execution done{.model = model.name,
                 .shape = request.shape,
                 .padded = request.padded,
                 .points = checkpoints(request.shape.prompt, last),
                 .reached = last};
  Executor executor(model, request, options, last);
  for (const Baseline baseline : baselines)
    if (takes_part(baseline, request) && !executor.run(baseline, done.points))
      return Error{ErrorKind::internal, "abandoned"};
  return done;
}

}  // namespace kv::core
