// Predictions and answers. None blocks the way on; what was revealed stays so.
#pragma once

#include "app/logic/lesson/expression.h"
#include "app/logic/state.h"

namespace kv::app {

// Whether the beat asks something that is neither answered rightly nor revealed.
bool asks(const AppState& state);
void choose_option(AppState& state, int option);
void focus_option(AppState& state, int by);
void set_estimate(AppState& state, float share);
// Where the estimate stands before anybody has touched it: not on the answer.
void begin_estimate(AppState& state);
// Takes the estimate, the drawing, or the focused option.
void answer(AppState& state);
void reveal(AppState& state);
// A click in the picture, where the question wants one; false where it does not.
bool answer_click(AppState& state, const scene::PartId& part);
// A point of the curve: tokens and FLOPs.
void draw_point(AppState& state, scene::Vec2 value);
void toggle_votes(AppState& state);
void vote(AppState& state, int option, int by);

// A condition on what was clicked: `row` (and `index`) and `column` are its place.
core::Result<Quantity> evaluate_at(const std::string& condition, const scene::PartId& part,
                                   const Resolver& resolver);

// The value that a share of the question's scale stands for, and the other way round.
double scale_value(const Question& question, const FilledQuestion& filled, float share);
float scale_share(const Question& question, const FilledQuestion& filled, double value);

}  // namespace kv::app
