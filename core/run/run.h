// A decoding run: immutable history, one step per new token, with what both sides did for it.
//
// A Run is a value. Every verb takes one and gives a new one; steps and cache rows are shared,
// never overwritten, so older Runs stay true.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/engine/forward.h"
#include "core/run/sampling.h"

namespace kv::core {

// One forward as it was run.
struct SideCost {
  OpCount count;
  ByteCount bytes;
  double seconds = 0;  // measured
};

// The two sides of one step beside each other; they agree to rounding, not bit for bit.
struct Agreement {
  double logits = 0;  // largest |difference|
  double keys = 0;    // over all rows, layers and kv heads
  double values = 0;
  std::optional<double> probabilities;  // of the newest row, all layers and heads, where recorded
  double largest_logit = 0;  // max |logit| of the cached side, to judge the difference by
  bool same_token = false;   // both sides would choose the same one
};

struct UncachedStep {
  SideCost cost;
  std::optional<Agreement> agreement;  // absent when the step was not run with the cache
};

enum class Phase { prefill, decode };

// Step i made the (i+1)-th new token from the logits of the rows before it.
struct Step {
  int index = 0;
  Phase phase = Phase::prefill;
  int past = 0;                          // rows that were in the cache before
  int fresh = 0;                         // rows computed: the prompt's (prefill) or one
  int position = 0;                      // of the new token in the text
  Token token = 0;                       // the new token
  bool forced = false;                   // chosen by the user, not by the model
  double probability = 0;                // softmax(logits)[token]
  std::vector<float> logits;             // [vocabulary], unless StepOptions said not to keep them
  std::optional<SideCost> cached;        // absent in a step run without the cache
  std::uint64_t cache_bytes = 0;         // keys and values held after the step
  std::shared_ptr<const Record> record;  // when asked for
  std::optional<UncachedStep> uncached;  // when it has been computed

  int total() const { return past + fresh; }
};

struct Run {
  std::shared_ptr<const Model> model;
  Sampling sampling;
  std::vector<Token> prompt;  // at least one token
  std::vector<std::shared_ptr<const Step>> steps;
  KvCache cache;        // rows of prompt + all new tokens but the newest
  int reused_rows = 0;  // of them, rows that came from the run this one branched from
};

// Prompt and new tokens.
std::vector<Token> tokens_of(const Run& run);
int token_count(const Run& run);

// A run that has taken no step. Usage errors: empty prompt, a token outside the vocabulary, a
// prompt beyond the context, sampling that makes no sense.
Result<Run> start_run(std::shared_ptr<const Model> model, std::vector<Token> prompt,
                      const Sampling& sampling = {});

struct StepOptions {
  std::optional<Token> forced = {};          // takes this token instead of choosing
  std::optional<RecordRequest> record = {};  // keep a record in the step
  bool use_cache = true;       // without: everything is computed again, and nothing is kept
  bool with_uncached = false;  // compute the uncached side as well, at once
  bool keep_logits = true;     // a step's logits take 4 bytes times the vocabulary
  Parallel* parallel = nullptr;
  const std::function<bool(double)>* progress = nullptr;  // returning false abandons the step
};

// Touches what `rows` fresh rows will need, scratch and weights, by one forward that is thrown
// away: otherwise the first step's time is mostly that of the system handing out pages.
void warm_up(const Model& model, int rows, Workspace& work, Parallel* parallel = nullptr);

// One step further. Usage errors: the context is full, the forced token is outside the vocabulary.
// An input error when the logits are not finite: such weights cannot be decoded with.
// Abandoned: an internal error "abandoned", and the run given is as it was.
Result<Run> extend(Run run, Workspace& work, const StepOptions& options = {});

// The uncached side of a step, for real: all its tokens through forward() with nothing behind them.
// The step must have kept its logits. Nothing when abandoned. Memory: the rows of one step, not
// kept.
std::optional<UncachedStep> compute_uncached(const Run& run, int step, Workspace& work,
                                             const StepOptions& options = {});

// The same run with that step's uncached side filled in.
Run with_uncached(Run run, int step, UncachedStep uncached);

// The first `steps` steps alone.
Run rewind(Run run, int steps);

// The run up to step `step`, whose token is now `token`, forced. No row is computed.
Result<Run> choose_instead(Run run, int step, Token token);

// Bytes that decoding `tokens` tokens takes beside the model: cache, scratch and, with the uncached
// side, its rows. To be asked before the work.
std::uint64_t decode_bytes(const ModelConfig& config, int tokens, bool with_uncached);

// Another prompt for the same model. Rows of the common prefix are kept (Run::reused_rows says how
// many): at most all but the prompt's last, which is computed to have logits.
Result<Run> branch(const Run& run, std::vector<Token> prompt);

}  // namespace kv::core
