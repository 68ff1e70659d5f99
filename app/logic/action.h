// Everything that can happen to the state, as values.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app/logic/state.h"
#include "app/logic/work.h"

namespace kv::app {

// Commands without arguments; keys, menus and buttons map to these by tables.
enum class Command {
  next,  // to the next stop at the chosen pace; at the end it takes a new token
  back,
  next_token,  // a step, whatever the pace
  next_operation,
  previous_operation,
  first,
  last,
  play_or_pause,
  layer_up,  // towards the output
  layer_down,
  head_next,
  head_previous,
  next_language,
  next_theme,
  slower,
  faster,
  next_speed,  // twice as fast, and from the fastest to the slowest
  next_pace,
  reset,  // the run as it began, its steps dropped
  undo,
  redo,
  toggle_heat,
  toggle_chart_scale,
  next_chart_part,
  toggle_help,
  toggle_legend,
  toggle_pointing,
  toggle_blank,
  bigger,
  smaller,
  default_size,
  open_lessons,
  open_explore,
  open_scenarios,
  open_costs,
  toggle_list,     // of lessons and beats
  toggle_lecture,  // the lecture's path
  toggle_presenting,
  toggle_notes,
  toggle_fold,
  toggle_votes,
  answer,  // takes the estimate, the drawing or the focused option
  reveal,
  escape,  // closes what is open: message, overlay, pin, zoom, spotlight
  cancel_work,
};

namespace act {
struct Do {
  Command command;
};
struct Click {
  scene::PartId part;
};  // on the scene
struct Hover {
  scene::PartId part;
  scene::Vec2 pointer;
};
struct Wheel {
  scene::PartId part;
  float notches;
};  // zooms attention matrices
struct Scrub {
  float share;
};  // 0..1 of the run
struct GoTo {
  scene::Moment moment;
};
struct SetPrompt {
  std::string text;
};  // branches, keeping the rows of the common prefix
struct SetPromptTokens {
  std::vector<core::Token> tokens;
};
struct SetSampling {
  core::Sampling sampling;
};  // later steps are dropped
struct ForceToken {
  int step;
  core::Token token;
};  // step from 0
struct LoadModel {
  std::string name;
};  // keeps what is open until it is there
struct SetSettings {
  Settings settings;
};
struct SetPace {
  scene::Pace pace;
};
struct SetSpeed {
  double speed;
};
struct Say {
  std::string message;
};  // one line for the person
struct OpenSession {
  std::string text;
  std::string label;
};  // a session file's content
struct Drag {
  scene::PartId part;
};  // the pointer moved over a scale or a chart with its button down
struct Stroke {
  scene::Vec2 at;
  bool begins = false;
};  // of the pen
struct SetScenario {
  std::string text;
};  // of the laboratory, typed or pasted
struct SetQuiz {
  std::shared_ptr<const Quiz> quiz;  // null: `mistake` says why
  std::string mistake = {};
};
struct SetLessons {
  std::shared_ptr<const std::vector<Lesson>> lessons;
  std::vector<std::string> mistakes = {};  // of their files
};
struct GoToBeat {
  int lesson = 0, beat = 0;
};
struct Finished {
  WorkResult result;
};  // from the worker
struct Progress {
  std::string title;
  float share;
};
}  // namespace act

using Action =
    std::variant<act::Do, act::Click, act::Hover, act::Wheel, act::Scrub, act::GoTo, act::SetPrompt,
                 act::SetPromptTokens, act::SetSampling, act::ForceToken, act::LoadModel,
                 act::SetSettings, act::SetPace, act::SetSpeed, act::Say, act::OpenSession,
                 act::Drag, act::Stroke, act::SetScenario, act::SetQuiz, act::SetLessons,
                 act::GoToBeat, act::Finished, act::Progress>;

// Pure: the state after the action. Mistakes become messages and change nothing else.
AppState update(AppState state, const Action& action);

// The passing of time: playing and gliding move the moment. The only one that sees dt; a long dt
// (a stalled machine) counts as at most a quarter of a second. A presentation's clock goes on too.
AppState advance(AppState state, double dt_seconds);
// Whether advance() would change anything: else nothing needs to be drawn again.
bool moving(const AppState& state);

// A state with nothing open.
AppState initial_state(const Settings& settings);

}  // namespace kv::app
