// A program without a window: the state, a worker that works at once, and models that are made up.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "app/logic/action.h"
#include "app/logic/work.h"

namespace kv::test {

// Names the bench opens: "tiny" and "other" have a tokenizer and different weights, "ids" has none,
// "short" has a context of 12, "bad" cannot be opened; "random:..." is what it says, without a
// tokenizer.
core::Result<app::OpenModel> open_for_bench(const std::string& name);

class Bench {
 public:
  // Nothing open.
  explicit Bench(const app::Settings& settings = {});
  // That model open, its first step taken.
  explicit Bench(const std::string& model, const app::Settings& settings = {});

  // The action, and the work it leads to.
  void act(const app::Action& action);
  // The action alone.
  void act_only(const app::Action& action);
  void press(app::Command command) { act(app::act::Do{command}); }
  void click(scene::PartKind kind, int a = -1, int b = -1);
  void settle();
  // The next piece of work, done but not handed in.
  app::WorkResult work_once();
  // So many seconds in frames of 1/60, working in between.
  void pass(double seconds);
  // New tokens, one after the other, and the picture at rest after the last.
  void take_steps(int count);

  const app::AppState& state() const { return state_; }
  app::AppState& edit() { return state_; }
  const core::Run& run() const { return *state_.now.run; }
  int steps() const { return static_cast<int>(run().steps.size()); }
  std::vector<core::Token> tokens() const { return core::tokens_of(run()); }
  scene::Moment moment() const { return state_.now.moment; }
  bool says(std::string_view part) const;

 private:
  core::Workspace workspace_;
  app::WorkTools tools_;
  app::AppState state_;
};

// What must hold of any state; names what does not.
testing::AssertionResult is_sound(const app::AppState& state);

}  // namespace kv::test
