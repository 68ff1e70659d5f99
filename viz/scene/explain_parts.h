// What explain() is made of: one function a kind of part. Each is called with a run, its words and
// its costs at hand.
#pragma once

#include "viz/scene/explain.h"
#include "viz/scene/views/step_data.h"

namespace kv::scene {

Explanation explain_kv_cell(const Frame& f, const PartId& part);
Explanation explain_attention_cell(const Frame& f, const PartId& part);
Explanation explain_row(const Frame& f, const PartId& part);
Explanation explain_lens_cell(const Frame& f, const PartId& part);

Explanation explain_component(const Frame& f, const PartId& part);
Explanation explain_step_flops(const Frame& f, const PartId& part);
Explanation explain_total_flops(const Frame& f, const PartId& part);
Explanation explain_side(const Frame& f, const PartId& part);
Explanation explain_masked_note(const Frame& f, const PartId& part);
Explanation explain_ratio(const Frame& f);
Explanation explain_cache_bytes(const Frame& f);
Explanation explain_agreement(const Frame& f);
Explanation explain_same_token(const Frame& f);
Explanation explain_chart(const Frame& f, const PartId& part);

Explanation explain_token(const Frame& f, const PartId& part);
Explanation explain_candidate(const Frame& f, const PartId& part);
Explanation explain_layer(const Frame& f, const PartId& part);
Explanation explain_head(const Frame& f, const PartId& part);
Explanation explain_operation(const Frame& f, const PartId& part);

// Buttons and bars. Needs no run.
Explanation explain_control(const Frame& f, const PartId& part);

// A token as it is named in a sentence: without the space it begins with.
std::string token_name(const Frame& f, int index);
std::string name_of_token(const std::string& text);
// The step shown; null before the first.
const core::Step* step_of(const Frame& f);
// "1,234".
std::string whole(std::int64_t value);
std::string side_name(const Frame& f, core::Side side);

}  // namespace kv::scene
