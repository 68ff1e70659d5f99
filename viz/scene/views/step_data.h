// What the replays of the step shown hold, as matrices ready to be drawn.
#pragma once

#include "viz/scene/views/frame.h"

namespace kv::scene {

// Null while it is being computed, and before the first step.
const core::Replay* replay_of(const Frame& f, core::Side side);
// The kv head that the chosen query head reads.
int kv_head_of(const Frame& f);
inline int kv_head_of(const core::ModelConfig& c, int head) {
  return head / (c.heads / c.kv_heads);
}

// [rows, head_dim] of the chosen layer and head, after rotary embedding, as cached.
MatrixView keys_of(const Frame& f, const core::Replay& replay);
MatrixView values_of(const Frame& f, const core::Replay& replay);
// Cached minus fresh of the experiment shown, keys or values; empty where there is none, or none
// that changes rows.
MatrixView difference_of(const Frame& f, bool keys);
// [kept rows, total] of one query head; the kept rows are the last ones. Empty (no rows) where the
// record does not hold them.
MatrixView probabilities_of(const Frame& f, const core::Replay& replay, int head);
MatrixView scores_of(const Frame& f, const core::Replay& replay, int head);  // scaled

// Rows of the sequence in the step shown (0 before the first), rows that this side had before and
// rows that it computes.
struct StepRows {
  int total = 0, past = 0, fresh = 0;
};
StepRows rows_of(const Frame& f, core::Side side);

// This step's FLOPs and those of all steps so far. `exact` is false where the uncached side is
// given by its closed form, its computation pending.
struct SideCosts {
  core::OpCount step, total;
  bool counted = true;
};
SideCosts costs_of(const Frame& f, core::Side side);

// Rows there is room for: grows in jumps with the run, so that what stands still does not shrink
// with every token.
int row_capacity(int rows);

Color component_color(const Palette& colors, int component);  // index into op_count_parts

}  // namespace kv::scene
