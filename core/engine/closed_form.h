// What a run costs, from the sizes alone. Independent of the counters in forward(): the tests hold
// the two against each other, integer for integer.
#pragma once

#include <cstdint>

#include "core/engine/op_count.h"
#include "core/model/config.h"

namespace kv::core {

enum class Side { cached, uncached };
enum class LogitRows { last, all };  // for which rows the head is applied

// One forward of `fresh` rows on `past` rows, all layers.
OpCount forward_cost(const ModelConfig& config, std::int64_t past, std::int64_t fresh,
                     LogitRows logits = LogitRows::last);

// The forwards of a sequence that grows from `prompt` (>= 1) to `length` (>= prompt) tokens, one
// forward for each t = prompt..length, as sums in closed form: no loop over t.
//   cached:   the prompt's rows at once, then one row on t - 1 past rows
//   uncached: all t rows each time
OpCount run_cost(const ModelConfig& config, Side side, std::int64_t prompt, std::int64_t length,
                 LogitRows logits = LogitRows::last);

// One layer's share of run_cost(): no head, no embedding, no final norm.
OpCount layer_run_cost(const ModelConfig& config, Side side, std::int64_t prompt,
                       std::int64_t length);

}  // namespace kv::core
