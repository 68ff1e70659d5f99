#include "viz/scene/views/score_data.h"

#include <algorithm>
#include <cmath>

namespace kv::scene {
namespace {

// Empty where the record does not hold it.
std::vector<float> query_of(const Frame& f, const core::Replay& replay, int row) {
  const auto* layer = replay.record ? replay.record->layer(f.view.layer) : nullptr;
  const int fresh = row - replay.past;
  if (!layer || fresh < 0 || fresh >= replay.fresh) return {};
  const auto width = static_cast<std::size_t>(f.config().head_dim);
  const auto at = (static_cast<std::size_t>(f.view.head) * static_cast<std::size_t>(replay.fresh) +
                   static_cast<std::size_t>(fresh)) *
                  width;
  if (layer->q.size() < at + width) return {};
  const auto q = layer->q.subspan(at, width);
  return {q.begin(), q.end()};
}

double product_of(const std::vector<float>& q, const MatrixView& keys, int row) {
  double sum = 0;
  for (std::size_t i = 0; i < q.size(); ++i)
    sum += static_cast<double>(q[i]) * static_cast<double>(keys.at(row, static_cast<int>(i)));
  return sum;
}

// The row's scores, recorded or from q and K: long runs record none.
std::vector<double> scores_of_row(const Frame& f, const core::Replay& replay,
                                  const std::vector<float>& q, int row) {
  std::vector<double> scores(static_cast<std::size_t>(replay.total()));
  const MatrixView recorded = scores_of(f, replay, f.view.head);
  const int kept = row - (replay.total() - recorded.rows);
  const MatrixView keys = keys_of(f, replay);
  const double root = std::sqrt(static_cast<double>(q.size()));
  for (int i = 0; i < replay.total(); ++i)
    scores[static_cast<std::size_t>(i)] = recorded.data && kept >= 0
                                              ? static_cast<double>(recorded.at(kept, i))
                                              : product_of(q, keys, i) / root;
  return scores;
}

}  // namespace

std::optional<ScoreNumbers> score_numbers(const Frame& f, const core::Replay& replay, int row,
                                          int column) {
  if (row < 0 || row >= replay.total() || column < 0 || column >= replay.total()) return {};
  ScoreNumbers n;
  n.q = query_of(f, replay, row);
  if (n.q.empty()) return {};
  const MatrixView keys = keys_of(f, replay);
  for (int i = 0; i < static_cast<int>(n.q.size()); ++i) n.k.push_back(keys.at(column, i));
  n.product = product_of(n.q, keys, column);
  const std::vector<double> scores = scores_of_row(f, replay, n.q, row);
  n.score = scores[static_cast<std::size_t>(column)];
  n.masked = column > row;
  n.visible = row + 1;
  n.largest = *std::max_element(scores.begin(), scores.begin() + n.visible);
  for (int i = 0; i < n.visible; ++i)
    n.sum += std::exp(scores[static_cast<std::size_t>(i)] - n.largest);
  if (n.masked) return n;
  n.exponential = std::exp(n.score - n.largest);
  const MatrixView recorded = probabilities_of(f, replay, f.view.head);
  const int kept = row - (replay.total() - recorded.rows);
  n.probability = recorded.data && kept >= 0 ? static_cast<double>(recorded.at(kept, column))
                                             : n.exponential / n.sum;
  return n;
}

std::vector<float> probability_row(const Frame& f, const core::Replay& replay, int row) {
  std::vector<float> out(static_cast<std::size_t>(replay.total()));
  const MatrixView recorded = probabilities_of(f, replay, f.view.head);
  const int kept = row - (replay.total() - recorded.rows);
  if (recorded.data && kept >= 0) {
    for (int i = 0; i < replay.total(); ++i)
      out[static_cast<std::size_t>(i)] = recorded.at(kept, i);
    return out;
  }
  const std::vector<float> q = query_of(f, replay, row);
  if (q.empty()) return {};
  const std::vector<double> scores = scores_of_row(f, replay, q, row);
  const double largest = *std::max_element(scores.begin(), scores.begin() + row + 1);
  double sum = 0;
  for (int i = 0; i <= row; ++i) sum += std::exp(scores[static_cast<std::size_t>(i)] - largest);
  for (int i = 0; i <= row; ++i)
    out[static_cast<std::size_t>(i)] =
        static_cast<float>(std::exp(scores[static_cast<std::size_t>(i)] - largest) / sum);
  return out;
}

}  // namespace kv::scene
