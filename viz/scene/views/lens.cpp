#include <cmath>

#include "viz/scene/views/lens_data.h"
#include "viz/scene/views/pinned_product.h"
#include "viz/scene/views/views.h"

namespace kv::scene {
namespace {

void draw_numbers(Frame& f, const Rect& strip, const LensVector& vector, float high, float cell,
                  int shown) {
  for (int i = 0; i < shown; ++i) {
    const float value = vector.values[static_cast<std::size_t>(i)];
    put_cell_number(f, {strip.x + cell * static_cast<float>(i), strip.y, cell, strip.h}, value,
                    scale_color(vector.scale, value / high, f.view.theme));
  }
}

// One vector as a strip of cells; `share` of them are there yet.
void draw_vector(Frame& f, Rect row, const LensVector& vector, int index, float share) {
  const Rect name = row.take_left(104, 8);
  put_line(f, name, vector.name, Font::small_bold, vector.color, Align::right);
  const int count = static_cast<int>(vector.values.size());
  if (count == 0) return;
  const std::string size = (vector.over_tokens ? "1 \u00D7 " : "1 \u00D7 ") + std::to_string(count);
  const Rect shape = row.take_right(62, 8);
  put_line(f, shape, size, Font::tiny, f.colors.muted);
  const auto memory = std::make_shared<const std::vector<float>>(vector.values);
  const int most = std::max(16, static_cast<int>(row.w / 3));
  const auto grid = make_grid({.owner = memory,
                               .data = memory->data(),
                               .rows = 1,
                               .columns = count,
                               .row_stride = count},
                              {.most_columns = most,
                               .summary = vector.scale == Scale::sequential
                                              ? Summary::largest : Summary::most_extreme});
  const float cell = std::min(54.0F, row.w / static_cast<float>(grid->columns));
  const int shown = std::clamp(
      static_cast<int>(std::ceil(share * static_cast<float>(grid->columns))), 0, grid->columns);
  const Rect strip{row.x, row.y + 2, cell * static_cast<float>(grid->columns), row.h - 4};
  const float high = std::max({std::fabs(grid->low), std::fabs(grid->high), 1e-9F});
  const bool sequential = vector.scale == Scale::sequential;
  put(f, Map{.rect = {strip.x, strip.y, cell * static_cast<float>(shown), strip.h},
             .grid = grid,
             .row0 = 0,
             .row1 = 1,
             .column0 = 0,
             .column1 = shown,
             .scale = vector.scale,
             .low = sequential ? 0 : -high,
             .high = sequential ? 1 : high,
             .gap = cell >= 8 ? 1.0F : 0.0F});
  put_outline(f, strip, f.colors.border, 1, 2);
  if (cell >= 38 && grid->column_step == 1) 
    draw_numbers(f, strip, vector, sequential ? 1 : high, cell, shown);
  f.scene.places.push_back({.rect = strip,
                            .part = {.kind = PartKind::lens_cell, .a = index},
                            .rows = 1,
                            .columns = grid->columns,
                            .row0 = index,
                            .column_step = static_cast<float>(grid->column_step)});
}

// Tokens under a strip that has one cell a token, where there is room for them.
void draw_token_names(Frame& f, Rect row, int count) {
  row.take_left(112), row.take_right(70);
  const float cell = std::min(54.0F, row.w / static_cast<float>(count));
  if (cell < 22) return;
  for (int i = 0; i < count; ++i)
    put_line(f, {row.x + cell * static_cast<float>(i) + 1, row.y, cell - 2, row.h},
             f.subject.text->tokens[static_cast<std::size_t>(i)], Font::tiny, f.colors.muted,
             Align::center);
}

void draw_distribution(Frame& f, Rect area, int step) {
  const auto& all = f.subject.text->candidates;
  if (step < 1 || step > static_cast<int>(all.size())) return;
  const auto& candidates = all[static_cast<std::size_t>(step - 1)];
  const core::Token chosen = f.subject.run->steps[static_cast<std::size_t>(step - 1)]->token;
  const float line = 21;
  const int rows = std::max(1, static_cast<int>(area.h / line));
  for (int i = 0; i < static_cast<int>(candidates.size()) && i < 2 * rows; ++i) {
    const Candidate& candidate = candidates[static_cast<std::size_t>(i)];
    Rect row{area.x + static_cast<float>(i / rows) * (area.w / 2 + 6), area.y + line * static_cast<float>(i % rows),
             area.w / 2 - 6, line - 3};
    const PartId part{.kind = PartKind::candidate, .a = i};
    put_place(f, row, part);
    if (hovered(f, part)) put_box(f, row, f.colors.raised, 3);
    const bool taken = candidate.token == chosen;
    put_line(f, row.take_left(104, 8), candidate.text, taken ? Font::small_bold : Font::small,
             candidate.kept ? f.colors.text : f.colors.muted, Align::right);
    const Rect number = row.take_right(52, 6);
    put_line(f, number, value_text(candidate.probability), Font::tiny, f.colors.muted, Align::right);
    const Rect bar{row.x, row.y + 4, row.w, row.h - 8};
    put_box(f, bar, f.colors.track, 2);
    put_box(f, {bar.x, bar.y, bar.w * static_cast<float>(candidate.probability), bar.h},
            taken ? f.colors.fresh : f.colors.accent, 2);
  }
}

void draw_vectors(Frame& f, Rect area, const core::Replay& replay, Operation operation) {
  const auto vectors = lens_vectors(f, replay, operation);
  if (vectors.empty()) return;
  const bool names = vectors.back().over_tokens;
  const float height = std::clamp(
      (area.h - (names ? 18 : 0)) / static_cast<float>(vectors.size()) - 2, 16.0F, 34.0F);
  const float share = f.moment.operation == operation ? f.moment.t : 1;
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    if (area.h < height) break;
    const bool result = i + 1 == vectors.size() ||
                        (operation == Operation::project && i > 0);
    draw_vector(f, area.take_top(height, 2), vectors[i], static_cast<int>(i),
                result && !f.view.reduced_motion ? share : 1);
  }
  if (names) draw_token_names(f, area.take_top(18), replay.total());
}

}  // namespace

void draw_lens(Frame& f, const Rect& area) {
  put_panel(f, area);
  if (!f.subject.run || !f.subject.text || f.moment.step == 0) return;
  Rect rest = area.inset(14, 10);
  if (f.view.pinned) {
    draw_pinned(f, rest);
    return;
  }
  const Operation operation = lens_operation(f);
  Rect top = rest.take_top(26, 2);
  const std::string name = f.say(info_of(operation).name);
  put_line(f, top.take_left(f.width(name, Font::body_bold), 14), name, Font::body_bold,
           f.colors.text);
  std::string where = f.say(words::row_newest, {f.subject.text->tokens[static_cast<std::size_t>(
                                f.subject.prompt_tokens() + f.moment.step - 2)]});
  if (in_layer(operation))
    where += " \u00B7 " + f.say(words::layer_of, {std::to_string(f.view.layer + 1),
                                                   std::to_string(f.config().layers)}) +
             " \u00B7 " + f.say(words::head_of, {std::to_string(f.view.head + 1)});
  put_line(f, top, where, Font::small, f.colors.muted, Align::right);
  const core::Replay* replay = f.subject.cached.get();
  if (!replay) {
    put_line(f, rest, f.say(words::computing), Font::body, f.colors.muted, Align::center);
    return;
  }
  const Rect formula = rest.take_top(26, 2);
  float x = formula.x;
  for (const TextRun& run : lens_formula(f, *replay, operation)) {
    const float lower = (22 - info_of(run.font).size) * 0.7F;
    x += put_text(f, {x, formula.y + lower}, fit_text(f.metrics, run.text, run.font, formula.right() - x),
                  run.font, run.color);
  }
  put_line(f, rest.take_top(20, 8), lens_sentence(f, *replay, operation), Font::small,
           f.colors.muted);
  if (operation == Operation::choice || operation == Operation::logits)
    draw_distribution(f, rest, f.moment.step);
  else
    draw_vectors(f, rest, *replay, operation);
}

}  // namespace kv::scene
