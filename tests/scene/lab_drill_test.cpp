// The drill: what is asked, what is said to it, the score, and the picture that comes with the
// answer.
#include "viz/scene/views/lab_drill.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/cost/presets.h"
#include "tests/scene/lesson_drawn.h"
#include "tests/scene/stages_drawn.h"
#include "tests/support/golden.h"
#include "viz/scene/views/lab.h"

namespace kv::test {
namespace {

using scene::DrillView;
using scene::Language;
using scene::PartId;
using scene::PartKind;
using scene::QuestionView;
using scene::Rect;
using scene::Scene;
using scene::Vec2;

constexpr Vec2 sizes[] = {{940, 740}, {1240, 760}, {1540, 920}};

struct State {
  const char* name;
  QuestionView question;
};

std::vector<State> states_in(Language language) {
  QuestionView open = choice_in(language);
  open.text = paragraph(sample_text(language, language == Language::zh ? 50 : 26));
  QuestionView revealed = answered(open, language);
  revealed.feedback.clear();
  return {{"open", open},
          {"wrong", mistaken(open, language)},
          {"right", answered(open, language)},
          {"revealed", revealed}};
}

class Drills {
 public:
  Drills() {
    looking.subject = {};  // none of the laboratory's pages needs a run
    looking.view.place = scene::PlaceId::scenarios;
    looking.view.scenario.page = scene::LabPage::drill;
    looking.view.scenario.model = "llama-3-8b";
    looking.view.scenario.sizes = core::find_preset("llama-3-8b")->cost;
    looking.view.scenario.tokens = 2000;
  }

  Scene draw(std::optional<DrillView> drill, Vec2 size = {1240, 760}) {
    auto lab = std::make_shared<scene::LabView>();
    lab->drill = std::move(drill);
    looking.status.lab = std::move(lab);
    return drawn(looking, {"drill", [](scene::Frame& f, const Rect& r) { draw_drill_page(f, r); }},
                 {10, 20, size.x, size.y});
  }

  Looking looking;
};

DrillView drill_of(QuestionView question) {
  return {.number = 12,
          .right = 7,
          .asked = 11,
          .streak = 3,
          .topic = "attention of a whole run",
          .question = std::move(question)};
}

template <class Check>
void in_every_state(Check check) {
  for (const Language language : scene::languages)
    for (const Vec2 size : sizes)
      for (State& state : states_in(language)) {
        SCOPED_TRACE(fmt::format("{} {} {}", state.name, code_of(language), size.x));
        Drills drills;
        drills.looking.view.language = language;
        DrillView drill = drill_of(state.question);
        drill.topic = sample_text(language, language == Language::zh ? 6 : 3);
        check(drills, drill, size);
      }
}

TEST(Drill, NothingIsCutOffOrOverlapsInAnyState) {
  in_every_state([](Drills& drills, const DrillView& drill, Vec2 size) {
    const Scene scene = drills.draw(drill, size);
    expect_inside(scene, {10, 20, size.x, size.y});
    expect_apart(scene);
  });
}

TEST(Drill, EveryButtonIsFound) {
  in_every_state([](Drills& drills, const DrillView& drill, Vec2 size) {
    const Scene scene = drills.draw(drill, size);
    std::vector<PartId> parts = {{.kind = PartKind::question_button}};
    for (int i = 0; i < 4; ++i) parts.push_back({.kind = PartKind::option, .a = i});
    if (drill.question.open) parts.push_back({.kind = PartKind::reveal_button});
    for (const PartId& part : parts) {
      const auto place = find_part(scene, part);
      ASSERT_TRUE(place) << name_of(part.kind) << part.a;
      EXPECT_EQ(hit_test(scene, place->center()), part) << name_of(part.kind) << part.a;
    }
    EXPECT_EQ(find_part(scene, {.kind = PartKind::reveal_button}).has_value(), drill.question.open);
    EXPECT_FALSE(find_part(scene, {.kind = PartKind::vote_button}));
  });
}

bool has_chart(const Scene& scene) {
  return std::ranges::any_of(scene.places, [](const scene::Place& place) {
    return place.part.kind == PartKind::lab_chart;
  });
}

TEST(Drill, ThePictureComesWithTheAnswer) {
  in_every_state([](Drills& drills, const DrillView& drill, Vec2 size) {
    const Scene scene = drills.draw(drill, size);
    const bool room = size.x > 1000;
    const char* const waits = scene::words::drill_waits.in(drills.looking.view.language);
    EXPECT_EQ(has_chart(scene), room && !drill.question.open);
    EXPECT_EQ(says(scene, waits), room && drill.question.open);
  });
}

TEST(Drill, SaysTheScoreOnceThereIsOne) {
  Drills drills;
  DrillView drill = drill_of(choice_in(Language::en));
  Scene scene = drills.draw(drill);
  EXPECT_TRUE(says(scene, "Question 12"));
  EXPECT_TRUE(says(scene, "attention of a whole run"));
  EXPECT_TRUE(says(scene, "right at the first try: 7 of 11"));
  EXPECT_TRUE(says(scene, "streak 3"));
  drill.right = drill.asked = drill.streak = 0;
  drill.number = 1;
  scene = drills.draw(drill);
  EXPECT_TRUE(says(scene, "Question 1"));
  EXPECT_FALSE(says(scene, "first try"));
}

TEST(Drill, NamesTheMistakeAndThenTheReason) {
  Drills drills;
  QuestionView question = choice_in(Language::en);
  question.feedback = paragraph("You took one step for all.");
  question.reveal = paragraph("All steps together.");
  Scene scene = drills.draw(drill_of(question));
  EXPECT_TRUE(says(scene, "You took one step for all."));
  EXPECT_FALSE(says(scene, "All steps together."));
  question.open = false;
  scene = drills.draw(drill_of(question));
  EXPECT_TRUE(says(scene, "All steps together."));
}

// Nothing moves under the pointer when an answer is judged, and words keep their size.
TEST(Drill, StaysWhereItIsWhenItIsAnswered) {
  for (const Vec2 size : sizes) {
    Drills drills;
    const auto states = states_in(Language::en);
    const Scene before = drills.draw(drill_of(states[0].question), size);
    for (const State& state : states) {
      SCOPED_TRACE(state.name);
      const Scene after = drills.draw(drill_of(state.question), size);
      for (const PartId part :
           {PartId{.kind = PartKind::option, .a = 0}, PartId{.kind = PartKind::option, .a = 3},
            PartId{.kind = PartKind::question_button}})
        EXPECT_EQ(find_part(after, part), find_part(before, part)) << name_of(part.kind);
    }
  }
}

TEST(Drill, FocusIsShownOnlyWhileThereIsSomethingToChoose) {
  Drills drills;
  QuestionView question = answered(choice_in(Language::en), Language::en);
  const std::string plain = to_text(drills.draw(drill_of(question)));
  question.options[1].focused = true;
  EXPECT_EQ(to_text(drills.draw(drill_of(question))), plain);
  question.open = true;
  const std::string focused = to_text(drills.draw(drill_of(question)));
  question.options[1].focused = false;
  EXPECT_NE(to_text(drills.draw(drill_of(question))), focused);
}

TEST(Drill, WithoutQuestionsSaysSoAndNoMore) {
  Drills drills;
  for (const Language language : scene::languages) {
    drills.looking.view.language = language;
    const Scene scene = drills.draw(std::nullopt);
    ASSERT_EQ(texts_of(scene).size(), 1U);
    EXPECT_EQ(texts_of(scene)[0].what, scene::words::drill_none.in(language));
    EXPECT_TRUE(scene.places.empty());
  }
}

TEST(Drill, TellsByHowMuchWordsAreTooLong) {
  Drills drills;
  const Rect page{0, 0, 940, 740};
  QuestionView question = states_in(Language::en)[2].question;
  EXPECT_EQ(drill_overflow(drills.looking.frame(), page, question), 0);
  question.text = paragraph(sample_text(Language::en, 700));
  const float much = drill_overflow(drills.looking.frame(), page, question);
  EXPECT_GT(much, 0);
  question.text = paragraph(sample_text(Language::en, 800));
  EXPECT_GT(drill_overflow(drills.looking.frame(), page, question), much);
  EXPECT_TRUE(drills.looking.scene.items.empty());  // measuring draws nothing
}

TEST(DrillGolden, AWrongAnswer) {
  Drills drills;
  expect_golden("scene/golden/lab_drill.txt",
                to_text(drills.draw(drill_of(states_in(Language::en)[1].question))));
}

}  // namespace
}  // namespace kv::test
