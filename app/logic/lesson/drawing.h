// A curve that a learner draws: (tokens, FLOPs), left to right.
#pragma once

#include <optional>
#include <vector>

#include "viz/scene/geometry.h"

namespace kv::app {

// Another point; what was drawn right there before gives way. What is no place of a chart (less than
// one token, no FLOPs) is not taken.
void add_to_drawing(std::vector<scene::Vec2>& drawing, scene::Vec2 value);

// n to the power it grows with: a straight line fitted to the logarithms. Empty of fewer than five
// points, or of a dash too short to say anything on an axis that reaches over so many logarithms.
std::optional<double> drawn_exponent(const std::vector<scene::Vec2>& drawing, double reach = 5);

}  // namespace kv::app
