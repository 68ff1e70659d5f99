// Cells of K, V, attention and the lens, and rows.
#include <algorithm>
#include <cmath>

#include "viz/scene/explain_parts.h"
#include "viz/scene/number_text.h"
#include "viz/scene/views/lens_data.h"
#include "viz/scene/views/pinned_data.h"
#include "viz/scene/views/score_data.h"

namespace kv::scene {
namespace {

using core::Side;

// What this step did with a row on that side.
std::string row_fate(const Frame& f, Side side, int row) {
  const StepRows rows = rows_of(f, side);
  if (row < rows.past) return f.say(words::ex_row_cached);
  if (side == Side::cached) return f.say(words::ex_row_kept);
  const bool again = f.moment.step > 1 && row < rows.total - 1;
  return f.say(again ? words::ex_row_again : words::ex_row_dropped);
}

std::string row_bytes(const Frame& f) {
  const auto& c = f.config();
  const std::int64_t layer = std::int64_t{2} * c.kv_width() * 4;
  return f.say(words::ex_row_bytes, {whole(c.kv_heads), whole(c.head_dim), whole(layer),
                                     whole(c.layers), whole(layer * c.layers)});
}

bool exists(const StepRows& rows, int row) { return row >= 0 && row < rows.total; }

std::string factor_text(float value) {
  const std::string text = value_text(static_cast<double>(value));
  return value < 0 ? "(" + text + ")" : text;
}

// "0.52×0.11 + (−0.30)×0.94 + … = 0.231".
std::string product_text(const ScoreNumbers& n) {
  std::string text = "q\u00B7k = ";
  const std::size_t shown = std::min<std::size_t>(n.q.size(), n.q.size() <= 4 ? 4 : 3);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += " + ";
    text += factor_text(n.q[i]) + "\u00D7" + factor_text(n.k[i]);
  }
  if (shown < n.q.size()) text += " + \u2026";
  return text + " = " + value_text(n.product);
}

std::string scaled_text(const Frame& f, const ScoreNumbers& n) {
  const std::string root = "\u221A" + std::to_string(n.q.size());
  return f.say(words::ex_score) + " = q\u00B7k / " + root + " = " + value_text(n.product) + " / " +
         value_text(std::sqrt(static_cast<double>(n.q.size()))) + " = " + value_text(n.score);
}

void add_softmax(const Frame& f, const ScoreNumbers& n, Explanation& e) {
  const int width = f.config().head_dim;
  if (n.masked) {
    e.lines.push_back(f.say(words::ex_masked));
    e.lines.push_back(f.say(words::ex_masked_cost, {whole(width), whole(width)}));
    return;
  }
  e.lines.push_back(f.say(words::ex_exponential,
                          {value_text(n.score), value_text(n.largest), value_text(n.exponential)}));
  e.lines.push_back(f.say(words::ex_share, {whole(n.visible), value_text(n.exponential),
                                            value_text(n.sum), value_text(n.probability)}));
}

// Values a lens cell stands for: 1 unless the strip is longer than its room.
int values_in_cell(const Frame& f, const PartId& part, int count) {
  for (auto place = f.scene.places.rbegin(); place != f.scene.places.rend(); ++place)
    if (place->part.kind == PartKind::lens_cell && place->row0 == part.a)
      return std::clamp(static_cast<int>(place->column_step), 1, std::max(1, count - part.b));
  return 1;
}

}  // namespace

Explanation explain_kv_cell(const Frame& f, const PartId& part) {
  const auto& c = f.config();
  const bool key = part.kind == PartKind::key_cell;
  const StepRows rows = rows_of(f, part.side);
  if (!exists(rows, part.a) || part.b < 0 || part.b >= c.head_dim) return {};
  Explanation e{.title = f.say(key ? words::ex_key_cell : words::ex_value_cell,
                               {token_name(f, part.a), whole(part.b + 1)}),
                .value = {},
                .lines = {},
                .badge = Badge::measured};
  const core::Replay* replay = replay_of(f, part.side);
  if (replay && part.a < replay->total()) {
    const MatrixView m = key ? keys_of(f, *replay) : values_of(f, *replay);
    e.value = (key ? "k = " : "v = ") + value_text(static_cast<double>(m.at(part.a, part.b)));
  } else {
    e.lines.push_back(f.say(words::ex_pending));
    e.badge = Badge::none;
  }
  const int kv_head = kv_head_of(f), group = c.heads / c.kv_heads;
  e.lines.push_back(
      f.say(words::ex_kv_place,
            {whole(part.a + 1), whole(rows.total), whole(part.b + 1), whole(c.head_dim),
             whole(f.view.layer + 1), whole(kv_head + 1), whole(c.kv_heads)}));
  if (group > 1)
    e.lines.push_back(
        f.say(words::ex_kv_shared, {whole(kv_head * group + 1), whole((kv_head + 1) * group)}));
  if (key && c.rotary())
    e.lines.push_back(f.say(words::ex_key_turned, {whole(part.a)}));
  else
    e.lines.push_back(std::string(key ? "k = norm(x)\u00B7W_k" : "v = norm(x)\u00B7W_v") +
                      (c.qkv_bias ? (key ? " + b_k" : " + b_v") : ""));
  e.lines.push_back(row_fate(f, part.side, part.a));
  if (part.a >= rows.past)
    e.lines.push_back(f.say(words::ex_kv_product, {whole(c.d_model), whole(c.d_model),
                                                   whole(std::int64_t{2} * c.d_model)}));
  if (part.side == Side::cached) e.lines.push_back(row_bytes(f));
  e.lines.push_back(f.say(words::ex_click_pin));
  return e;
}

Explanation explain_attention_cell(const Frame& f, const PartId& part) {
  const auto& c = f.config();
  const StepRows rows = rows_of(f, part.side);
  if (!exists(rows, part.a) || !exists(rows, part.b)) return {};
  const bool masked = part.b > part.a;
  Explanation e{.title = f.say(masked ? words::ex_attention_masked : words::ex_attention_cell,
                               {token_name(f, part.a), token_name(f, part.b)}),
                .value = {},
                .lines = {}};
  const core::Replay* replay = replay_of(f, part.side);
  if (part.a < rows.past) {
    e.lines.push_back(f.say(words::ex_attention_gone));
  } else if (!replay) {
    e.lines.push_back(f.say(words::ex_pending));
  }
  e.lines.push_back(f.say(
      words::ex_attention_place,
      {whole(part.a + 1), whole(rows.total), whole(part.b + 1), whole(rows.total),
       whole(f.view.layer + 1), whole(f.view.head + 1), whole(c.heads), whole(kv_head_of(f) + 1)}));
  const auto n = replay ? score_numbers(f, *replay, part.a, part.b) : std::nullopt;
  if (!n) return e;
  e.value = f.say(words::ex_probability) + " " + value_text(n->probability);
  e.badge = Badge::measured;
  e.lines.push_back(product_text(*n));
  e.lines.push_back(scaled_text(f, *n));
  add_softmax(f, *n, e);
  if (part.side == Side::uncached) e.lines.push_back(row_fate(f, part.side, part.a));
  e.lines.push_back(f.say(words::ex_click_pin));
  return e;
}

Explanation explain_row(const Frame& f, const PartId& part) {
  const int prompt = f.subject.prompt_tokens();
  const StepRows rows = rows_of(f, part.side);
  if (!exists(rows, part.a)) return {};
  Explanation e{.title = f.say(words::ex_row, {whole(part.a + 1), token_name(f, part.a)}),
                .value = f.say(words::ex_row_position, {whole(part.a)}),
                .lines = {f.say(words::ex_born, {whole(std::max(1, part.a - prompt + 2))})},
                .badge = Badge::none};
  if (part.side == Side::cached)
    e.lines.push_back(f.say(words::ex_times_with));
  else
    e.lines.push_back(
        f.say(words::ex_times_without, {whole(rows.total), whole(part.a), whole(prompt),
                                        whole(rows.total - std::max(part.a, prompt - 1))}));
  e.lines.push_back(row_fate(f, part.side, part.a));
  if (part.side == Side::cached) e.lines.push_back(row_bytes(f));
  e.lines.push_back(f.say(words::ex_click_born));
  return e;
}

// While a cell is pinned, the lens shows the pairs of its sum.
Explanation explain_pair(const Frame& f, const PartId& part) {
  const auto sum = pinned_sum(f);
  if (!sum || part.b < 0 || part.b >= static_cast<int>(sum->pair.size())) return {};
  const auto column = static_cast<std::size_t>(part.b);
  const int pair = sum->pair[column];
  return {.title = sum->score
                       ? f.say(words::pin_pair_dimension, {whole(pair + 1), whole(sum->pairs)})
                       : f.say(words::pin_pair_token, {token_name(f, pair)}),
          .value = std::string(sum->score ? "q \u00D7 k = " : "p \u00D7 v = ") +
                   factor_text(sum->left[column]) + " \u00D7 " + factor_text(sum->right[column]) +
                   " = " + value_text(static_cast<double>(sum->products[column])),
          .lines = {},
          .badge = Badge::measured};
}

Explanation explain_lens_cell(const Frame& f, const PartId& part) {
  if (f.view.pinned) return explain_pair(f, part);
  const core::Replay* replay = replay_of(f, Side::cached);
  if (!replay) return {.title = f.say(words::ex_pending), .value = {}, .lines = {}};
  const Operation operation = lens_operation(f);
  const auto vectors = lens_vectors(f, *replay, operation);
  if (part.a < 0 || part.a >= static_cast<int>(vectors.size())) return {};
  const LensVector& vector = vectors[static_cast<std::size_t>(part.a)];
  const int count = static_cast<int>(vector.values.size());
  if (part.b < 0 || part.b >= count) return {};
  const bool shares = vector.scale == Scale::sequential;
  const int covered = values_in_cell(f, part, count);
  const auto begin = vector.values.begin() + part.b, end = begin + covered;
  const float value =
      shares ? *std::max_element(begin, end) : *std::max_element(begin, end, [](float a, float b) {
        return std::fabs(a) < std::fabs(b);
      });
  Explanation e{
      .title = vector.over_tokens
                   ? f.say(words::ex_lens_token, {vector.name, token_name(f, part.b)})
                   : f.say(words::ex_lens_cell, {vector.name, whole(part.b + 1), whole(count)}),
      .value = value_text(static_cast<double>(value)),
      .lines = {},
      .badge = Badge::measured};
  if (covered > 1)
    e.lines.push_back(
        f.say(shares ? words::ex_covers_largest : words::ex_covers_extreme, {whole(covered)}));
  if (in_layer(operation))
    e.lines.push_back(
        f.say(words::ex_lens_head, {whole(f.view.layer + 1), whole(f.view.head + 1)}));
  return e;
}

}  // namespace kv::scene
