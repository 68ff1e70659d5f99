// An exam as files: one table, or the pages of questions and of answers as pictures.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/logic/lab/exam.h"
#include "viz/gl/gui.h"

namespace kv::app {

enum class ExamFormat { csv, svg, png };
// By the name's ending; a usage error for any other.
core::Result<ExamFormat> exam_format(const std::string& out);

// FILE.csv is one table. FILE.svg and FILE.png become FILE-1.svg, FILE-2.svg, ... and
// FILE-answers-1.svg, ..., A4 upright; PNG with 300 pixels an inch, half of it where OpenGL's
// pictures end earlier. Returns their paths, in that order. All are whole before the first is
// put in its place: where one cannot be written, all stays as it was. `gui` measures and draws,
// with its context current; null is enough for a table. go_on() is told the share done; once it
// returns false nothing is written and no path returned.
core::Result<std::vector<std::string>> write_exam(const Exam& exam, const std::string& out,
                                                  gl::Gui* gui,
                                                  const std::function<bool(double)>& go_on = {});

}  // namespace kv::app
