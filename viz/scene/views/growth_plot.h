// What charts of growth are drawn with, piece by piece: lessons and the laboratory put the same
// pieces together, each in its own way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viz/scene/views/axes.h"
#include "viz/scene/views/growth_chart.h"

namespace kv::scene {

// A chart with its place: `curves` are those drawn, axes are made for hidden ones too.
struct GrowthPlot {
  Scenario scenario;
  std::vector<GrowthCurve> curves;
  Rect names;  // beside the plot, to its right
  PlotAxes axes;
};

// Where the curves begin: the prompt.
std::int64_t first_tokens(const Scenario& scenario);
// `tokens` kept within what the chart shows.
std::int64_t within_chart(const Scenario& scenario, std::int64_t tokens);

// For all curves of the scenario, and where one is to be drawn, for that one too: a drawing must
// have room, and nothing jumps when it is revealed.
PlotAxes growth_axes(const Scenario& scenario, const Rect& plot);
// Tokens and FLOPs in a cell of the plot.
Vec2 value_in_cell(const PlotAxes& axes, const PartId& part);

// On the page of drawing `all` is taken as the total.
Scenario as_shown(const Scenario& scenario);
// The curve to be drawn before it is seen.
GrowthCurve curve_in_question(const Scenario& scenario);

// `part` of it, which may be `projections`.
core::Uint128 part_cost(const core::OpCount& count, CostPart part);
// Where a curve stands at so many tokens.
Vec2 place_on(const GrowthPlot& plot, const GrowthCurve& curve, std::int64_t tokens);

struct CurveLook {
  Color color;
  float width = 3;
  float dash = 0;
};
CurveLook look_of(const Frame& f, const Scenario& scenario, const GrowthCurve& curve);
Color color_of(const Frame& f, core::Baseline baseline);
std::string name_of(const Frame& f, core::Baseline baseline);
std::string name_of(const Frame& f, CostPart part);
// The way, and the part where the chart has several.
std::string name_of(const Frame& f, const Scenario& scenario, const GrowthCurve& curve);
PartId part_of(const GrowthCurve& curve);  // a lab_curve

// Grid and figures, and what the axis across counts. `space` lies to the left of the plot.
inline constexpr float growth_space = 102;
void draw_growth_axes(Frame& f, const GrowthPlot& plot, std::string_view across);

// The prompt's step with the cache, which is of all its rows: nothing of the curve after it.
bool has_prefill(const Scenario& scenario, const GrowthCurve& curve);
// Adds what words in the plot must leave free.
void draw_curve(Frame& f, const GrowthPlot& plot, const GrowthCurve& curve,
                std::vector<Rect>& taken);
// The learner's, with its name beside the axis, that much below the plot; without: no name.
void draw_own_curve(Frame& f, const GrowthPlot& plot, const std::vector<Vec2>& drawn,
                    std::optional<float> below = 6);
// Whether it goes up to the plot's right edge.
bool is_drawn_out(const GrowthPlot& plot, const std::vector<Vec2>& drawn);
// A point that was executed; hollow: not yet.
Rect put_dot(Frame& f, Vec2 at, Color color, float radius, bool filled = true);

// What is counted along the axis: n of a run, t of a step.
const char* letter_of(const Scenario& scenario);
// That letter raised to an exponent; returns the width.
float put_power(Frame& f, Vec2 at, std::string_view letter, std::string_view exponent, Color color);
inline constexpr const char* no_exponent = "\u2013";
std::string exponent_text(std::optional<double> exponent);  // "2.85"

// At the curves' right ends, with the exponent there and what they come to.
void draw_end_names(Frame& f, const GrowthPlot& plot);
// The names alone, a line each, tied to the ends; each can be pointed at. The learner's curve has
// its own among them, where it is drawn out.
void draw_short_names(Frame& f, const GrowthPlot& plot, const std::vector<Vec2>& drawn = {});

// Where attention has come to cost as much as the rest of the layers.
struct CrossoverMark {
  int id = 0;  // PartId::a of a lab_crossover
  GrowthCurve curve;
  double at = 0;  // tokens, as a real number
};
// On the curves shown, outside the chart too.
std::vector<CrossoverMark> crossovers_of(const GrowthPlot& plot);
bool is_within(const GrowthPlot& plot, const CrossoverMark& mark);
// Those within, each with its words where there is room. Returns where they can be pointed at.
std::vector<Place> draw_crossovers(Frame& f, const GrowthPlot& plot, std::vector<Rect>& taken);

// What the curves tend to, straight and thin; on logarithmic axes alone. Of a total, what both its
// parts tend to: it bends from one to the other. Names once the curves are drawn.
void draw_asymptotes(Frame& f, const GrowthPlot& plot);
void draw_asymptote_names(Frame& f, const GrowthPlot& plot, std::vector<Rect>& taken);
std::string power_text(const Frame& f, const Scenario& scenario, int power);  // "n\u00B2", "const"

// Title, whose sizes and which run, and where the numbers come from; returns what is left below.
Rect draw_growth_heading(Frame& f, const Rect& area, bool counted);
// The plot that fills `area` but for its figures and the curves' names.
GrowthPlot growth_plot(const Frame& f, const Rect& area, std::vector<GrowthCurve> curves);
void put_chart_place(Frame& f, const GrowthPlot& plot);
// "t = 1,000" or "n = 1,000".
std::string tokens_text(const Scenario& scenario, std::int64_t tokens);

// Lines of words below a chart, side by side where there is room.
struct ChartNote {
  std::string text;
  Color color;
  PartId part;           // none: words alone
  bool new_line = true;  // else beside the one before, where it fits
};
float notes_height(const Frame& f, const std::vector<ChartNote>& notes, float width);
void draw_notes(Frame& f, const Rect& area, const std::vector<ChartNote>& notes);
// What the crossovers are and where, and what else must be said of the curves.
std::vector<ChartNote> growth_notes(const Frame& f, const GrowthPlot& plot);
std::string real_text(double value);  // "26,624", "39,935.5"
// "(2·64·64 + ...) / (2·64)": attention_crossover()'s t* with the sizes put in.
std::string crossover_numbers(const core::ModelConfig& config);

// What the curves cost at the cursor: a row for each part, a group of columns for each way.
float growth_table_height(const GrowthPlot& plot);
void draw_growth_table(Frame& f, const Rect& area, const GrowthPlot& plot, std::int64_t tokens);

}  // namespace kv::scene
