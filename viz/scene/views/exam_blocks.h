// The pieces of an exam on paper, each measured and drawn by one function, so that the two cannot
// disagree.
#pragma once

#include "viz/scene/views/exam_sheet.h"
#include "viz/scene/views/frame.h"

namespace kv::scene {

// Black on white, with greys that a printer without colour keeps apart.
const Palette& print_palette();

std::string letter_of_option(std::size_t index);  // "A"

// Dry: nothing is drawn. All return the height taken, from the top of `area` on; its own height is
// no limit.
float put_exam_question(Frame& f, const Rect& area, int number, const ExamQuestion& question,
                        Font font, bool dry);
float put_exam_answer(Frame& f, const Rect& area, int number, const ExamQuestion& question,
                      Font font, bool dry);

}  // namespace kv::scene
