#include "app/logic/history.h"

#include <algorithm>

#include "app/logic/document.h"
#include "app/logic/playback.h"

namespace kv::app {
namespace {

namespace words = scene::words;

// The oldest go where there are too many or they take too much; the newest always stays.
void trim(std::vector<PastDocument>& list, const AppState& state) {
  std::uint64_t bytes = 0;
  std::size_t kept = 0;
  for (; kept < std::min(list.size(), undo_depth); ++kept) {
    const std::size_t at = list.size() - 1 - kept;
    bytes += bytes_beside(list[at], kept == 0 ? state.now : list[at + 1].document);
    if (kept > 0 && bytes > state.memory_budget) break;
  }
  list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(kept));
}

void move_between(AppState& state, std::vector<PastDocument>& from, std::vector<PastDocument>& to,
                  const scene::Phrase& nothing) {
  if (from.empty()) return say(state, nothing);
  to.push_back(put_aside(state));
  PastDocument past = std::move(from.back());
  from.pop_back();
  bring_back(state, std::move(past));
  trim(to, state);
}

}  // namespace

PastDocument put_aside(const AppState& state) { return {state.now, state.text, state.costs}; }

void bring_back(AppState& state, PastDocument past) {
  core::Run run = *past.document.run;
  Document document = std::move(past.document);
  // Work that was under way for it is not taken up again.
  const int steps = static_cast<int>(run.steps.size());
  document.wanted_steps = std::max(steps, 1);
  document.forced.clear();
  replace_run(state, std::move(run));
  document.run = state.now.run;
  state.now = std::move(document);
  state.now.place = steps == 0 ? std::optional(scene::rest_after(1)) : std::nullopt;
  state.now.moment = scene::clamp(timeline_of(state), state.now.moment);
  state.text = std::move(past.text);
  state.costs = std::move(past.costs);
}

std::uint64_t bytes_beside(const PastDocument& past, const Document& other) {
  const core::Run& mine = *past.document.run;
  const core::Run& theirs = *other.run;
  std::uint64_t bytes = 0;
  if (mine.model != theirs.model) bytes += core::model_bytes(mine.model->config);
  if (mine.cache.block && mine.cache.block != theirs.cache.block)
    bytes += mine.cache.block->bytes();
  const auto own_steps = std::ranges::mismatch(mine.steps, theirs.steps).in1;
  for (auto step = own_steps; step != mine.steps.end(); ++step)
    bytes += (*step)->logits.size() * sizeof(float);
  return bytes;
}

void remember(AppState& state) {
  if (!state.now.run) return;
  state.undo.push_back(put_aside(state));
  state.redo.clear();
  trim(state.undo, state);
}

void undo(AppState& state) { move_between(state, state.undo, state.redo, words::say_no_undo); }
void redo(AppState& state) { move_between(state, state.redo, state.undo, words::say_no_redo); }

}  // namespace kv::app
