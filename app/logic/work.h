// What takes time, as values: what to compute next for a state, and computing it. Whoever has a
// thread runs it there; tests and `render` run it in place.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "app/logic/state.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/engine/workspace.h"

namespace kv::app {

namespace job {
struct Load {
  std::string name;
};
struct Extend {  // one step further
  std::shared_ptr<const core::Run> run;
  std::optional<core::Token> forced;
  int layer = 0;
  bool picture = true;  // with both sides' inside, where that is cheap: no picture without it
};
struct Replay {
  std::shared_ptr<const core::Run> run;
  int step = 0;  // from 0
  core::Side side = core::Side::cached;
  int layer = 0;
  bool picture = true;  // else only to learn how far the sides agree: nothing of it is kept
};
struct Experiment {  // that step gone wrong on purpose
  std::shared_ptr<const core::Run> run;
  int step = 0;  // from 0
  int layer = 0;
  core::Experiment experiment = core::Experiment::none;
};
struct Bench {  // both sides of a model against the clock
  std::string name;
  std::shared_ptr<const core::Model> model;
  int prompt_tokens = 1, tokens = 0;
};
// Of the laboratory.
struct Execute {  // every way to decode, step after step
  ExecutionKey key;
};
struct Probe {};  // this machine's two numbers
struct BenchAttention {
  core::AttentionBench bench;
};
struct BenchModel {  // both sides, and how a step's time grows
  std::string name;         // a built-in model's; empty: random weights of `sizes`
  core::ModelConfig sizes;
  int tokens = 0;
};
}  // namespace job
struct Work {
  std::variant<job::Load, job::Extend, job::Replay, job::Experiment, job::Bench, job::Execute,
               job::Probe, job::BenchAttention, job::BenchModel>
      job;
  int run_id = 0;  // the state's when it was asked for: a late result is told by it
  // Whether a person waits for it (load, extend), or it only fills in the picture.
  bool wanted_now = true;
};

struct WorkResult {
  Work work;
  std::optional<core::Error> error = {};      // what went wrong; "abandoned" ones are silent
  OpenModel model = {};                       // of Load
  std::shared_ptr<const core::Run> run = {};  // of Extend
  std::vector<std::shared_ptr<const core::Replay>> replays = {};
  std::shared_ptr<const core::ExperimentResult> experiment = {};
  std::shared_ptr<const core::SideTimes> times = {};  // of the benches
  std::shared_ptr<const core::Execution> execution = {};  // of Execute and BenchModel
  std::shared_ptr<const core::MachineProbe> probe = {};
  // What the uncached one of them says beside the cached side.
  std::optional<core::UncachedStep> uncached = {};
};

// Whether it is the error of work that was stopped on request: nothing went wrong.
bool abandoned(const core::Error& error);

// FLOPs up to which a step's uncached side is computed at once and for all steps: toys live.
inline constexpr double cheap_flops = 3e8;

// FLOPs of a step's uncached side.
double uncached_flops(const core::Run& run, int step);

// Bytes that a layer's picture of a step takes, both sides; more than memory_budget is not shown.
std::uint64_t picture_bytes(const core::Run& run, int step, int layer);

// The next thing to compute for this state, in order of need: the model asked for; steps up to
// wanted_steps; both sides of the step shown; the uncached side of the steps before it whose
// agreement is not known yet, newest first (cheap models only).
std::optional<Work> next_work(const AppState& state);
// Whether work that is under way is still what this state needs; else it should be abandoned.
bool still_needed(const AppState& state, const Work& work);

// What it is, for the status line.
std::string title_of(const Work& work, scene::Language language);

struct WorkTools {
  core::Workspace& workspace;
  core::Parallel* parallel = nullptr;
  // Opens a model by name; files are the shell's.
  std::function<core::Result<OpenModel>(const std::string& name,
                                        const std::function<bool(double)>& progress)>
      open_model;
  std::function<bool(double)> progress;  // returning false abandons
};
WorkResult perform(const Work& work, WorkTools& tools);

// Does all the work a state asks for, in place, until there is none or it is abandoned: for
// `render` and tests.
AppState settle(AppState state, WorkTools& tools);

}  // namespace kv::app
