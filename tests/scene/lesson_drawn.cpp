#include "tests/scene/lesson_drawn.h"

#include "core/base/utf8.h"
#include "viz/scene/compose.h"

namespace kv::test {

using scene::Language;
using scene::LessonView;
using scene::QuestionView;
using scene::RichText;

namespace {

const char* sentences(Language language) {
  switch (language) {
    case Language::en:
      return "Every step computes one new row of keys and values, and everything that stands above "
             "it was computed before, so the program keeps it instead of making it again. ";
    case Language::ru:
      return "Каждый шаг вычисляет одну новую строку ключей и значений, а всё, что стоит выше, уже "
             "вычислено, поэтому программа хранит это вместо повторного вычисления. ";
    case Language::zh:
      return "每一步只计算一行新的键和值，上面的各行早已算好，因此程序把它们保留下来，不再重复计算"
             "。";
    case Language::ko:
      return "매 단계는 새로운 키와 값 한 행만 계산하고 그 위의 모든 행은 이미 계산되었으므로 "
             "프로그램은 "
             "다시 만들지 않고 그대로 보관한다. ";
  }
  return "";
}

void add_question(std::vector<PaneState>& states, Language language, const std::string& name,
                  const QuestionView& question) {
  const auto with = [&](const QuestionView& view) {
    LessonView lesson = lesson_in(language);
    lesson.body = paragraph(sample_text(language, language == Language::zh ? 60 : 30));
    lesson.question = view;
    return lesson;
  };
  states.push_back({name, with(question)});
  states.push_back({name + " mistaken", with(mistaken(question, language))});
  states.push_back({name + " answered", with(answered(question, language))});
}

}  // namespace

std::string sample_text(Language language, int length) {
  const std::string source = sentences(language);
  std::string text;
  std::size_t at = 0;
  for (int count = 0; count < length;) {
    const std::string_view rest = std::string_view(source).substr(at);
    const std::size_t size = core::utf8_length(rest);
    text += rest.substr(0, size);
    at = (at + size) % source.size();
    if (language == Language::zh || rest[0] == ' ') ++count;
  }
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

RichText paragraph(const std::string& text, const std::string& link) {
  return {{.kind = scene::Block::Kind::paragraph, .spans = {{.text = text, .link = link}}}};
}

LessonView lesson_in(Language language) {
  const int most = language == Language::zh ? 110 : language == Language::ko ? 45 : 60;
  const int few = language == Language::zh ? 4 : 2;
  LessonView lesson;
  lesson.number = 4;
  lesson.lessons = 16;
  lesson.title = sample_text(language, few + 1);
  lesson.beat = 2;
  lesson.beats = 7;
  lesson.lecture = {true, false, true, true, false, false, true};
  lesson.seen = {true, true, true, false, false, false, false};
  lesson.body = {{.kind = scene::Block::Kind::paragraph,
                  .spans = {{.text = sample_text(language, few) + " "},
                            {.text = sample_text(language, few), .link = "part:k.new@with"},
                            {.text = ", " + sample_text(language, most / 2 - 3 * few) + " "},
                            {.text = sample_text(language, few), .strong = true}}},
                 {.kind = scene::Block::Kind::paragraph,
                  .spans = {{.text = sample_text(language, most / 2 - few) + " "},
                            {.text = sample_text(language, few), .link = "lesson:without-cache"}}}};
  lesson.notes = paragraph(sample_text(language, most));
  return lesson;
}

QuestionView choice_in(Language language) {
  QuestionView question;
  question.text = paragraph(sample_text(language, language == Language::zh ? 20 : 12));
  for (int i = 0; i < 4; ++i)
    question.options.push_back({.text = paragraph(sample_text(language, 1 + i))});
  question.options[1].focused = true;
  return question;
}

QuestionView number_in(Language language) {
  QuestionView question;
  question.text = paragraph(sample_text(language, language == Language::zh ? 20 : 12));
  question.scale = scene::ScaleView{.share = 0.3F,
                                    .estimate = "12.3 MFLOP",
                                    .low = "1 FLOP",
                                    .high = "100 TFLOP",
                                    .truth = {},
                                    .truth_text = {}};
  return question;
}

QuestionView mistaken(QuestionView question, Language language) {
  question.feedback = paragraph(sample_text(language, language == Language::zh ? 30 : 14));
  if (!question.options.empty()) question.options[0].wrong = true;
  return question;
}

QuestionView answered(QuestionView question, Language language) {
  question.open = false;
  question.feedback = paragraph(scene::words::ask_right.in(language));
  question.feedback_good = true;
  question.reveal =
      paragraph(sample_text(language, language == Language::zh ? 40 : 18), "part:ratio");
  for (auto& option : question.options) option.focused = false, option.wrong = true;
  if (!question.options.empty())
    question.options[2].right = true, question.options[2].wrong = false;
  if (question.scale) question.scale->truth = 0.7F, question.scale->truth_text = "1.23 GFLOP";
  return question;
}

std::vector<PaneState> pane_states(Language language) {
  std::vector<PaneState> states = {{"words", lesson_in(language)}};
  states.push_back({"pending", lesson_in(language)});
  states.back().lesson.pending = true;
  add_question(states, language, "choice", choice_in(language));
  add_question(states, language, "number", number_in(language));
  QuestionView voting = choice_in(language);
  voting.voting = voting.voted = true;
  for (auto& option : voting.options) option.votes = 27;
  add_question(states, language, "votes", voting);
  QuestionView drawing;
  drawing.text = paragraph(sample_text(language, 12));
  drawing.wants_drawing = drawing.drawn = true;
  add_question(states, language, "drawing", drawing);
  drawing.wants_drawing = drawing.drawn = false;
  drawing.wants_click = true;
  add_question(states, language, "click", drawing);
  return states;
}

scene::Scene LessonWindow::draw(const LessonView& lesson) {
  looking.status.lesson = std::make_shared<const LessonView>(lesson);
  looking.status.messages.clear();
  looking.status.activity.clear();
  looking.view.place = scene::PlaceId::lessons;
  looking.scene = scene::compose(looking.subject, looking.moment, looking.view, looking.status,
                                 looking.metrics, size_, looking.grids);
  return looking.scene;
}

scene::LessonLayout LessonWindow::layout() {
  constexpr float header = 48;
  const float top = looking.status.lesson->presenting ? 0 : header;
  return scene::lesson_layout(looking.frame(), {0, top, size_.x, size_.y - top});
}

scene::LessonFit LessonWindow::fit() { return scene::fit_lesson(looking.frame(), layout()); }

}  // namespace kv::test
