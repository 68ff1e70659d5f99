#include "core/bench/growth_bench.h"

#include <limits>

#include "core/base/stopwatch.h"

namespace kv::core {
namespace {

constexpr int most_rounds = 9;

// Odd, so that a median is a time that was taken.
int rounds_for(double seconds_of_one) {
  constexpr double worth_waiting = 20;
  int rounds = most_rounds;
  while (rounds > 1 && rounds * seconds_of_one > worth_waiting) rounds -= 2;
  return rounds;
}

Executed& side_of(ExecutedPoint& point, Baseline side) {
  return point.sides[static_cast<std::size_t>(side)];
}

void take_medians(std::vector<Execution>& rounds, Execution& into) {
  for (std::size_t i = 0; i < into.points.size(); ++i)
    for (const Baseline side : baselines) {
      std::vector<double> step, run;
      for (Execution& round : rounds) {
        const Executed& one = side_of(round.points[i], side);
        step.push_back(one.step_seconds);
        run.push_back(one.run_seconds);
      }
      side_of(into.points[i], side).step_seconds = median(std::move(step));
      side_of(into.points[i], side).run_seconds = median(std::move(run));
    }
}

template <class Value>
std::optional<PowerFit> fit_of(const Execution& execution, Baseline side, Value&& value) {
  std::vector<std::pair<double, double>> points;
  for (const ExecutedPoint& point : execution.points)
    points.emplace_back(static_cast<double>(point.tokens),
                        value(point.sides[static_cast<std::size_t>(side)]));
  return upper_fit(points);
}

}  // namespace

Result<GrowthTimes> time_growth(const Model& model, std::int64_t prompt, std::int64_t tokens,
                                const BenchOptions& options) {
  if (tokens > model.config.context_length)
    return Error{ErrorKind::usage, "context: found " + std::to_string(tokens) +
                                       " positions to compute, expected at most " +
                                       std::to_string(model.config.context_length)};
  const ExecuteRequest request{.shape = {.prompt = prompt, .context = tokens},
                               .tokens = tokens,
                               .flop_budget = std::numeric_limits<double>::max()};
  std::vector<Execution> rounds;
  int wanted = most_rounds;
  BenchOptions inner = options;
  inner.progress = [&](double share) {
    const double all = (static_cast<double>(rounds.size()) + share) / wanted;
    return !options.progress || options.progress(all);
  };
  do {
    const Stopwatch watch;
    auto round = execute(model, request, inner);
    if (!round) return round.error();
    rounds.push_back(*std::move(round));
    if (rounds.size() == 1) wanted = rounds_for(watch.seconds());
  } while (static_cast<int>(rounds.size()) < wanted);
  GrowthTimes times{.steps = rounds.front(), .rounds = wanted};
  take_medians(rounds, times.steps);
  return times;
}

std::optional<PowerFit> time_fit(const Execution& execution, Baseline side) {
  return fit_of(execution, side, [](const Executed& one) { return one.step_seconds; });
}

std::optional<PowerFit> flops_fit(const Execution& execution, Baseline side) {
  return fit_of(execution, side, [](const Executed& one) { return to_double(one.step.total()); });
}

}  // namespace kv::core
