// The newest row of the step shown, operation by operation: what the lens prints. What no record
// keeps is computed here by core's own kernels from what it does keep.
#pragma once

#include <string>
#include <vector>

#include "viz/scene/views/step_data.h"

namespace kv::scene {

// The operation the lens shows: the one in progress in the chosen layer; while another layer is
// computed, what the chosen layer has had last.
Operation lens_operation(const Frame& f);

// One row of numbers.
struct LensVector {
  std::string name;             // "q", "x"
  std::vector<float> values;
  Color color;                  // of the name
  Scale scale = Scale::diverging;
  bool over_tokens = false;     // one value a token, else one a dimension
};

// The vectors of an operation, in the order they come about; the last is its result.
std::vector<LensVector> lens_vectors(const Frame& f, const core::Replay& replay,
                                     Operation operation);
// The formula with its shapes, as coloured runs.
std::vector<TextRun> lens_formula(const Frame& f, const core::Replay& replay,
                                  Operation operation);
// One sentence that says what happens, with this step's numbers.
std::string lens_sentence(const Frame& f, const core::Replay& replay, Operation operation);

}  // namespace kv::scene
