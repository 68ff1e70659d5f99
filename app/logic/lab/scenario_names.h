// What the values of a scenario's enumerations are called in its text, in their order.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/cost/cost_model.h"
#include "viz/scene/scenario.h"

namespace kv::app {

inline constexpr std::array<std::string_view, scene::lab_page_count> page_names = {
    "curves", "draw", "drill", "memory", "roofline", "machine"};
inline constexpr std::array<std::string_view, 2> extent_names = {"step", "run"};
inline constexpr std::array<std::string_view, scene::cost_part_count> part_names = {
    "total", "all",    "attention",    "rest",   "q",   "k",
    "v",     "scores", "weighted_sum", "output", "mlp", "head"};
inline constexpr std::array<std::string_view, 2> on_off_names = {"off", "on"};
inline constexpr std::array<std::string_view, 2> axes_names = {"linear", "log"};
inline constexpr std::array<std::string_view, 3> way_names = {"with", "without", "padded"};
inline constexpr std::array<std::string_view, 3> machine_names = {"h100", "a100", "here"};
inline constexpr std::array<std::string_view, 2> pairs_names = {"all", "visible"};
inline constexpr std::array<std::string_view, 2> mlp_names = {"plain", "gated"};

inline constexpr auto dtype_names = [] {
  std::array<std::string_view, core::kv_dtypes.size()> names{};
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = core::kv_dtypes[i].name;
  return names;
}();

// The name of a model that has none: sizes of its own.
inline constexpr std::string_view own_model = "own";

inline constexpr bool is_of_costs(scene::LabPage page) {
  return static_cast<int>(page) >= scene::lab_pages_of_scenarios;
}

}  // namespace kv::app
