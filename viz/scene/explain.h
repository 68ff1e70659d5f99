// What a part is, in words and with its numbers: for tooltips.
#pragma once

#include <string>
#include <vector>

#include "viz/scene/views/frame.h"

namespace kv::scene {

// Where a number comes from.
enum class Badge {
  none,
  measured,  // a value or a time of this run, on this machine
  counted,   // operations or bytes, counted where the work is done
  formula,   // from the model's sizes alone
};
// Null for none.
const Phrase* phrase_of(Badge badge);

struct Explanation {
  std::string title;               // empty: there is nothing to say
  std::string value;               // the number itself, or what stands for it; may be empty
  std::vector<std::string> lines;  // formulas with numbers, shapes, bytes
  Badge badge = Badge::none;       // of `value`
};

// Numbers come from the step's replays, records and counts; where these are being computed it says
// so. A part that the step shown does not have is explained by an empty title.
Explanation explain(const Frame& f, const PartId& part);

// The name of an entry of core::op_count_parts.
const Phrase& name_of_component(int component);

}  // namespace kv::scene
