// What the pages of the place Costs are made of, each part filling its rectangle.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cost/cache_kinds.h"
#include "core/cost/claims.h"
#include "core/cost/inference.h"
#include "viz/scene/lab_view.h"
#include "viz/scene/views/axes.h"
#include "viz/scene/views/bill.h"

namespace kv::scene {

// Whose sizes the scenario has.
std::string costs_model_name(const Frame& f);
// "llama-3-8b · 100,000 tokens · batch 1", then whether that is more than the model was made for
// where a page of that area has room to say so, then `more`.
std::string costs_detail(const Frame& f, const Rect& area, const std::string& more = {});
Bill costs_bill(const Frame& f);

// The scenario's machine; nothing where it is this one, and not measured.
struct CostsMachine {
  core::Machine machine;
  std::string name;
};
std::optional<CostsMachine> costs_machine(const Frame& f);
// Counted exactly; in the drill, whose questions say so, by the usual estimate.
core::InferenceSetting inference_of(const Scenario& scenario);

// "8.39 ms", "36,277 s", "1.60·10⁹ s".
std::string long_seconds_text(double seconds);

// "10⁻⁵".
std::string power_of_ten_text(int exponent);

// A part's title in one line, a size smaller before it is cut.
void put_title(Frame& f, const Rect& area, std::string_view title);
// A part's heading, 24 units high, with a quiet note at its right end. Returns what is left below.
Rect put_section(Frame& f, Rect area, std::string_view title, std::string_view note = {});
// In place of what was not measured: which button measures it, and what that does.
void put_unmeasured(Frame& f, Rect area, const Phrase& button, const Phrase& does);
// Sets words in as many lines of `height` units as they need. Returns the height used.
float put_wrapped(Frame& f, const Rect& area, const std::string& words, Font font, Color color,
                  float height = 19);

// Memory.
void draw_cache_shape(Frame& f, const Rect& area, const Bill& bill);
void draw_cache_kinds(Frame& f, const Rect& area, const Bill& bill);
// "MHA", "GQA", "MQA", "MLA".
const char* name_of(core::CacheKind kind);

// Roofline.
// What bounds each component of a decode step with the cache and without.
void draw_bounds(Frame& f, const Rect& area, const core::Machine& machine);
// Short enough for a table's first column.
const Phrase& short_name_of_component(int component);
// Of everything at once: the sum of the components' times, each on its own.
double seconds_of_parts(const core::Machine& machine,
                        const std::vector<core::ComponentWork>& works);

// Tokens per second of both sides against the context's length.
void draw_speed(Frame& f, const Rect& area, const core::Machine& machine);
// The chart's axes over any plot, for whoever asks what stands at one of its chart_cells.
PlotAxes speed_axes(const Scenario& scenario, const core::Machine& machine, const Rect& plot);
std::int64_t speed_tokens(const PlotAxes& axes, const PartId& part);

// What others published beside what FLOPs and the machine's roofline say, with reasons.
void draw_claims(Frame& f, const Rect& area, const core::Machine& machine);
std::string name_of_claim(const Frame& f, core::ClaimId claim);
std::string reason_of(const Frame& f, const core::Claim& claim);
std::string published_text(const core::Claim& claim);  // "12.1×"
// A published figure as its source has it: "1.9059", "100,000"; empty for an unknown name.
std::string figure_text(std::string_view name);

// This machine.
// A machine's two numbers, each round a dot; null: not measured.
void draw_probe(Frame& f, const Rect& area, const core::MachineProbe* probe);
enum class BenchOf { attention, model };
// Both sides' times, and how many times less: in time, in FLOPs, by this machine's roofline.
void draw_costs_bench(Frame& f, const Rect& area, BenchOf of);
// What the roofline says of the bench's steps, one after the other, in 32 bits; nothing where the
// machine was not measured or it is not known what the bench is of.
struct RoofSides {
  double without = 0, with = 0;  // seconds
};
std::optional<RoofSides> roof_of_bench(const Frame& f, BenchOf of);
const BenchView* bench_of(const Frame& f, BenchOf of);  // null: not measured

// A step's seconds against the tokens it has, with exponents of time and of FLOPs.
void draw_step_times(Frame& f, const Rect& area, const core::Execution& execution,
                     std::string_view note);
// Where they will be: axes with nothing on them yet.
void draw_no_step_times(Frame& f, const Rect& area);

}  // namespace kv::scene
