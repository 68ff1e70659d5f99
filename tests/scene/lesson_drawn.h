// A lesson's words as a learner meets them, in every language, and the window that shows them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/scene/looking.h"
#include "viz/scene/lesson_view.h"
#include "viz/scene/views/lesson_layout.h"

namespace kv::test {

// In words (characters in Chinese), cut from sentences of that language.
std::string sample_text(scene::Language language, int length);
scene::RichText paragraph(const std::string& text, const std::string& link = "");

// A beat with a text of the greatest length that is allowed, two links in it.
scene::LessonView lesson_in(scene::Language language);
// The same with a question of four options; of a number; and their answers.
scene::QuestionView choice_in(scene::Language language);
scene::QuestionView number_in(scene::Language language);
// Wrongly answered, with a reason; answered, with what is revealed.
scene::QuestionView mistaken(scene::QuestionView question, scene::Language language);
scene::QuestionView answered(scene::QuestionView question, scene::Language language);

// Every state of a pane, by name.
struct PaneState {
  std::string name;
  scene::LessonView lesson;
};
std::vector<PaneState> pane_states(scene::Language language);

class LessonWindow {
 public:
  explicit LessonWindow(scene::Vec2 size = {1920, 1080}) : size_(size) {}

  scene::Scene draw(const scene::LessonView& lesson);
  // Where the words stand in the scene drawn last, and in which size.
  scene::LessonLayout layout();
  scene::LessonFit fit();

  Looking looking;

 private:
  scene::Vec2 size_;
};

}  // namespace kv::test
