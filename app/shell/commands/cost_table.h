// FLOPs of both sides by component as a table, the same in every command.
#pragma once

#include <optional>
#include <string>

#include "app/shell/text_table.h"
#include "core/engine/op_count.h"

namespace kv::app {

// "7.42x", "42.5x", "795x", or a dash where there is nothing to divide by.
std::string ratio_text(double over, double under);

// Components, total, and what stands beside the total; a side that is absent has no column.
TextTable cost_table(const std::string& title, const std::optional<core::OpCount>& uncached,
                     const std::optional<core::OpCount>& cached);

}  // namespace kv::app
