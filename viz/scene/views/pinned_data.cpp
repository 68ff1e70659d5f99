#include "viz/scene/views/pinned_data.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kv::scene {
namespace {

void choose_columns(PinnedSum& s) {
  s.pairs = static_cast<int>(s.left.size());
  s.pair.resize(s.left.size());
  std::iota(s.pair.begin(), s.pair.end(), 0);
  for (std::size_t i = 0; i < s.left.size(); ++i) {
    s.products.push_back(s.left[i] * s.right[i]);
    s.sum += static_cast<double>(s.left[i]) * static_cast<double>(s.right[i]);
  }
  if (s.pairs <= most_pinned_columns) return;
  const auto product = [&](int i) { return s.products[static_cast<std::size_t>(i)]; };
  std::ranges::stable_sort(
      s.pair, [&](int a, int b) { return std::fabs(product(a)) > std::fabs(product(b)); });
  s.more = s.pairs - most_pinned_columns;
  for (int i = most_pinned_columns; i < s.pairs; ++i)
    s.more_sum += static_cast<double>(product(s.pair[static_cast<std::size_t>(i)]));
  s.pair.resize(most_pinned_columns);
  std::ranges::sort(s.pair);
  for (std::vector<float>* values : {&s.left, &s.right, &s.products}) {
    std::vector<float> kept;
    for (const int i : s.pair) kept.push_back((*values)[static_cast<std::size_t>(i)]);
    *values = std::move(kept);
  }
}

bool fill_values(const Frame& f, const core::Replay& replay, PinnedSum& s) {
  if (s.column < 0 || s.column >= f.config().head_dim) return false;
  s.left = probability_row(f, replay, s.row);
  const MatrixView values = values_of(f, replay);
  for (int i = 0; i < static_cast<int>(s.left.size()); ++i)
    s.right.push_back(values.at(i, s.column));
  return !s.left.empty();
}

}  // namespace

std::optional<PinnedSum> pinned_sum(const Frame& f) {
  if (!f.view.pinned) return {};
  const PartId pin = *f.view.pinned;
  const core::Replay* replay = replay_of(f, pin.side);
  if (!replay || pin.a < 0 || pin.a >= replay->total()) return {};
  PinnedSum s;
  s.row = replay->total() - 1;
  if (pin.kind == PartKind::value_cell) {
    s.column = pin.b;
    if (!fill_values(f, *replay, s)) return {};
  } else {
    s.column = pin.a;
    if (pin.kind == PartKind::attention_cell) s.row = pin.a, s.column = pin.b;
    s.score = score_numbers(f, *replay, s.row, s.column);
    if (!s.score) return {};
    s.left = s.score->q, s.right = s.score->k;
  }
  choose_columns(s);
  return s;
}

}  // namespace kv::scene
