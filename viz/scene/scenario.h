// A question about costs, as one value: whose sizes, how many tokens, what is plotted, which
// machine. Both places of the laboratory (Scenarios, Costs) have one each; app/logic/lab writes it
// as a line of text and reads it back.
#pragma once

#include <cstdint>
#include <string>

#include "core/cost/baseline.h"
#include "core/cost/cost_model.h"

namespace kv::scene {

// What the place shows: the first three are of Scenarios, the others of Costs.
enum class LabPage { curves, draw, drill, memory, roofline, machine };
inline constexpr int lab_pages_of_scenarios = 3, lab_page_count = 6;

enum class Extent { step, run };  // one step at t tokens, or all steps up to n

// What of an OpCount the curves are of.
enum class CostPart {
  total,      // with attention beside it
  all,        // attention, projections, mlp and head, each its curve
  attention,  // scores and weighted sum
  rest,       // projections and mlp
  q,
  k,
  v,
  scores,
  weighted_sum,
  output,
  mlp,
  head,
};
inline constexpr int cost_part_count = 12;
// `total` and `all`: the total.
core::Uint128 cost_of(const core::OpCount& count, CostPart part);

struct Scenario {
  std::string model;           // a preset's or built-in model's name; empty: sizes of its own
  core::CostConfig sizes;      // the model's; has sizes at all times
  std::int64_t tokens = 1000;  // n, 2 to most_scenario_tokens
  std::int64_t prompt = 1;     // 1 to n
  std::int64_t batch = 1;
  std::int64_t context = 0;  // what the padded way fills up to, at least n; 0: n
  // Scenarios
  LabPage page = LabPage::curves;
  Extent extent = Extent::run;
  CostPart part = CostPart::total;
  bool with = true, without = true, padded = false;  // which ways are shown
  bool log_log = true;
  std::int64_t at = 0;  // where the cursor stands while nothing is pointed at; 0: at n
  core::Baseline asked = core::Baseline::without_cache;  // whose curve is to be drawn
  std::uint64_t seed = 1;                                // of the questions
  // Costs
  core::KvDtype dtype = core::KvDtype::f16;
  std::string machine = "h100";  // h100 | a100 | here
  bool causal = false;           // of attention between many rows, the visible half alone
};
inline constexpr std::int64_t most_scenario_tokens = 1'000'000;

inline core::RunShape shape_of(const Scenario& s) {
  return {.prompt = s.prompt, .context = s.context > s.tokens ? s.context : s.tokens};
}
inline bool shows(const Scenario& s, core::Baseline baseline) {
  return baseline == core::Baseline::with_cache      ? s.with
         : baseline == core::Baseline::without_cache ? s.without
                                                     : s.padded;
}

}  // namespace kv::scene
