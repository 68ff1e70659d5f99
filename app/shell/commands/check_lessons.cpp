#include "app/shell/commands/check_lessons.h"

#include <fmt/format.h>
#include <imgui.h>

#include "app/logic/action.h"
#include "app/logic/lesson/lint.h"
#include "app/logic/lesson/teaching.h"
#include "app/shell/commands/render_state.h"
#include "app/shell/interrupt.h"
#include "app/shell/lesson_store.h"
#include "app/shell/outcome.h"
#include "app/shell/text_table.h"
#include "core/base/utf8.h"
#include "viz/gl/fonts.h"
#include "viz/scene/compose.h"
#include "viz/scene/utf8_text.h"
#include "viz/scene/views/lesson_layout.h"

namespace kv::app {
namespace {

// Windows in which no word of a lesson may be cut off, and how it is shown there.
struct Sight {
  float width, height;
  bool presenting;
};
constexpr Sight sights[] = {{1280, 720, false}, {1920, 1080, false}, {1280, 720, true}};

// Lessons of one's own may lead to those that come with the program.
std::vector<std::string> shipped_ids() {
  std::vector<std::string> ids;
  for (const std::string& folder : lesson_folders(lessons_folder()))
    ids.push_back(folder.substr(folder.find('_', folder.rfind('/')) + 1));
  return ids;
}

class LessonChecker {
 public:
  explicit LessonChecker(std::shared_ptr<const std::vector<Lesson>> lessons)
      : lessons_(std::move(lessons)), tools_(scene::Language::en) {}

  core::Status prepare() {
    for (const Lesson& lesson : *lessons_)
      for (const auto& words : lesson.words)
        for (const auto& beat : words.beats) fonts_.need(beat.body.text);
    return fonts_.build(atlas_, 1);
  }

  std::vector<std::string> check(int index) {
    const Lesson& lesson = (*lessons_)[static_cast<std::size_t>(index)];
    mistakes_ = lint_words(lesson, *lessons_, shipped_ids());
    AppState state = initial_state({});
    state.lesson.sizes = built_in_sizes();
    state.view.reduced_motion = true;
    state = update(std::move(state), act::SetLessons{lessons_, {}});
    for (const scene::Language language : scene::languages) {
      Settings settings = state.settings;
      settings.language = language;
      settings.reduced_motion = true;
      state = update(std::move(state), act::SetSettings{settings});
      for (std::size_t beat = 0; beat < lesson.beats.size() && !interrupted(); ++beat) {
        state = tools_.settle(
            update(std::move(state), act::GoToBeat{index, static_cast<int>(beat)}));
        check_beat(state);
      }
    }
    return std::move(mistakes_);
  }

 private:
  void wrong(const AppState& state, const std::string& what) {
    const Lesson& lesson = *state.lesson.shown();
    mistakes_.push_back(fmt::format("{}/{}.md: beat {}: {}", lesson.folder,
                                    scene::code_of(state.view.language),
                                    state.lesson.shown_beat()->id, what));
  }

  void check_beat(const AppState& shown) {
    for (const std::string& mistake : lint_beat(shown)) wrong(shown, mistake);
    for (const std::string& message : shown.messages) wrong(shown, message);
    check_glyphs(shown);
    // In each of the states that a question goes through, the longest reason among them.
    check_sights(shown);
    if (!shown.lesson.shown_beat()->question || !shown.lesson.filled) return;
    AppState answered = shown;
    for (const auto& [id, text] : shown.lesson.filled->question->whys) {
      answered.lesson.feedback = id;
      check_sights(answered);
    }
    check_sights(update(shown, act::Do{Command::reveal}));
  }

  void check_sights(const AppState& state) {
    for (const Sight& sight : sights) {
      AppState seen = state;
      seen.lesson.presenting = sight.presenting;
      if (const float overflow = overflow_of(seen, sight); overflow > 0)
        wrong(state, fmt::format("found words that are cut off by {:.0f} units in a window of "
                                 "{}x{}{}{}, expected all in sight",
                                 overflow, sight.width, sight.height,
                                 sight.presenting ? " while presenting" : "",
                                 seen.lesson.feedback.empty() ? "" : ", with " + seen.lesson.feedback));
    }
  }

  float overflow_of(const AppState& state, const Sight& sight) {
    const float scale = scene::pixels_per_unit({sight.width, sight.height}, 1);
    const scene::Subject subject = subject_of(state);
    const scene::StatusView status = status_of(state);
    const scene::FontMetrics metrics = fonts_.metrics();
    scene::Scene scene;
    scene::Frame f{subject, state.now.moment, state.view, status, metrics,
                   scene::palette(state.view.theme, false), grids_, scene};
    scene::Rect window{0, 0, sight.width / scale, sight.height / scale};
    if (!sight.presenting) window.take_top(48);
    return scene::fit_lesson(f, scene::lesson_layout(f, window)).overflow;
  }

  void check_glyphs(const AppState& state) {
    if (!state.lesson.filled) return;
    std::string all = scene::plain_text(state.lesson.filled->body);
    all += scene::plain_text(state.lesson.filled->notes);
    if (const auto& question = state.lesson.filled->question) {
      all += scene::plain_text(question->text) + scene::plain_text(question->reveal);
      for (const auto& option : question->options) all += scene::plain_text(option);
      for (const auto& [id, why] : question->whys) all += scene::plain_text(why);
    }
    if (fonts_.need(all)) {
      atlas_.Clear();
      if (const auto error = fonts_.build(atlas_, 1)) return wrong(state, error->message);
    }
    for (const char32_t c : missing_glyphs(all))
      wrong(state, fmt::format("found U+{:04X}, expected a character that the fonts have",
                               static_cast<std::uint32_t>(c)));
  }

  std::u32string missing_glyphs(const std::string& text) const {
    std::u32string missing;
    for (std::string_view rest = text; !rest.empty();) {
      const char32_t c = core::decode_utf8(scene::take_character(rest));
      if (c >= U' ' && !fonts_.has_glyph(scene::Font::body, c) &&
          missing.find(c) == std::u32string::npos)
        missing += c;
    }
    return missing;
  }

  std::shared_ptr<const std::vector<Lesson>> lessons_;
  RenderTools tools_;
  gl::Fonts fonts_;
  ImFontAtlas atlas_;
  scene::GridStore grids_;
  std::vector<std::string> mistakes_;
};

int questions_in(const Lesson& lesson) {
  return static_cast<int>(std::ranges::count_if(
      lesson.beats, [](const Beat& beat) { return beat.question.has_value(); }));
}

}  // namespace

int check_lessons(const std::string& folder) {
  LessonsRead read = read_lessons(folder);
  int code = exit_done;
  const auto refuse = [&](const std::string& mistake) {
    code = fail({core::ErrorKind::input, mistake});
  };
  for (const std::string& mistake : read.mistakes) refuse(mistake);
  if (read.lessons.empty() && read.mistakes.empty())
    return fail({core::ErrorKind::input, folder + ": found no lesson, expected folders with a lesson.json"});
  const auto lessons = std::make_shared<const std::vector<Lesson>>(std::move(read.lessons));
  LessonChecker checker(lessons);
  if (const auto error = checker.prepare()) return fail(*error);
  for (std::size_t i = 0; i < lessons->size(); ++i) {
    const Lesson& lesson = (*lessons)[i];
    const auto mistakes = checker.check(static_cast<int>(i));
    if (interrupted()) return exit_interrupted;
    for (const std::string& mistake : mistakes) refuse(mistake);
    if (!mistakes.empty()) continue;
    const int printed = print(fmt::format(
        "{}: valid lesson, {} beats, {} questions, {} languages\n", printable_text(lesson.folder),
        lesson.beats.size(), questions_in(lesson), scene::languages.size()));
    if (printed != exit_done) return printed;  // the next one would say the same
  }
  return code;
}

}  // namespace kv::app
