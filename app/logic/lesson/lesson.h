// A lesson as its files say it: beats, what each shows, questions, and the words of four languages.
// How the files are written is told in lessons/README.md; lessons/lesson.schema.json says the same
// for editors.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/run/experiment.h"
#include "viz/scene/language.h"
#include "viz/scene/timeline.h"
#include "viz/scene/view.h"

namespace kv::app {

inline constexpr int lesson_format = 1;

using scene::Stage;
inline constexpr std::array<const char*, 6> stage_ids = {"decode",   "chart", "bill",
                                                         "roofline", "bench", "loop"};
inline constexpr std::array<const char*, core::experiment_count> experiment_ids = {
    "none", "no-mask", "drop-values", "keep-queries", "stale-weights"};

using PerLanguage = std::array<std::string, scene::languages.size()>;

// What the picture shows while a beat stands: composed afresh from this, never patched.
struct Cue {
  std::string model = {};
  PerLanguage prompt = {};
  Stage stage = Stage::decode;
  int step = 1;  // the state after so many new tokens
  int layer = 0, head = 0;  // from 0
  std::optional<scene::Operation> operation = {};  // stands at its end; none: at rest
  std::optional<scene::Moment> from = {};          // plays from here
  scene::Pace pace = scene::Pace::token;
  bool heat = false;
  core::Experiment experiment = core::Experiment::none;
  scene::StageSpec spec = {};
  std::vector<std::string> highlight = {};  // names of parts
  std::vector<std::string> hide = {};       // parts that would give the answer away

  scene::Moment moment() const;
};

enum class QuestionKind { choice, number, click, draw };
inline constexpr std::array<const char*, 4> question_kind_ids = {"choice", "number", "click",
                                                                 "draw"};

struct Option {
  std::string id;
  std::string value;  // expression that equals the answer's, or
  std::string holds;  // a condition that is true of the right one alone
};

// A wrong answer that means something.
struct Trap {
  std::string id;
  std::string value;        // of a number or a drawn exponent
  std::string part, where;  // of a click
};

struct Question {
  QuestionKind kind = QuestionKind::choice;
  std::vector<Option> options = {};
  std::string answer = {};                // expression; of choice (with values) and number
  double tolerance = 1.25;                // number: a factor; draw: of the exponent
  std::array<std::string, 2> range = {};  // number: ends of the scale, expressions
  bool logarithmic = false;
  std::string part = {}, where = {};  // click
  core::Side side = core::Side::uncached;  // draw: whose curve
  int component = -1;                      // -1: total
  std::string to = {};                     // draw: last n, an expression
  std::vector<Trap> traps = {};
};

struct Beat {
  std::string id;
  bool lecture = false;
  Cue show;
  std::optional<Question> question;
};

// A section of a Markdown file, with the line it begins in.
struct Section {
  std::string text;
  int line = 0;
};

struct BeatWords {
  Section body, question, reveal, notes;
  std::map<std::string, Section> options, whys;  // by option or trap id
};

struct LessonWords {
  std::string title;
  std::vector<BeatWords> beats;  // as many as the lesson has, in its order
};

struct Lesson {
  std::string id;
  int number = 0;      // from the folder's name; 0: none
  std::string folder;  // where it was read from, for messages and for reading it again
  std::vector<Beat> beats;
  std::array<LessonWords, scene::languages.size()> words;

  const LessonWords& in(scene::Language language) const {
    return words[static_cast<std::size_t>(language)];
  }
};

// The files of a lesson's folder; `markdown` by language. `folder` names them in messages.
struct LessonFiles {
  std::string folder;
  std::string json;
  PerLanguage markdown;
};

// All mistakes of form, each one line that names file, line or field, what was found and expected.
// Where there are none the lesson is whole: every beat has its words in every language.
struct ReadLesson {
  Lesson lesson;
  std::vector<std::string> mistakes;
};
ReadLesson read_lesson(const LessonFiles& files);

// The parts of read_lesson().
core::Result<Lesson> parse_lesson_json(std::string_view text, const std::string& label);
LessonWords parse_lesson_words(std::string_view markdown, const std::string& label,
                               const Lesson& lesson, std::vector<std::string>& mistakes);

}  // namespace kv::app
