// Numbers on a scale, and curves that are drawn.
#include <fmt/format.h>

#include <cmath>

#include "app/logic/lesson/answering.h"
#include "app/logic/lesson/drawing.h"
#include "app/logic/lesson/teaching.h"
#include "tests/logic/lesson_fixture.h"
#include "viz/scene/views/stages.h"

namespace kv::test {
namespace {

using app::Command;
using scene::PartKind;
using scene::Vec2;
namespace act = app::act;

const char* const words =
    "w\n### question\nq\n### why near\nA trap.\n### why far\nFar off.\n### reveal\nr";

// An answer of 100 between 1 and 10,000; a trap at 1,000.
Classroom guessing(bool logarithmic = true) {
  Classroom room(
      lessons_of({lesson_of("one", {{"only",
                                     std::string(R"("question": {"kind": "number", "answer": "10^2",
                 "tolerance": 1.25, "range": ["1", "10^4"], "log": )") +
                                         (logarithmic ? "true" : "false") +
                                         R"(, "traps": [{"id": "near", "value": "1000"}]})",
                                     words}})}));
  room.open(0, 0);
  return room;
}

scene::QuestionView shown(const Bench& room) { return *app::lesson_view(room.state())->question; }

void drag_to(Classroom& room, double value) {
  const float share =
      app::scale_share(*room.state().lesson.shown_beat()->question, room.question(), value);
  room.act(act::Drag{{.kind = PartKind::answer_scale,
                      .a = static_cast<int>(std::lround(1000 * static_cast<double>(share)))}});
}

std::string feedback_to(double value) {
  Classroom room = guessing();
  drag_to(room, value);
  room.press(Command::answer);
  return room.state().lesson.feedback;
}

TEST(Estimate, IsRightWithinItsTolerance) {
  EXPECT_EQ(feedback_to(100), "yes");
  EXPECT_EQ(feedback_to(123), "yes");
  EXPECT_EQ(feedback_to(82), "yes");
  EXPECT_EQ(feedback_to(128), "far");
  EXPECT_EQ(feedback_to(78), "far");
  EXPECT_EQ(feedback_to(1000), "near");
  EXPECT_EQ(feedback_to(1200), "near");
  EXPECT_EQ(feedback_to(820), "near");
  EXPECT_EQ(feedback_to(780), "far");
  EXPECT_EQ(feedback_to(1), "far");
  EXPECT_EQ(feedback_to(10'000), "far");
}

TEST(Estimate, IsRecordedAsTheNumberItIs) {
  Classroom room = guessing();
  drag_to(room, 1);
  room.press(Command::answer);
  drag_to(room, 10'000);
  room.press(Command::answer);
  drag_to(room, 100);
  EXPECT_EQ(scene::plain_text(shown(room).feedback), "Far off.");
  EXPECT_FALSE(shown(room).scale->truth);
  room.click(PartKind::answer_button);
  EXPECT_EQ(room.answer()->tried, (std::vector<std::string>{"1", "10000", "100"}));
  EXPECT_TRUE(room.answer()->right);
  ASSERT_TRUE(shown(room).scale->truth);
  EXPECT_NEAR(*shown(room).scale->truth, 0.5, 1e-6);
  EXPECT_EQ(shown(room).scale->truth_text, "100");
  EXPECT_EQ(shown(room).scale->low, "1");
  EXPECT_EQ(shown(room).scale->high, "10,000");
}

TEST(Estimate, IsMovedByKeysAndTheMouseWhileItIsAsked) {
  Classroom room = guessing();
  EXPECT_EQ(room.state().lesson.estimate, 0.25F);  // the middle is the answer
  room.press(Command::layer_up);
  EXPECT_NEAR(room.state().lesson.estimate, 0.27F, 1e-6);
  room.press(Command::layer_down);
  room.press(Command::layer_down);
  EXPECT_NEAR(room.state().lesson.estimate, 0.23F, 1e-6);
  EXPECT_EQ(room.state().view.layer, 0);
  for (int i = 0; i < 60; ++i) room.press(Command::layer_up);
  EXPECT_EQ(room.state().lesson.estimate, 1);
  room.act(act::Drag{{.kind = PartKind::answer_scale, .a = -5000}});
  EXPECT_EQ(room.state().lesson.estimate, 0);
  app::set_estimate(room.edit(), std::nanf(""));
  EXPECT_EQ(room.state().lesson.estimate, 0);
  room.press(Command::reveal);
  room.act(act::Drag{{.kind = PartKind::answer_scale, .a = 700}});
  EXPECT_EQ(room.state().lesson.estimate, 0);
  room.press(Command::layer_up);
  EXPECT_EQ(room.state().view.layer, 1);
}

TEST(Scale, GoesThereAndBack) {
  for (const bool logarithmic : {false, true}) {
    Classroom room = guessing(logarithmic);
    const app::Question& question = *room.state().lesson.shown_beat()->question;
    EXPECT_NEAR(app::scale_value(question, room.question(), 0), 1, 1e-9);
    EXPECT_NEAR(app::scale_value(question, room.question(), 1), 10'000, 1e-6);
    EXPECT_NEAR(app::scale_value(question, room.question(), 0.5F), logarithmic ? 100 : 5000.5,
                1e-6);
    for (float share = 0; share <= 1; share += 0.05F)
      EXPECT_NEAR(app::scale_share(question, room.question(),
                                   app::scale_value(question, room.question(), share)),
                  share, 1e-5);
    EXPECT_EQ(app::scale_share(question, room.question(), -7), 0);
    EXPECT_EQ(app::scale_share(question, room.question(), 1e12), 1);
  }
}

TEST(Scale, WithoutAnyLengthIsStillAScale) {
  const app::Question plain{.kind = app::QuestionKind::number};
  app::Question logarithmic = plain;
  logarithmic.logarithmic = true;
  app::FilledQuestion filled;
  for (const auto& [low, high] : {std::pair{3.0, 3.0}, {0.0, 0.0}, {5.0, 2.0}, {-1.0, -1.0}}) {
    filled.low = low, filled.high = high;
    for (const auto& question : {plain, logarithmic}) {
      EXPECT_TRUE(std::isfinite(app::scale_value(question, filled, 0.5F)));
      const float share = app::scale_share(question, filled, 3);
      EXPECT_TRUE(share >= 0 && share <= 1) << low << " " << high;
    }
  }
}

std::vector<Vec2> curve(double exponent, double last, int points) {
  std::vector<Vec2> drawing;
  for (int i = 0; i < points; ++i) {
    const double n = std::pow(last, static_cast<double>(i) / (points - 1));
    drawing.push_back({static_cast<float>(n), static_cast<float>(7 * std::pow(n, exponent))});
  }
  return drawing;
}

TEST(Drawing, HasAnExponent) {
  for (const double exponent : {0.0, 1.0, 2.0, 2.85, 3.0}) {
    const auto found = app::drawn_exponent(curve(exponent, 512, 40));
    ASSERT_TRUE(found);
    EXPECT_NEAR(*found, exponent, 0.01);
  }
}

TEST(Drawing, OfTooLittleHasNone) {
  EXPECT_FALSE(app::drawn_exponent({}));
  EXPECT_FALSE(app::drawn_exponent(curve(2, 512, 4)));
  EXPECT_TRUE(app::drawn_exponent(curve(2, 512, 5)));
  EXPECT_FALSE(app::drawn_exponent(curve(2, 1.5, 40)));  // a short dash
  EXPECT_FALSE(app::drawn_exponent(std::vector<Vec2>(9, Vec2{30, 1e6F})));
}

// The attention of 64 tokens without a cache; a trap at 2.
Classroom drawing(const std::string& component = "scores") {
  Classroom room(lessons_of({lesson_of(
      "one", {{"only",
               R"("show": {"stage": "chart", "tokens": 64}, "question": {"kind": "draw",
                 "component": ")" +
                   component + R"(", "to": "64", "traps": [{"id": "near", "value": "2"}]})",
               words}})}));
  room.open(0, 0);
  return room;
}

void draw(Classroom& room, double exponent, double scale = 1000) {
  for (const Vec2& point : curve(exponent, 64, 30))
    app::draw_point(room.edit(), {point.x, static_cast<float>(scale) * point.y});
}

TEST(Drawing, IsJudgedByItsExponent) {
  const auto feedback = [](double exponent) {
    Classroom room = drawing();
    draw(room, exponent);
    room.press(Command::answer);
    return room.state().lesson.feedback;
  };
  EXPECT_EQ(feedback(drawing().question().answer), "yes");
  EXPECT_EQ(feedback(drawing().question().answer + 0.3), "yes");
  EXPECT_EQ(feedback(drawing().question().answer + 0.4), "far");
  EXPECT_EQ(feedback(2), "near");
  EXPECT_EQ(feedback(1), "far");
}

TEST(Drawing, ItsTruthIsTheExponentOverTheWholeCurve) {
  EXPECT_GT(drawing("scores").question().answer, 2.5);  // sums of squares
  EXPECT_LT(drawing("scores").question().answer, 3);
  EXPECT_NEAR(drawing("mlp").question().answer, 2, 0.3);  // sums of n
  EXPECT_EQ(drawing("scores").question().last_n, 64);
}

TEST(Drawing, IsNotJudgedBeforeThereIsEnoughOfIt) {
  Classroom room = drawing();
  EXPECT_TRUE(shown(room).wants_drawing);
  EXPECT_FALSE(shown(room).drawn);
  EXPECT_TRUE(app::lesson_view(room.state())->curve_hidden);
  app::draw_point(room.edit(), {1, 100});
  room.press(Command::answer);
  EXPECT_FALSE(room.answer());
  draw(room, 1);
  EXPECT_TRUE(shown(room).drawn);
  room.press(Command::answer);
  EXPECT_EQ(room.answer()->tried, std::vector<std::string>{"1.00"});
  EXPECT_EQ(shown(room).distance, "");
  room.press(Command::reveal);
  EXPECT_FALSE(app::lesson_view(room.state())->curve_hidden);
  EXPECT_NE(shown(room).distance.find("1.00"), std::string::npos) << shown(room).distance;
  EXPECT_NE(shown(room).distance.find(fmt::format("{:.2f}", room.question().answer)),
            std::string::npos);
}

TEST(Drawing, AStrokeOverTheSameLengthsReplacesTheOneBefore) {
  Classroom room = drawing();
  draw(room, 1);
  const std::size_t points = room.state().lesson.drawing.size();
  EXPECT_EQ(points, 30U);
  draw(room, 2, 5);
  const auto& kept = room.state().lesson.drawing;
  EXPECT_EQ(kept.size(), points);
  EXPECT_NEAR(*app::drawn_exponent(kept), 2, 0.01);
  for (std::size_t i = 1; i < kept.size(); ++i) EXPECT_LT(kept[i - 1].x, kept[i].x);
}

TEST(Drawing, TakesOnlyPointsOfTheChart) {
  Classroom room = drawing();
  const float none = std::nanf("");
  for (const Vec2 point : {Vec2{0.5F, 10}, {3, 0}, {3, -1}, {none, 4}, {4, none}})
    app::draw_point(room.edit(), point);
  EXPECT_TRUE(room.state().lesson.drawing.empty());
  room.press(Command::reveal);
  draw(room, 1);
  EXPECT_TRUE(room.state().lesson.drawing.empty());
  room.open(0, 0);
  Classroom other = guessing();
  app::draw_point(other.edit(), {3, 3});
  EXPECT_TRUE(other.state().lesson.drawing.empty());
}

TEST(Drawing, IsDrawnByDraggingOverTheChart) {
  Classroom room = drawing();
  const scene::PartId part{.kind = PartKind::stage_chart, .a = 300, .b = 500};
  const auto value = scene::chart_value(room.state().view.spec, room.run().model->config, part);
  ASSERT_TRUE(value);
  room.act(act::Drag{part});
  ASSERT_EQ(room.state().lesson.drawing.size(), 1U);
  EXPECT_EQ(room.state().lesson.drawing[0], *value);
  EXPECT_EQ(app::lesson_view(room.state())->drawing.size(), 1U);
  room.open(0, 0);  // another time it is drawn anew
  EXPECT_TRUE(room.state().lesson.drawing.empty());
}

}  // namespace
}  // namespace kv::test
