// What is said in words below curves of growth.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/cost/growth.h"
#include "viz/scene/views/growth_plot.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {
namespace {

constexpr float line_height = 20, beside = 28;

struct PlacedNote {
  Rect rect;
  std::string text;
  const ChartNote* note;
};

std::vector<PlacedNote> placed(const Frame& f, const Rect& area,
                               const std::vector<ChartNote>& notes) {
  std::vector<PlacedNote> lines;
  float x = area.x, y = area.y - line_height;
  for (const ChartNote& note : notes) {
    const float width = f.width(note.text, Font::small);
    if (note.new_line || x + width > area.right()) x = area.x, y += line_height;
    const auto wrapped = wrap_text(f.metrics, note.text, Font::small, area.w);
    for (std::size_t i = 0; i < wrapped.size(); ++i) {
      if (i > 0) y += line_height;
      const float w = f.width(wrapped[i], Font::small);
      lines.push_back({{x, y, w, line_height}, wrapped[i], &note});
      x += w + beside;
      if (i + 1 < wrapped.size()) x = area.x;
    }
  }
  return lines;
}

// "53,247", and where it is, if not within the chart.
std::string place_text(const Frame& f, const GrowthPlot& plot, const CrossoverMark& mark) {
  if (is_within(plot, mark)) return real_text(mark.at);
  const std::string where =
      mark.at < static_cast<double>(first_tokens(plot.scenario))
          ? f.say(words::growth_before)
          : f.say(words::growth_beyond, {tokens_text(plot.scenario, plot.scenario.tokens)});
  return real_text(mark.at) + " (" + where + ")";
}

void add_crossovers(const Frame& f, const GrowthPlot& plot, std::vector<ChartNote>& notes) {
  const auto marks = crossovers_of(plot);
  if (marks.empty()) return;
  const bool step = plot.scenario.extent == Extent::step;
  const PartId per_step{.kind = PartKind::lab_crossover, .a = 0};
  const core::ModelConfig& config = plot.scenario.sizes.model;
  const double t = core::attention_crossover(config).per_step;
  notes.push_back({f.say(words::growth_step_meets), f.colors.muted, {}});
  notes.push_back(
      {f.say(words::growth_formula_step,
             {crossover_numbers(config), step ? place_text(f, plot, marks[0]) : real_text(t)}),
       f.colors.text, per_step});
  if (step) return;
  notes.push_back({f.say(words::growth_run_meets), f.colors.muted, {}});
  bool first = false;
  for (const CrossoverMark& mark : marks) {
    const Phrase& words = mark.id == 1 ? words::growth_formula_with : words::growth_formula_without;
    notes.push_back({f.say(words, {place_text(f, plot, mark)}),
                     color_of(f, mark.curve.baseline),
                     {.kind = PartKind::lab_crossover, .a = mark.id},
                     first});
    first = false;
  }
}

}  // namespace

float notes_height(const Frame& f, const std::vector<ChartNote>& notes, float width) {
  const auto lines = placed(f, {0, 0, width, 0}, notes);
  return lines.empty() ? 0 : lines.back().rect.bottom();
}

void draw_notes(Frame& f, const Rect& area, const std::vector<ChartNote>& notes) {
  for (const auto& [rect, text, note] : placed(f, area, notes)) {
    put_line(f, {rect.x, rect.y, rect.w + 1, rect.h}, text, Font::small, note->color);
    if (note->part.kind != PartKind::none) put_place(f, rect, note->part);
  }
}

std::string real_text(double value) {
  const double tenths = std::round(std::max(0.0, value) * 10);
  const auto whole = static_cast<std::int64_t>(tenths / 10);
  const auto tenth = static_cast<int>(tenths - 10 * static_cast<double>(whole));
  return tenth == 0 ? count_text(whole) : fmt::format("{}.{}", count_text(whole), tenth);
}

std::string crossover_numbers(const core::ModelConfig& config) {
  const int d = config.d_model, q = config.q_width(), kv = config.kv_width();
  return fmt::format("(2\u00B7{}\u00B7{} + 2\u00B7{}\u00B7{} + {}\u00B7{}\u00B7{}) / (2\u00B7{})",
                     d, q, d, kv, config.gated_mlp() ? 3 : 2, d, config.ffn, q);
}

std::vector<ChartNote> growth_notes(const Frame& f, const GrowthPlot& plot) {
  std::vector<ChartNote> notes;
  add_crossovers(f, plot, notes);
  if (plot.scenario.prompt > 1)
    notes.push_back({f.say(words::growth_one_token), f.colors.muted, {}});
  if (!f.status.lab->executed_note.empty())
    notes.push_back({f.status.lab->executed_note, f.colors.muted, {}});
  return notes;
}

}  // namespace kv::scene
