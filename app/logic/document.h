// What is open, and what is derived from it: every change of the run goes through here, so that
// texts, costs, replays and the moment always belong to the run they stand beside.
#pragma once

#include "app/logic/state.h"

namespace kv::app {

// One line for the person; the oldest of more than a few gives way.
inline constexpr std::size_t messages_kept = 4;
void say(AppState& state, std::string message);
void say(AppState& state, const scene::Phrase& phrase,
         std::initializer_list<std::string_view> arguments = {});

// One step more than state.now.run.
void extend_run(AppState& state, core::Run run);
// The same run with a step's uncached side filled in.
void fill_in(AppState& state, int step, core::UncachedStep uncached);

// Another run, or this one cut. What is moving stops, results under way no longer belong to it, and
// replays stay where they are of the same tokens. Texts and costs are the caller's to refresh.
void replace_run(AppState& state, core::Run run);

// A run that has just begun, on state.now.model: its first step is taken at once, and the picture
// passes through it or, where `at_once`, stands at its end.
void begin_run(AppState& state, core::Run run, std::string prompt_text, bool at_once);

// Keeps a replay, dropping those used longest ago where there are too many.
void keep_replay(AppState& state, std::shared_ptr<const core::Replay> replay);
// Those of the step shown are the ones used last.
void touch_replays(AppState& state);

// The most new tokens that the run's context has room for.
int most_steps(const core::Run& run);

}  // namespace kv::app
