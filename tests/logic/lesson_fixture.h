// Lessons as text, read the way the program reads them, and a bench that teaches them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/logic/lesson/lesson.h"
#include "app/logic/lesson/markdown.h"
#include "tests/logic/bench.h"
#include "viz/scene/lesson_view.h"

namespace kv::test {

// The members of a beat beside its id, and what its Markdown says below "## id". LANG in the words
// is the language's code.
struct BeatText {
  std::string id;
  std::string members = "";
  std::string words = "LANG words.";
};

// A lesson on "tiny" with a prompt of its own in every language; its own mistakes fail the test.
app::Lesson lesson_of(const std::string& id, const std::vector<BeatText>& beats);
// The files of such a lesson.
app::LessonFiles files_of(const std::string& id, const std::vector<BeatText>& beats);

// The prompts of these lessons: none is the default of "tiny".
std::string prompt_in(scene::Language language);

using Lessons = std::shared_ptr<const std::vector<app::Lesson>>;
Lessons lessons_of(std::vector<app::Lesson> lessons);

// Two lessons of three beats each: "first" (begin, glide, ask) and "second" (elsewhere, plain,
// end). Beats of the lecture's path: begin, ask, plain.
Lessons two_lessons();

// A bench with "tiny" open in Explore and lessons at hand.
class Classroom : public Bench {
 public:
  explicit Classroom(Lessons lessons = two_lessons());

  // To that beat, its work done and its movement over.
  void open(int lesson, int beat);
  std::string lesson_id() const { return state().lesson.shown()->id; }
  std::string beat_id() const { return state().lesson.shown_beat()->id; }
  // What the pane says; nothing while the beat's words are not filled in.
  std::string body() const {
    const auto& filled = state().lesson.filled;
    return filled ? scene::plain_text(filled->body) : "";
  }
  const app::FilledQuestion& question() const { return *state().lesson.filled->question; }
  const app::Answer* answer() const;
  // The window's picture as text; which beats have been seen, and how much memory is used, are
  // another matter and left out.
  std::string picture() const;
};

// Tells the first line that differs.
testing::AssertionResult same_picture(const std::string& a, const std::string& b);

}  // namespace kv::test
