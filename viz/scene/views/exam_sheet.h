// An exam on paper: pages of questions, and pages of answers, black on white.
#pragma once

#include <string>
#include <vector>

#include "viz/scene/rich_text.h"
#include "viz/scene/scene.h"

namespace kv::scene {

struct ExamQuestion {
  RichText text;
  std::vector<RichText> options;
  int right = 0;
  std::vector<RichText> whys;  // the mistake each wrong option stands for; whys[right] is empty
  RichText reveal;
};
struct ExamPaper {
  std::string title, seed;
  std::vector<ExamQuestion> questions;
};

// A4 upright: 1240 x 1754 units, 150 to the inch. A question never runs over two pages. With
// `answers` each question's right letter, why it is right, and the mistake behind every other one.
inline constexpr Vec2 paper_size{1240, 1754};
std::vector<Scene> exam_pages(const ExamPaper& paper, bool answers, Language language,
                              const FontMetrics& metrics);

}  // namespace kv::scene
