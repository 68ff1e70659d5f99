// "Draw it first": a guess as a curve or as an exponent, and how far it is from the truth.
#pragma once

#include "app/logic/state.h"
#include "viz/scene/lab_view.h"

namespace kv::app {

// The slider's scale: exponents 0 to 4.
double exponent_of(double share);
double share_of(double exponent);

// A straight line (on logarithmic axes) of that exponent from the true curve's beginning: what
// setting the exponent draws. Empty where the sizes have no closed form.
std::vector<scene::Vec2> straight_drawing(const scene::Scenario& scenario, double exponent);

// That of what was drawn; empty where it is too little for the scenario's axis.
std::optional<double> lab_exponent(const LabState& lab);

// Shows the truth, once there is enough of a drawing.
void reveal_curve(AppState& state);

scene::DrawnView drawn_view(const LabState& lab, const scene::Scenario& scenario);

}  // namespace kv::app
