// One cell of attention, number by number, from q and k to its probability.
#pragma once

#include <optional>
#include <vector>

#include "viz/scene/views/step_data.h"

namespace kv::scene {

struct ScoreNumbers {
  std::vector<float> q, k;  // [head_dim]
  double product = 0;       // q k
  double score = 0;         // q k / sqrt(head_dim): the recorded one where it was recorded
  bool masked = false;      // the key lies behind the query: what follows is not of this cell
  double largest = 0;       // of the row's visible scores
  double exponential = 0;   // exp(score - largest)
  double sum = 0;           // of the row's exponentials
  int visible = 0;          // how many those are
  double probability = 0;   // the recorded one where it was recorded
};

// Of the chosen layer and head. Nothing where this replay did not compute that row.
std::optional<ScoreNumbers> score_numbers(const Frame& f, const core::Replay& replay, int row,
                                          int column);

// Probabilities of that row over all rows of the replay, recorded or computed from q and K.
std::vector<float> probability_row(const Frame& f, const core::Replay& replay, int row);

}  // namespace kv::scene
