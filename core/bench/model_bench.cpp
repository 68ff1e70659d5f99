#include <algorithm>
#include <chrono>

#include "core/base/random.h"
#include "core/bench/rounds.h"
#include "core/engine/forward.h"
#include "core/run/compare.h"

namespace kv::core {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

Result<SideTimes> time_model(const Model& model, int prompt_tokens, int tokens,
                             const BenchOptions& options) {
  const ModelConfig& config = model.config;
  const std::int64_t rows = std::int64_t{prompt_tokens} + tokens - 1;
  if (rows > config.context_length)
    return Error{ErrorKind::usage, "context: found " + std::to_string(rows) +
                                       " positions to compute, expected at most " +
                                       std::to_string(config.context_length)};
  // Both sides are given the same tokens, random ones: what is timed does not depend on them.
  std::vector<Token> text(static_cast<std::size_t>(rows));
  for (std::size_t i = 0; i < text.size(); ++i)
    text[i] = static_cast<Token>(random_bits(1, i) % static_cast<std::uint64_t>(config.vocabulary));

  Workspace work;
  KvCache cache;
  make_room(cache, config, static_cast<int>(rows));
  SideTimes times;
  std::vector<float> newest;  // logits of each step without the cache
  const auto width = static_cast<std::size_t>(config.vocabulary);
  newest.resize(width * static_cast<std::size_t>(tokens));

  const TimedSide side = [&](bool cached, double begin, double end) -> std::optional<double> {
    OpCount count;
    double seconds = 0;
    for (int i = 0; i < tokens; ++i) {
      const int total = prompt_tokens + i;
      const int past = cached && i > 0 ? total - 1 : 0;
      cache.rows = past;
      const auto start = Clock::now();
      const ForwardResult result =
          forward(model, view_of(cache),
                  std::span(text).subspan(static_cast<std::size_t>(past),
                                          static_cast<std::size_t>(total - past)),
                  work, {.keep_rows = cached, .parallel = options.parallel});
      seconds += std::chrono::duration<double>(Clock::now() - start).count();
      count += result.count;
      const auto place = std::span(newest).subspan(width * static_cast<std::size_t>(i), width);
      if (cached) {
        times.max_abs_difference =
            std::max(times.max_abs_difference, max_abs_difference(place, result.logits));
        times.max_abs_value = std::max(times.max_abs_value, max_abs(result.logits));
      } else {
        std::ranges::copy(result.logits, place.begin());
      }
      const double done = static_cast<double>(i + 1) / tokens;
      if (options.progress &&
          !options.progress(begin + (end - begin) * (cached ? done : done * done)))
        return {};
    }
    (cached ? times.with_count : times.without_count) = count;
    return seconds;
  };
  if (!run_rounds(side, times)) return Error{ErrorKind::internal, "abandoned"};
  return times;
}

}  // namespace kv::core
