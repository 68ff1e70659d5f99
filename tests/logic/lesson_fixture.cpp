#include "tests/logic/lesson_fixture.h"

#include <sstream>

#include "app/logic/lesson/teaching.h"
#include "viz/scene/compose.h"

namespace kv::test {
namespace {

std::string in_language(std::string text, scene::Language language) {
  for (std::size_t at = text.find("LANG"); at != std::string::npos; at = text.find("LANG", at))
    text.replace(at, 4, scene::code_of(language));
  return text;
}

std::string json_of(const std::string& id, const std::vector<BeatText>& beats) {
  std::string json = R"({"format": 1, "id": ")" + id + R"(", "model": "tiny", "prompt": {"en": ")" +
                     prompt_in(scene::Language::en) + R"(", "ru": ")" +
                     prompt_in(scene::Language::ru) + R"(", "zh": ")" +
                     prompt_in(scene::Language::zh) + R"(", "ko": ")" +
                     prompt_in(scene::Language::ko) + R"("}, "beats": [)";
  for (const BeatText& beat : beats) {
    if (&beat != &beats.front()) json += ", ";
    json +=
        R"({"id": ")" + beat.id + "\"" + (beat.members.empty() ? "" : ", ") + beat.members + "}";
  }
  return json + "]}";
}

const char* const choice_of_rows =
    R"("lecture": true, "show": {"step": 2}, "question": {"kind": "choice", "answer": "tokens",
       "options": [{"id": "one", "value": "1"}, {"id": "all", "value": "tokens"},
                   {"id": "more", "value": "tokens + 1"}]})";
const char* const words_of_rows =
    "LANG asks.\n### question\nHow many rows of {{tokens}}?\n### option one\none\n"
    "### option all\nall\n### option more\nmore\n### why one\nTrue of the newest.\n"
    "### why more\nTrue of the next step.\n### reveal\nThere are {{tokens}} rows.\n";

}  // namespace

std::string prompt_in(scene::Language language) {
  switch (language) {
    case scene::Language::en:
      return "four five six";
    case scene::Language::ru:
      return "seven eight";
    case scene::Language::zh:
      return "nine ten one";
    case scene::Language::ko:
      return "four five six";  // as the English one
  }
  return "";
}

app::LessonFiles files_of(const std::string& id, const std::vector<BeatText>& beats) {
  app::LessonFiles files{.folder = "lessons/07_" + id, .json = json_of(id, beats), .markdown = {}};
  for (const scene::Language language : scene::languages) {
    std::string& text = files.markdown[static_cast<std::size_t>(language)];
    text = "# Title of " + id + "\n";
    for (const BeatText& beat : beats)
      text += "## " + beat.id + "\n" + in_language(beat.words, language) + "\n";
  }
  return files;
}

app::Lesson lesson_of(const std::string& id, const std::vector<BeatText>& beats) {
  app::ReadLesson read = app::read_lesson(files_of(id, beats));
  for (const std::string& mistake : read.mistakes) ADD_FAILURE() << mistake;
  return read.lesson;
}

Lessons lessons_of(std::vector<app::Lesson> lessons) {
  return std::make_shared<const std::vector<app::Lesson>>(std::move(lessons));
}

Lessons two_lessons() {
  return lessons_of(
      {lesson_of("first", {{"begin", R"("lecture": true, "show": {"highlight": ["k.rows@with"]})",
                            "LANG begins with {{tokens}} rows."},
                           {"glide",
                            R"("show": {"step": 3, "layer": 2, "head": 3, "op": "softmax",
                      "from": {"step": 2, "op": "choice"}, "pace": "operation", "heat": true})",
                            "LANG moves to {{tokens}} rows."},
                           {"ask", choice_of_rows, words_of_rows}}),
       lesson_of("second", {{"elsewhere", R"("show": {"model": "other", "step": 2, "layer": 3})",
                             "LANG looks at {{parameters}} weights."},
                            {"plain", R"("lecture": true, "show": {"stage": "chart"})"},
                            {"end", R"("show": {"step": 3})"}})});
}

Classroom::Classroom(Lessons lessons) : Bench("tiny") {
  act(app::act::SetLessons{std::move(lessons)});
}

void Classroom::open(int lesson, int beat) {
  act(app::act::GoToBeat{lesson, beat});
  pass(20);
}

const app::Answer* Classroom::answer() const {
  return app::answer_to(state().lesson.progress, lesson_id(), beat_id());
}

std::string Classroom::picture() const {
  scene::GridStore grids;
  scene::StatusView status = app::status_of(state());
  status.memory_bytes = 0;
  status.invites = false;
  if (status.lesson) {
    auto lesson = std::make_shared<scene::LessonView>(*status.lesson);
    lesson->seen.assign(lesson->seen.size(), false);
    status.lesson = std::move(lesson);
  }
  return to_text(scene::compose(app::subject_of(state()), moment(), state().view, status,
                                scene::plain_metrics(), {1920, 1080}, grids));
}

testing::AssertionResult same_picture(const std::string& a, const std::string& b) {
  std::istringstream left(a), right(b);
  std::string x, y;
  for (;;) {
    const bool more = static_cast<bool>(std::getline(left, x));
    if (more != static_cast<bool>(std::getline(right, y)))
      return testing::AssertionFailure() << "one picture has more: " << x << y;
    if (!more) return testing::AssertionSuccess();
    if (x != y) return testing::AssertionFailure() << x << "\n" << y;
  }
}

}  // namespace kv::test
