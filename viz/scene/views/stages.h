// The large pictures of lessons, one a file: each fills its rectangle. Areas from 860 x 560 units
// on. Where nothing is open they say so in a quiet line and draw nothing else.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/cost/presets.h"
#include "viz/scene/number_text.h"
#include "viz/scene/stage_spec.h"
#include "viz/scene/views/frame.h"

namespace kv::scene {

// PartId::a of a bill_index: what a factor of the cache's size, or an index of its shape, is.
enum class BillIndex {
  k_and_v,
  layers,
  batch,
  kv_heads,
  tokens,
  head_dim,
  bytes,
  values_per_token,  // of latent attention, in place of all but batch, tokens and bytes
};

// PartId::a of a roofline_point.
enum class RooflinePoint { prefill, decode_with, decode_without };

// Cumulative FLOPs against tokens. `drawn` is the learner's curve as (n, FLOPs), left to right.
// While `hidden` the curves of the side asked for are left out, of both where none is given; axes
// stay as they are.
void draw_stage_chart(Frame& f, const Rect& area, const StageSpec& spec,
                      const std::vector<Vec2>& drawn, bool hidden,
                      std::optional<core::Side> asked = {});
// (n, FLOPs) under the pointer; nothing outside the plot, or where there is none.
std::optional<Vec2> chart_point(const Rect& area, const StageSpec& spec, const Frame& f,
                                Vec2 pointer);
// The same by the part of the picture that was hit: its row and column count along the plot.
// `own` is the subject's model, for a chart that is of no preset.
inline constexpr int chart_cells = 1000;
std::optional<Vec2> chart_value(const StageSpec& spec, const core::ModelConfig& own,
                                const PartId& part);

// The cache's shape factor by factor, and its bytes beside those of the weights.
void draw_stage_bill(Frame& f, const Rect& area, const StageSpec& spec);

// Prefill and decoding as points on a machine's roof. FLOPs by the usual estimate
// (core::estimated_forward_flops, all pairs), bytes: weights in bf16, and the cache read.
void draw_stage_roofline(Frame& f, const Rect& area, const StageSpec& spec);

// Measured seconds of both sides; null: being measured. Below, figures others published.
void draw_stage_bench(Frame& f, const Rect& area, const BenchView* bench);

// The text, the model, the distribution, and the way back of the token chosen.
void draw_stage_loop(Frame& f, const Rect& area);

// What the stages have in common.

// Whose sizes a stage shows.
struct StageModel {
  core::CostConfig cost;
  std::string name;
};
// Nothing for an unknown name.
inline std::optional<StageModel> preset_model(const std::string& name) {
  const core::Preset* preset = core::find_preset(name);
  if (!preset) return {};
  return StageModel{preset->cost, preset->name};
}
// Nothing where nothing is open, or no preset has that name.
inline std::optional<StageModel> stage_model(const Frame& f, const StageSpec& spec) {
  if (!f.subject.run) return {};
  if (spec.preset.empty())
    return StageModel{core::dense_cost_config(f.config()), f.subject.model_name};
  return preset_model(spec.preset);
}

// Where 0 tokens are asked for: the rows there are after the step shown, the prompt's before any.
inline std::int64_t stage_tokens(const Frame& f, const StageSpec& spec) {
  if (spec.tokens > 0) return spec.tokens;
  return f.subject.prompt_tokens() + std::max(0, f.moment.step - 1);
}

inline std::string count_text(std::int64_t value) {
  return grouped_text(static_cast<core::Uint128>(value));
}

// "13.6×", "795×", "30,347×": three digits, as ratio_text() of counts.
inline std::string times_text(double ratio) {
  if (ratio >= 99.95) return count_text(std::llround(ratio)) + "\u00D7";
  return fmt::format("{:.{}f}\u00D7", ratio, ratio < 9.995 ? 2 : 1);
}

// The quiet line instead of a picture.
inline void put_quiet(Frame& f, const Rect& area, std::string_view words) {
  put_line(f, area.inset(24, 0), words, Font::title, f.colors.muted, Align::center);
}
inline std::string missing_words(const Frame& f, const StageSpec& spec) {
  return f.subject.run ? f.say(words::stage_uncovered, {spec.preset}) : f.say(words::nothing_open);
}

// The room that a stage of that area has for the line on what it is of.
inline float stage_detail_width(const Rect& area) { return area.w - 44; }

// Title, a line on what it is of, and where its numbers come from. Returns what is left below.
inline Rect put_stage_heading(Frame& f, const Rect& area, std::string_view title,
                              std::string_view detail, std::string_view badge) {
  Rect rest = area.inset(22, 16);
  Rect line = rest.take_top(30, 2);
  put_line(f, line.take_right(f.width(badge, Font::small), 16), badge, Font::small, f.colors.muted);
  put_line(f, line, title, Font::title_bold, f.colors.text);
  put_line(f, rest.take_top(22, 12), detail, Font::small, f.colors.muted);
  return rest;
}

}  // namespace kv::scene
