// Where a learner is in the lessons, and what they have answered.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/logic/lesson/expression.h"
#include "app/logic/lesson/lesson.h"
#include "app/logic/open_model.h"
#include "core/cost/cost_model.h"
#include "core/run/run.h"
#include "viz/scene/lesson_view.h"

namespace kv::app {

// One question's history. Kept from session to session; of very many tries, the first.
inline constexpr std::size_t most_tries = 1000;
struct Answer {
  std::string lesson, beat;
  std::vector<std::string> tried;  // options by id, estimates as numbers, in order
  bool right = false;
  bool revealed = false;   // shown without a right answer
  std::vector<int> votes;  // of the class, one count an option
  bool operator==(const Answer&) const = default;
};

struct Progress {
  std::vector<std::pair<std::string, std::string>> seen;  // lesson, beat
  std::vector<Answer> answers;
  bool operator==(const Progress&) const = default;
};

// A question with its numbers: computed from the run and the sizes when the beat is shown.
struct FilledQuestion {
  scene::RichText text, reveal;
  std::vector<scene::RichText> options;
  std::map<std::string, scene::RichText> whys;
  int right = -1;     // the option that is
  double answer = 0;  // of number; of draw: the true exponent
  Kind kind = Kind::plain;  // of the answer, and so of estimates
  double low = 0, high = 1;  // of the scale
  std::vector<double> traps;  // of number and draw, in lesson.json's order
  double last_n = 0;  // of draw
};

// A beat's words with every placeholder filled.
struct FilledBeat {
  int lesson = -1, beat = -1;
  scene::Language language = scene::Language::en;
  scene::RichText body, notes;
  std::optional<FilledQuestion> question;
  bool complete = false;              // all of it could be computed
  std::vector<std::string> mistakes;  // what cannot be computed at all
};

struct LessonState {
  std::shared_ptr<const std::vector<Lesson>> lessons;  // in their order; null: none
  std::shared_ptr<const std::map<std::string, core::CostConfig>> sizes;  // of built-in models
  int lesson = 0, beat = 0;
  bool lecture = false;     // the lecture's path is followed
  bool presenting = false;  // nothing but the stage and the words
  bool notes = false, folded = false;
  double presented = 0;  // seconds
  Progress progress;
  std::vector<std::string> mistakes;  // of the lesson that was read last

  // Of the beat shown.
  std::shared_ptr<const FilledBeat> filled;
  int focused = 0;         // option that Enter chooses
  float estimate = -1;     // share of the scale; less than 0: not begun
  std::vector<scene::Vec2> drawing;
  std::string feedback;    // id of the reason shown; "yes" for a right answer
  bool voting = false;
  bool cue_waiting = false;  // its model is being loaded
  bool cue_glides = false;   // it plays once its run is there

  // Kept so that going back is instant; the latest first.
  std::vector<std::shared_ptr<const core::Run>> runs;
  std::vector<OpenModel> models;

  const Lesson* shown() const {
    const bool there = lessons && lesson >= 0 && lesson < static_cast<int>(lessons->size());
    return there ? &(*lessons)[static_cast<std::size_t>(lesson)] : nullptr;
  }
  const Beat* shown_beat() const {
    const Lesson* open = shown();
    const bool there = open && beat >= 0 && beat < static_cast<int>(open->beats.size());
    return there ? &open->beats[static_cast<std::size_t>(beat)] : nullptr;
  }
};

// The record of a beat's question; null where nothing was answered.
const Answer* answer_to(const Progress& progress, const std::string& lesson,
                        const std::string& beat);
Answer& answer_to(Progress& progress, const std::string& lesson, const std::string& beat);
// What came to `now` since `before`, added to what somebody else may have kept meanwhile; of a
// question that both answered, the answer in `now` stays.
Progress with_news(Progress kept, const Progress& before, const Progress& now);

}  // namespace kv::app
