// The parts of a formula that are lines and not letters: they grow with what they belong to.
#pragma once

#include <string_view>

#include "viz/scene/formula.h"

namespace kv::scene {

// What a formula's lines are drawn with.
struct FormulaPen {
  Color ink;
  float size = 0;  // line height of the font beside

  float thickness() const { return std::max(1.1F, 0.065F * size); }
};

// A bracket from -ascent to descent, of any character formula_bracket() knows.
FormulaLayout bracket_shape(std::string_view bracket, float ascent, float descent,
                            const FormulaPen& pen);

// `inside` below a root, its index (may be empty) over the root's hook.
FormulaLayout root_shape(FormulaLayout inside, const FormulaLayout& index, const FormulaPen& pen);

// Appends `piece` with its origin at `at`, and grows the layout to hold it.
void place_piece(FormulaLayout& layout, const FormulaLayout& piece, Vec2 at);

}  // namespace kv::scene
