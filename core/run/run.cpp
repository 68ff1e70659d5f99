#include "core/run/run.h"

#include <algorithm>
#include <cmath>

#include "core/base/stopwatch.h"
#include "core/run/compare.h"
#include "core/run/replay.h"

namespace kv::core {
namespace {

Status check_token(const Model& model, Token token) {
  if (token >= 0 && token < model.config.vocabulary) return {};
  return Error{ErrorKind::usage, "token: found " + std::to_string(token) + ", expected 0 to " +
                                     std::to_string(model.config.vocabulary - 1)};
}

Error context_full(const Model& model, int wanted) {
  return {ErrorKind::usage, "context: found " + std::to_string(wanted) +
                                " tokens, expected at most " +
                                std::to_string(model.config.context_length) + " for " + model.name};
}

Error abandoned() { return {ErrorKind::internal, "abandoned"}; }

Error not_finite(const Model& model, int step) {
  return input_error(model.name, "step " + std::to_string(step), "logits that are not finite",
                     "weights that can be computed with in float32");
}

// Rows in the cache once `steps` steps of this run have been taken.
int rows_after(const Run& run, int steps) {
  return steps == 0 ? std::min(run.reused_rows, run.cache.rows)
                    : static_cast<int>(run.prompt.size()) + steps - 1;
}

Token choose(const Run& run, std::span<const float> logits, int position) {
  return choose_token(logits, run.sampling, position);
}

}  // namespace

std::vector<Token> tokens_of(const Run& run) {
  std::vector<Token> tokens = run.prompt;
  for (const auto& step : run.steps) tokens.push_back(step->token);
  return tokens;
}

int token_count(const Run& run) { return static_cast<int>(run.prompt.size() + run.steps.size()); }

Result<Run> start_run(std::shared_ptr<const Model> model, std::vector<Token> prompt,
                      const Sampling& sampling) {
  if (prompt.empty())
    return Error{ErrorKind::usage, "prompt: found no tokens, expected at least one"};
  for (const Token token : prompt)
    if (auto error = check_token(*model, token)) return *error;
  if (prompt.size() > static_cast<std::size_t>(model->config.context_length))
    return context_full(*model, static_cast<int>(prompt.size()));
  if (auto error = validate(sampling)) return *error;
  return Run{.model = std::move(model),
             .sampling = sampling,
             .prompt = std::move(prompt),
             .steps = {},
             .cache = {}};
}

void warm_up(const Model& model, int rows, Workspace& work, Parallel* parallel) {
  work.prepare(model, rows, rows, parts_of(parallel), 1, 0);
  // Several rows where there are any: matrix products set themselves up at their first call.
  const std::vector<Token> tokens(static_cast<std::size_t>(std::min(rows, 16)));
  KvCache nothing;
  make_room(nothing, model.config, 16);
  forward(model, view_of(nothing), tokens, work, {.keep_rows = false, .parallel = parallel});
}

Result<Run> extend(Run run, Workspace& work, const StepOptions& options) {
  const ModelConfig& config = run.model->config;
  if (!options.use_cache) run.cache = {};
  const std::vector<Token> tokens = tokens_of(run);
  const int past = run.cache.rows;
  const int total = static_cast<int>(tokens.size());
  if (total > config.context_length) return context_full(*run.model, total);
  if (options.forced)
    if (auto error = check_token(*run.model, *options.forced)) return *error;

  auto step = std::make_shared<Step>();
  step->index = static_cast<int>(run.steps.size());
  step->phase = run.steps.empty() ? Phase::prefill : Phase::decode;
  step->past = past;
  step->fresh = total - past;
  step->position = total;
  const bool compare = options.with_uncached && options.use_cache;
  std::shared_ptr<Record> record;
  if (options.record || compare)
    record = std::make_shared<Record>(options.record.value_or(newest_probabilities()));

  make_room(run.cache, config, step->fresh);
  if (record) record->prepare(config, past, step->fresh, 1);
  const Stopwatch watch;
  const ForwardResult result =
      forward(*run.model, view_of(run.cache),
              std::span(tokens).subspan(static_cast<std::size_t>(past)), work,
              {.keep_rows = options.use_cache,
               .record = record.get(),
               .parallel = options.parallel,
               .progress = options.progress});
  if (result.abandoned) return abandoned();
  const SideCost cost{result.count, result.bytes, watch.seconds()};
  if (!std::isfinite(max_abs(result.logits))) return not_finite(*run.model, step->index);
  run.cache.rows = total;
  step->logits.assign(result.logits.begin(), result.logits.end());
  step->forced = options.forced.has_value();
  step->token = options.forced ? *options.forced : choose(run, step->logits, step->position);
  step->probability = token_probability(step->logits, step->token);
  step->record = record;
  run.steps.push_back(step);

  if (!options.use_cache) {
    step->uncached = UncachedStep{cost, {}};
    run.cache = {};
  } else {
    step->cached = cost;
    step->cache_bytes = static_cast<std::uint64_t>(total) * cache_bytes_per_token(config);
  }
  if (compare) {
    step->uncached = compute_uncached(run, step->index, work, options);
    if (!step->uncached) return abandoned();
    if (!options.record) step->record = nullptr;
  }
  if (!options.keep_logits) step->logits = {};
  return run;
}

std::optional<UncachedStep> compute_uncached(const Run& run, int index, Workspace& work,
                                             const StepOptions& options) {
  // Probabilities are compared where the step kept its own.
  const bool recorded = run.steps[static_cast<std::size_t>(index)]->record != nullptr;
  const auto uncached = replay(run, index, Side::uncached,
                               recorded ? newest_probabilities() : nothing_recorded(), work, options);
  if (!uncached) return {};
  return judge(run, *uncached);
}

std::uint64_t decode_bytes(const ModelConfig& config, int tokens, bool with_uncached) {
  const std::uint64_t rows = static_cast<std::uint64_t>(tokens) * cache_bytes_per_token(config);
  const std::uint64_t scratch = workspace_bytes(config, tokens, tokens, 1, 1);
  // A cache that grows holds its old rows and up to twice as many new ones for a moment.
  return 3 * rows + (with_uncached ? 2 * rows : 0) + scratch;
}

Run with_uncached(Run run, int index, UncachedStep uncached) {
  auto& place = run.steps[static_cast<std::size_t>(index)];
  auto step = std::make_shared<Step>(*place);
  step->uncached = std::move(uncached);
  place = std::move(step);
  return run;
}

Run rewind(Run run, int steps) {
  run.cache.rows = rows_after(run, steps);
  run.steps.resize(static_cast<std::size_t>(steps));
  return run;
}

Result<Run> choose_instead(Run run, int index, Token token) {
  if (auto error = check_token(*run.model, token)) return *error;
  run = rewind(std::move(run), index + 1);
  auto step = std::make_shared<Step>(*run.steps.back());
  step->token = token;
  step->forced = true;
  step->probability = token_probability(step->logits, token);
  run.steps.back() = std::move(step);
  return run;
}

Result<Run> branch(const Run& run, std::vector<Token> prompt) {
  auto other = start_run(run.model, std::move(prompt), run.sampling);
  if (!other) return other;
  const std::vector<Token> old = tokens_of(run);
  const auto cached = std::span(old).first(static_cast<std::size_t>(run.cache.rows));
  const auto common = std::ranges::mismatch(cached, other->prompt).in1 - cached.begin();
  other->cache = run.cache;
  other->cache.rows =
      std::min(static_cast<int>(common), static_cast<int>(other->prompt.size()) - 1);
  other->reused_rows = other->cache.rows;
  return other;
}

}  // namespace kv::core
