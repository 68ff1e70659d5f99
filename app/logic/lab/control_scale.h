// The scales of the laboratory's sliders: where a value stands between 0 and 1, which value a place
// means, and the round values that steps go to.
#pragma once

#include <cstdint>
#include <vector>

#include "app/logic/lab/controls.h"

namespace kv::app {

struct ControlScale {
  std::vector<std::int64_t> stops;  // ascending; empty: not a slider
  // Logarithmic between the ends, with values between the stops; else the stops stand evenly.
  bool fine = false;

  // Values beyond the ends stand at the ends, those between stops in between.
  double share_of(std::int64_t value) const;
  std::int64_t at(double share) const;
  // The stop that many stops away; from between two stops the next one. Stays at the ends.
  std::int64_t stepped(std::int64_t value, int by) const;
};

// All values the control can be set to in this scenario.
ControlScale scale_of(const scene::Scenario& scenario, ControlId control);

// Numbers of heads that a width can be divided by: each head even and at most 512 wide.
std::vector<std::int64_t> heads_for(int width);

}  // namespace kv::app
