// Where somebody is in the laboratory: a scenario for each of its places, what was executed and
// measured for it, the curve being drawn, the drill.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/logic/lab/quiz.h"
#include "core/bench/execute.h"
#include "core/bench/machine_probe.h"
#include "core/bench/side_times.h"
#include "viz/scene/scenario.h"

namespace kv::app {

// One of the two places, as it was left.
struct LabPlace {
  scene::Scenario scenario;
  std::vector<scene::Scenario> undo, redo;  // newest last
  int focused = -1;                         // control that the arrow keys change
  int changing = -1;  // control changed last: a drag is one change, not a hundred
};
inline constexpr std::size_t lab_undo_depth = 100;

// What an execution is of: the same key, the same numbers.
struct ExecutionKey {
  std::string model;  // a built-in model's name; empty: random weights of `sizes`
  core::ModelConfig sizes;
  std::int64_t tokens = 0, prompt = 1;
  std::int64_t context = 0;  // of the padded way; 0: it is not asked for
  double flop_budget = 0;
  bool operator==(const ExecutionKey&) const = default;
};
struct ExecutionDone {
  ExecutionKey key;
  std::shared_ptr<const core::Execution> result;  // null: it could not be
};

// Without being asked, no more than what is there before one looks; with the button, a few seconds.
inline constexpr double glimpse_flops = 4e9, asked_flops = 1e11;
// Weights of what is executed; beyond that the curves stand alone.
inline constexpr std::uint64_t most_executed_bytes = std::uint64_t{256} << 20;

// Measurements of this machine, asked for by a button.
enum class Measurement { probe, attention, model };

struct AttentionDone {
  core::AttentionBench bench;
  std::shared_ptr<const core::SideTimes> times;
};
struct ModelDone {
  std::string model;        // short
  core::ModelConfig sizes;  // what was run
  int tokens = 0;
  std::shared_ptr<const core::SideTimes> times;
  std::shared_ptr<const core::Execution> growth;
};

struct Drill {
  int number = 0;  // of the question, from 0
  std::optional<AskedQuestion> asked;
  scene::Language language = scene::Language::en;  // that it was asked in
  std::uint64_t seed = 0;
  std::vector<int> tried;  // options, in order
  bool revealed = false;
  int focused = 0;
  int right = 0, answered = 0, streak = 0;  // right: at the first try
  std::string mistake;                      // why nothing can be asked
  scene::LabPage picture = scene::LabPage::curves;  // whose picture goes with the answer

  bool open() const {
    return asked && !revealed && (tried.empty() || tried.back() != asked->right);
  }
};

struct LabState {
  LabPlace scenarios, costs;
  ExecutionDone executed;
  double flop_budget = glimpse_flops;
  std::vector<Measurement> wanted;  // in the order asked
  std::shared_ptr<const core::MachineProbe> probe;
  AttentionDone attention;
  ModelDone model;
  std::vector<scene::Vec2> drawing;  // tokens, FLOPs
  bool revealed = false;             // the true curve beside it
  std::shared_ptr<const Quiz> quiz;  // null: none
  std::string quiz_mistake;          // why there is none
  Drill drill;
};

}  // namespace kv::app
