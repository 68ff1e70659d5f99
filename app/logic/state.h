// The whole state of the program, as a value. update() makes the next one; nothing else changes it.
// Text being typed and open panels are widget scratch of the shell, not here.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/logic/lab/lab_state.h"
#include "app/logic/lesson/lesson_state.h"
#include "app/logic/open_model.h"
#include "core/bench/side_times.h"
#include "core/run/run.h"
#include "viz/scene/subject.h"
#include "viz/scene/timeline.h"
#include "viz/scene/view.h"

namespace kv::app {

// What undo brings back: the run and where in it one stood.
struct Document {
  OpenModel model;
  std::string prompt_text;  // as typed; empty when the prompt came as token ids
  std::shared_ptr<const core::Run> run;
  int wanted_steps = 0;  // the worker extends the run up to here
  // Tokens chosen by hand that are not taken yet, by step from 0 (a reopened session).
  std::vector<std::pair<int, core::Token>> forced;
  // Steps before this one were chosen with other sampling than the run's.
  int sampling_since = 0;
  scene::Moment moment;                // always within the run
  std::optional<scene::Moment> place;  // where to stand once the run has come so far
};

// A document put aside, with what belongs to its run, so that coming back makes nothing anew.
struct PastDocument {
  Document document;
  std::shared_ptr<const scene::RunText> text;
  std::shared_ptr<const scene::CostSeries> costs;
};

struct Playback {
  bool playing = false;  // goes on by itself, step after step
  bool gliding = false;  // moves to `stop` and stands still there
  bool waiting = false;  // for the step that the worker is computing; then goes on
  scene::Moment stop;
  scene::Pace pace = scene::Pace::token;        // chosen: what a step of the arrow keys is
  scene::Pace glide_pace = scene::Pace::token;  // of the glide under way
  double speed = 1;                             // 0.25 to 8
  double held = 0;                              // seconds stood still, where motion is reduced
};

// What one place keeps while another is shown.
struct Aside {
  PastDocument past;
  std::vector<PastDocument> undo, redo;
  int layer = 0, head = 0;
  bool heat = false;
  scene::ChartView chart;
  scene::Pace pace = scene::Pace::token;
};

// A step gone wrong on purpose, and which one it is of.
struct ExperimentDone {
  int run_id = 0, step = 0, layer = 0;  // step from 0
  std::shared_ptr<const core::ExperimentResult> result;
};

// Both sides of a model against the clock.
struct BenchDone {
  std::string model;
  int prompt_tokens = 1, tokens = 0;
  std::shared_ptr<const core::SideTimes> times;
};

struct Session;

struct Settings {
  scene::Language language = scene::Language::en;
  scene::Theme theme = scene::Theme::dark;
  double font_scale = 1;  // 0.7 to 2
  bool high_contrast = false;
  bool reduced_motion = false;
  double speed = 1;
  std::vector<std::string> recent_models;  // newest first, at most 12
  bool operator==(const Settings&) const = default;
};

struct AppState {
  Document now;
  // Newest last; together at most undo_depth, and as many as fit memory_budget beside the first.
  std::vector<PastDocument> undo, redo;
  std::shared_ptr<const scene::RunText> text;
  std::shared_ptr<const scene::CostSeries> costs;
  // Replays kept, most recently used first, at most replays_kept and within memory_budget.
  std::vector<std::shared_ptr<const core::Replay>> replays;
  Playback playback;
  scene::ViewState view;
  Settings settings;
  std::vector<std::string> messages;       // newest last
  std::string loading;                     // name of the model being loaded, "" when none
  std::shared_ptr<const Session> opening;  // to be gone on with once its model is there
  std::string first_prompt;                // asked for on the command line, for the first model
  std::optional<std::string> work_title;   // what the worker is at, for the status line
  std::optional<float> work_progress;
  std::uint64_t memory_budget = std::uint64_t{512} << 20;
  bool cancelled = false;  // work was stopped by hand: none is begun until the next action
  LessonState lesson;
  LabState lab;
  std::optional<Aside> explore;  // while lessons are shown
  ExperimentDone experiment;
  BenchDone bench;
  int run_id = 0;          // changes whenever now.run stops being a continuation of what it was
};
inline constexpr std::size_t undo_depth = 64;
inline constexpr std::size_t replays_kept = 256;

scene::Timeline timeline_of(const AppState& state);
// What compose() takes.
scene::Subject subject_of(const AppState& state);
scene::StatusView status_of(const AppState& state);
// Rounds of a bench of that model, for pictures.
scene::BenchView bench_view(const core::SideTimes& times, int prompt_tokens, int tokens,
                            const std::string& model);

}  // namespace kv::app
