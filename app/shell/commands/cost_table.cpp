#include "app/shell/commands/cost_table.h"

#include <fmt/format.h>

#include "viz/scene/number_text.h"

namespace kv::app {

std::string ratio_text(double over, double under) {
  if (under <= 0) return "-";
  const double ratio = over / under;
  return fmt::format("{:.{}f}x", ratio, ratio < 9.995 ? 2 : ratio < 99.95 ? 1 : 0);
}

TextTable cost_table(const std::string& title, const std::optional<core::OpCount>& uncached,
                     const std::optional<core::OpCount>& cached) {
  TextTable table;
  table.columns = {{title}};
  if (uncached) table.columns.push_back({"WITHOUT CACHE", Align::right});
  if (cached) table.columns.push_back({"WITH CACHE", Align::right});
  if (uncached && cached) table.columns.push_back({"ratio", Align::right});
  const auto add = [&](const char* name, auto value_of) {
    std::vector<std::string> row = {name};
    if (uncached) row.push_back(scene::grouped_text(value_of(*uncached)));
    if (cached) row.push_back(scene::grouped_text(value_of(*cached)));
    if (uncached && cached)
      row.push_back(
          ratio_text(core::to_double(value_of(*uncached)), core::to_double(value_of(*cached))));
    table.rows.push_back(std::move(row));
  };
  for (const auto& part : core::op_count_parts)
    add(part.name, [&](const core::OpCount& count) { return count.*part.value; });
  table.rows.emplace_back();
  add("total", [](const core::OpCount& count) { return count.total(); });
  table.rows.emplace_back();
  add("of scores: masked away", [](const core::OpCount& count) { return count.scores_masked; });
  add("of weighted_sum: masked away",
      [](const core::OpCount& count) { return count.weighted_sum_masked; });
  add("elementwise, not in total", [](const core::OpCount& count) { return count.other; });
  return table;
}

}  // namespace kv::app
