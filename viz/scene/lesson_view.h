// What a lesson says beside the picture, ready to be laid out: words filled in, the question in its
// state. Made by whoever keeps the lesson; drawn by views/lesson_*.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/scene/rich_text.h"

namespace kv::scene {

struct OptionView {
  RichText text;
  bool focused = false;  // what Enter would choose
  bool wrong = false;    // was chosen, and is not right
  bool right = false;    // is right, and that is known by now
  int votes = 0;
};

// An estimate on a scale.
struct ScaleView {
  float share = 0.5F;  // where the estimate stands, 0 to 1
  std::string estimate, low, high;
  std::optional<float> truth;  // where the truth stands, once it is known
  std::string truth_text;
};

struct QuestionView {
  RichText text;
  std::vector<OptionView> options;  // of a choice
  std::optional<ScaleView> scale;   // of a number
  bool wants_click = false;         // in the picture
  bool wants_drawing = false;       // on the chart
  bool drawn = false;               // enough of it to be judged
  RichText feedback;                // on the latest answer
  bool feedback_good = false;
  bool open = true;                 // neither answered rightly nor revealed
  RichText reveal;                  // shown once it is not open
  std::string distance;             // of a drawing from the truth, in words
  bool voting = false;
  bool voted = false;  // there are votes to be seen
};

// One lesson in the list.
struct LessonEntry {
  int number = 0;
  std::string title;
  std::vector<std::string> beats;  // first words of each
  std::vector<bool> lecture;       // on the lecture's path
  std::vector<bool> seen;
};

struct LessonView {
  int number = 0, lessons = 0;
  std::string title;
  int beat = 0, beats = 0;
  std::vector<bool> lecture, seen;  // of each beat
  bool in_lecture = false;          // the lecture's path is followed
  RichText body;
  std::optional<QuestionView> question;
  RichText notes;
  bool notes_open = false;
  bool presenting = false;  // nothing but the stage and the words below it
  bool folded = false;      // the words below the picture though there is room beside it
  bool pending = false;     // numbers are still being computed
  std::string timer;        // of the presentation
  std::vector<std::string> mistakes;  // in the lesson's files
  std::vector<Vec2> drawing;          // of the learner: tokens, FLOPs
  bool curve_hidden = false;          // what is to be drawn is not shown yet
  std::vector<LessonEntry> list;      // where the list is open
};

}  // namespace kv::scene
