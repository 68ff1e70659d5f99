// What the picture says about a run in words and sums, kept in step with it.
#pragma once

#include "app/logic/state.h"

namespace kv::app {

// The token on a screen: its text, or "#id" where the model has no tokenizer.
std::string token_text(const OpenModel& model, core::Token token);

// Texts, candidates and costs of state.now.run, of which the first `valid_steps` steps are those
// that the present ones were made of (-1: not even the prompt). Takes time for the other steps
// alone, vocabulary by vocabulary.
void refresh_text(AppState& state, int valid_steps);
// The costs alone, from that step on.
void refresh_costs(AppState& state, int first);

// The most likely tokens of a step, best first, and the chosen one wherever it stands.
inline constexpr std::size_t most_candidates = 12;
std::vector<scene::Candidate> candidates_of(const OpenModel& model, const core::Sampling& sampling,
                                            const core::Step& step);

}  // namespace kv::app
