#include "core/run/replay.h"

#include "core/base/stopwatch.h"
#include "core/run/compare.h"

namespace kv::core {
namespace {

// Rows of keys and values in whole cache lines, as in the caches that decoding makes.
int capacity_for(int rows) {
  constexpr int line = 64;
  return (rows + line - 1) / line * line;
}

}  // namespace

std::uint64_t Replay::bytes() const {
  return (record ? record->bytes() : 0) + (block ? block->bytes() : 0) +
         logits.size() * sizeof(float);
}

std::optional<Replay> replay(const Run& run, int index, Side side, const RecordRequest& request,
                             Workspace& work, const StepOptions& options) {
  const Step& step = *run.steps[static_cast<std::size_t>(index)];
  const std::vector<Token> tokens = tokens_of(run);
  const int past = side == Side::cached ? step.past : 0;
  auto result = replay_on(*run.model, first_rows(run, past, step.total()),
                          std::span(tokens).first(static_cast<std::size_t>(step.total())), side,
                          request, work, options);
  if (result) result->step = index;
  return result;
}

OwnPast first_rows(const Run& run, int rows, int total) {
  const ModelConfig& config = run.model->config;
  auto block = std::make_shared<KvBlock>(config.layers, config.kv_heads, config.head_dim,
                                         capacity_for(total));
  if (rows > 0) block->copy_rows(*run.cache.block, rows);
  return {.block = std::move(block), .rows = rows};
}

std::optional<Replay> replay_on(const Model& model, OwnPast past, std::span<const Token> tokens,
                                Side side, const RecordRequest& request, Workspace& work,
                                const StepOptions& options) {
  Replay result{.side = side, .past = past.rows};
  result.fresh = static_cast<int>(tokens.size()) - past.rows;
  auto record = std::make_shared<Record>(request);
  record->prepare(model.config, result.past, result.fresh, 1);
  const PastView view{.block = past.block.get(),
                      .rows = past.rows,
                      .next_position = past.rows,
                      .visibility = past.visibility};
  const Stopwatch watch;
  const ForwardResult forwarded =
      forward(model, view, tokens.subspan(static_cast<std::size_t>(past.rows)), work,
              {.keep_rows = side == Side::cached,
               .record = record.get(),
               .parallel = options.parallel,
               .progress = options.progress});
  if (forwarded.abandoned) return {};
  result.cost = {forwarded.count, forwarded.bytes, watch.seconds()};
  result.record = std::move(record);
  result.block = std::move(past.block);
  result.logits.assign(forwarded.logits.begin(), forwarded.logits.end());
  return result;
}

std::uint64_t replay_bytes(const Run& run, int index, Side side, const RecordRequest& request) {
  const Step& step = *run.steps[static_cast<std::size_t>(index)];
  const ModelConfig& config = run.model->config;
  const int past = side == Side::cached ? step.past : 0;
  return record_bytes(config, request, past, step.total() - past, 1) +
         static_cast<std::uint64_t>(capacity_for(step.total())) * cache_bytes_per_token(config) +
         static_cast<std::uint64_t>(config.vocabulary) * sizeof(float);
}

UncachedStep judge(const Run& run, const Replay& uncached) {
  const Step& step = *run.steps[static_cast<std::size_t>(uncached.step)];
  Agreement agreement;
  agreement.logits = max_abs_difference(step.logits, uncached.logits);
  agreement.largest_logit = max_abs(step.logits);
  agreement.keys = max_key_difference(*run.cache.block, *uncached.block, step.total());
  agreement.values = max_value_difference(*run.cache.block, *uncached.block, step.total());
  if (step.record)
    agreement.probabilities = max_probability_difference(*step.record, *uncached.record);
  const auto choose = [&](std::span<const float> logits) {
    return choose_token(logits, run.sampling, step.position);
  };
  agreement.same_token = choose(step.logits) == choose(uncached.logits);
  return UncachedStep{uncached.cost, agreement};
}

}  // namespace kv::core
