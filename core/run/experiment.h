// What would go wrong: a step of a run computed with something changed on purpose, beside the same
// step as it should be. The same forward() as ever, on another past, another model or without its
// mask.
#pragma once

#include <memory>
#include <optional>

#include "core/run/replay.h"

namespace kv::core {

enum class Experiment {
  none,
  no_mask,        // every row sees all rows, also later ones: rows cached before the newest token
                  // are wrong
  drop_values,    // the cache kept only keys: values of earlier rows are gone (zeros)
  keep_queries,   // queries are kept as well: nothing changes but the bytes
  stale_weights,  // the weights changed by one small training-like step after the earlier rows were
                  // cached; takes the memory of a second model while it runs
};
inline constexpr int experiment_count = 5;

struct ExperimentResult {
  Experiment experiment = Experiment::none;
  Replay fresh;   // all rows computed now, as they should be under the changed condition
  Replay cached;  // the newest row alone, on the rows that the experiment's cache holds
  // cached minus fresh: keys and values of all rows.
  std::shared_ptr<const KvBlock> difference;
  double keys = 0, values = 0, logits = 0;  // largest |difference|
  double old_keys = 0;                      // over the rows before the newest, all layers
  double old_keys_first_layer = 0;          // and in the first layer alone
  bool same_token = false;                  // both would choose the same next token
  // By the experiment's cache after the step; drop_values keeps the keys alone.
  std::uint64_t bytes_kept = 0;

  std::uint64_t bytes() const;  // kept in memory
};

// Of forward `step` (from 0) of the run, at least the second: before it there are no cached rows.
// Both sides recorded as asked; the run's own rows stay untouched. Nothing when `options.progress`,
// which is told the share of all forwards together, abandons it. The memory it takes is that of
// both replays (replay_bytes) and the rows once more.
std::optional<ExperimentResult> run_experiment(const Run& run, int step, Experiment experiment,
                                               const RecordRequest& request, Workspace& work,
                                               const StepOptions& options = {});

}  // namespace kv::core
