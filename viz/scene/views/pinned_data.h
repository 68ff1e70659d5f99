// The sum behind the pinned cell, pair by pair.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/scene/views/score_data.h"

namespace kv::scene {

// left * right = product, one column a pair. Where there are more pairs than columns, the columns
// are those that weigh most, in their order.
struct PinnedSum {
  std::vector<float> left, right, products;
  std::vector<int> pair;  // which dimension (or token) each column is, from 0
  int pairs = 0;
  int more = 0;  // pairs that are no columns, and what they come to
  double more_sum = 0;
  double sum = 0;                     // of all pairs
  int row = 0;                        // whose query
  int column = 0;                     // whose key, or the dimension of the values
  std::optional<ScoreNumbers> score;  // of q and k; else probabilities and values
};
inline constexpr int most_pinned_columns = 64;

// A pinned key is met by the newest query; a pinned value is part of its weighted sum. Nothing
// where nothing is pinned, or the replay does not hold it.
std::optional<PinnedSum> pinned_sum(const Frame& f);

}  // namespace kv::scene
