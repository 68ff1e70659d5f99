// What a picture is of: the run, the words of its tokens, and both sides' inside of the step shown.
// Everything in it was computed by core in this process.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/run/experiment.h"
#include "core/run/run.h"
#include "viz/scene/stage_spec.h"

namespace kv::scene {

struct Candidate {
  core::Token token = 0;
  std::string text;
  double probability = 0;  // the model's own: softmax(logits)
  bool kept = true;        // within what top-k and top-p leave
};

// Both sides' costs, summed from the first forward on. Entry s is after s steps; entry 0 is zero.
struct CostSeries {
  std::vector<core::OpCount> cached;       // counted
  std::vector<core::OpCount> uncached;     // counted where the step was computed, else closed form
  std::vector<bool> uncached_counted;      // of step s alone; entry 0 true
  std::vector<core::OpCount> step_cached;  // of step s alone; entry 0 zero
  std::vector<core::OpCount> step_uncached;
};
CostSeries cost_series(const core::Run& run);
// The same for a run that agrees with the series' up to step `first` (from 0): what follows is made
// anew.
void update_costs(CostSeries& series, const core::Run& run, int first);

// One line of showable UTF-8 a token.
struct RunText {
  std::vector<std::string> tokens;  // prompt and new tokens
  // Entry s - 1: the most likely tokens of step s, best first; the chosen one is among them.
  std::vector<std::vector<Candidate>> candidates;
};

struct Subject {
  std::shared_ptr<const core::Run> run;  // null: nothing is open
  std::shared_ptr<const RunText> text;
  std::shared_ptr<const CostSeries> costs;
  std::string model_name;  // short: "story", a folder's last name
  // Of the step shown, with the layer shown; null while being computed ("check pending").
  std::shared_ptr<const core::Replay> cached;
  std::shared_ptr<const core::Replay> uncached;
  // What goes wrong on purpose: then `cached` and `uncached` are its two sides. Null: nothing.
  std::shared_ptr<const core::ExperimentResult> experiment;
  std::shared_ptr<const BenchView> bench;  // null: not measured
  // Attention probabilities of all heads of the layer shown come from these records.

  int prompt_tokens() const { return run ? static_cast<int>(run->prompt.size()) : 0; }
  int steps() const { return run ? static_cast<int>(run->steps.size()) : 0; }
};

// What replays are asked to record for pictures: all layers where that is little, so that another
// layer is there at once, else the one shown. Scores of all rows only up to `scores_up_to` rows:
// beyond that they can be had from q and k.
inline constexpr int scores_up_to = 1024;
inline constexpr std::uint64_t all_layers_up_to = std::uint64_t{4} << 20;
// A record whose attention would take more is kept without it, and the picture says so.
inline constexpr std::uint64_t attention_up_to = std::uint64_t{400} << 20;
core::RecordRequest record_for_picture(const core::Run& run, int step, core::Side side, int layer);

}  // namespace kv::scene
