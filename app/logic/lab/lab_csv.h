// What a page of the laboratory shows, as a table for other programs.
#pragma once

#include <string>

#include "viz/scene/lab_view.h"

namespace kv::app {

// One row a number: what, of which way to decode, at how many tokens, the value with its unit, and
// where it comes from (formula, counted, measured, published). Empty where the page has no numbers
// (the drill).
std::string lab_csv(const scene::Scenario& scenario, const scene::LabView& view);

}  // namespace kv::app
