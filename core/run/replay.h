// One forward of a run computed again for whoever wants to look inside: the same function on the
// same past, with a record. Runs keep no records; what is looked at is replayed.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/run/run.h"

namespace kv::core {

struct Replay {
  int step = 0;
  Side side = Side::cached;
  int past = 0;                                    // rows that were there before
  int fresh = 0;                                   // rows computed
  std::shared_ptr<const Record> record = nullptr;  // of the fresh rows, as asked for
  std::shared_ptr<const KvBlock> block = nullptr;  // rows [0, past + fresh)
  std::vector<float> logits = {};                  // of the last row
  SideCost cost = {};

  int total() const { return past + fresh; }
  // Bytes this keeps in memory.
  std::uint64_t bytes() const;
};

// Forward `step` of the run as that side does it: cached, on the rows that were there (copied, so
// the run's own stay untouched); uncached, on nothing with all tokens. The step's own counts are
// those of the replay. Nothing when `options.progress` abandons it.
std::optional<Replay> replay(const Run& run, int step, Side side, const RecordRequest& request,
                             Workspace& work, const StepOptions& options = {});

// Rows to compute on, in a block of one's own that has room for the fresh ones.
struct OwnPast {
  std::shared_ptr<KvBlock> block;
  int rows = 0;
  Visibility visibility = Visibility::causal;
};

// The first `rows` rows of the run's cache (none: also of a run without one), copied, with room for
// `total` rows.
OwnPast first_rows(const Run& run, int rows, int total);

// What replay() does once it has the rows: those of `tokens` behind the past ones, at least one, by
// any model of the run's sizes. For the caller to say which step it is.
std::optional<Replay> replay_on(const Model& model, OwnPast past, std::span<const Token> tokens,
                                Side side, const RecordRequest& request, Workspace& work,
                                const StepOptions& options = {});

// Bytes replay() will keep, to be asked before.
std::uint64_t replay_bytes(const Run& run, int step, Side side, const RecordRequest& request);

// What the replayed uncached forward of a step says beside the step's cached one, whose logits and
// rows the run must hold.
UncachedStep judge(const Run& run, const Replay& uncached);

}  // namespace kv::core
