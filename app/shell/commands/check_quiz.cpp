#include "app/shell/commands/check_quiz.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/logic/lab/lab.h"
#include "app/logic/lab/quiz_lint.h"
#include "app/logic/lab/scenario_text.h"
#include "app/shell/interrupt.h"
#include "app/shell/lesson_store.h"
#include "app/shell/outcome.h"
#include "app/shell/quiz_store.h"
#include "app/shell/text_table.h"
#include "core/base/utf8.h"
#include "viz/gl/fonts.h"
#include "viz/scene/utf8_text.h"
#include "viz/scene/views/lab_drill.h"

namespace kv::app {
namespace {

// The smallest page on which no word of a drill may be cut off.
constexpr scene::Rect smallest_page{0, 0, 940, 740};
constexpr scene::Rect usual_page{0, 0, 1240, 760};  // of a window of 1280x720

ScenarioCheck scenario_check() {
  AppState state = initial_state({});
  state.lesson.sizes = built_in_sizes();
  return [sizes = sizes_by_name(state)](const std::string& text) {
    const auto scenario = parse_scenario(text, false, sizes);
    return scenario ? core::Status{} : core::Status(scenario.error());
  };
}

// As it looks once it is answered, after the mistake with the longest reason.
scene::QuestionView answered(const AskedQuestion& asked) {
  scene::QuestionView view;
  view.text = asked.text;
  view.open = false;
  view.reveal = asked.reveal;
  for (const scene::RichText& option : asked.options) view.options.push_back({.text = option});
  const auto length = [](const scene::RichText& why) { return scene::plain_text(why).size(); };
  view.feedback = *std::ranges::max_element(asked.whys, {}, length);
  return view;
}

// What only the fonts can say: characters they lack, words that have no room.
class QuizSight {
 public:
  QuizSight(const Quiz& quiz, std::vector<std::string>& mistakes)
      : quiz_(quiz), mistakes_(mistakes) {}

  core::Status look() {
    const QuantitySource source = quiz_source();
    for (const scene::Language language : scene::languages)
      for (std::size_t n = 0; n < quiz_.questions.size() && !interrupted(); ++n) {
        const auto asked = ask(quiz_, 1, static_cast<int>(n), language, source);
        if (!asked) return asked.error();
        if (const auto error = look_at(*asked, language)) return error;
      }
    return {};
  }

 private:
  void wrong(const AskedQuestion& asked, scene::Language language, const std::string& what) {
    mistakes_.push_back(fmt::format("{}/{}.md: question {}: {}", quiz_.folder,
                                    scene::code_of(language), asked.id, what));
  }

  core::Status look_at(const AskedQuestion& asked, scene::Language language) {
    std::string all = scene::plain_text(asked.text) + scene::plain_text(asked.reveal);
    for (const auto* texts : {&asked.options, &asked.whys})
      for (const scene::RichText& text : *texts) all += scene::plain_text(text);
    if (fonts_.need(all) || !fonts_.get(scene::Font::body)) {
      atlas_.Clear();
      if (auto error = fonts_.build(atlas_, 1)) return error;
    }
    find_missing_glyphs(asked, language, all);
    find_overflow(asked, language);
    return {};
  }

  void find_missing_glyphs(const AskedQuestion& asked, scene::Language language,
                           std::string_view rest) {
    std::u32string missing;
    while (!rest.empty()) {
      const char32_t c = core::decode_utf8(scene::take_character(rest));
      if (c < U' ' || fonts_.has_glyph(scene::Font::body, c) ||
          missing.find(c) != std::u32string::npos)
        continue;
      missing += c;
      wrong(asked, language,
            fmt::format("found U+{:04X}, expected a character that the fonts have",
                        static_cast<std::uint32_t>(c)));
    }
  }

  void find_overflow(const AskedQuestion& asked, scene::Language language) {
    const scene::Subject subject;
    const scene::Moment moment;
    const scene::StatusView status;
    scene::ViewState view;
    view.language = language;
    const scene::FontMetrics metrics = fonts_.metrics();
    scene::Scene scene;
    const scene::Frame f{subject, moment, view, status, metrics, scene::palette(view.theme, false),
                         grids_,  scene};
    for (const scene::Rect& page : {smallest_page, usual_page})
      if (const float over = scene::drill_overflow(f, page, answered(asked)); over > 0)
        wrong(asked, language,
              fmt::format("found words that are cut off by {:.0f} units on a page of {}x{}, "
                          "expected all in sight",
                          over, page.w, page.h));
  }

  const Quiz& quiz_;
  std::vector<std::string>& mistakes_;
  gl::Fonts fonts_;
  ImFontAtlas atlas_;
  scene::GridStore grids_;
};

}  // namespace

int check_quiz(const std::string& folder) {
  const ReadQuiz read = read_quiz_folder(folder);
  std::vector<std::string> mistakes = read.mistakes;
  if (mistakes.empty()) mistakes = lint_quiz(read.quiz, quiz_source(), scenario_check());
  // Words can only be seen where all of them fill.
  if (mistakes.empty())
    if (const auto error = QuizSight(read.quiz, mistakes).look()) return fail(*error);
  if (interrupted()) return exit_interrupted;
  for (const std::string& mistake : mistakes) fail({core::ErrorKind::input, mistake});
  if (!mistakes.empty()) return exit_code(core::ErrorKind::input);
  return print(fmt::format("{}: valid quiz, {} questions, {} languages\n",
                           printable_text(read.quiz.folder), read.quiz.questions.size(),
                           scene::languages.size()));
}

}  // namespace kv::app
