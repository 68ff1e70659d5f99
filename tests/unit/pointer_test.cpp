// The mouse over a picture of which only the places matter.
#include "app/shell/window/pointer.h"

#include <gtest/gtest.h>

namespace kv::test {
namespace {

using namespace kv::app;
using scene::PartId;
using scene::PartKind;

class PointerTest : public testing::Test {
 protected:
  PointerTest() {
    scene_.size = {200, 100};
    scene_.places = {
        {.rect = {0, 0, 50, 50}, .part = {.kind = PartKind::play_button}},
        {.rect = {100, 80, 100, 20}, .part = {.kind = PartKind::slider}, .columns = 1001}};
  }
  // In units; the picture is drawn at twice that.
  std::vector<Action> at(float x, float y) {
    mouse_.at = {2 * x, 2 * y};
    mouse_.inside = true;
    const auto actions = pointer_.follow(mouse_, scene_, 2, view_);
    for (const Action& action : actions)
      if (const auto* hover = std::get_if<act::Hover>(&action)) view_.hover = hover->part;
    mouse_.pressed = mouse_.released = false;
    mouse_.wheel = 0;
    return actions;
  }
  void press() { mouse_.pressed = mouse_.down = true; }
  void release() { mouse_.down = false, mouse_.released = true; }

  scene::Scene scene_;
  scene::ViewState view_;
  Mouse mouse_;
  Pointer pointer_;
};

TEST_F(PointerTest, OverNothingNothingHappens) {
  EXPECT_TRUE(at(70, 70).empty());
  EXPECT_TRUE(at(71, 70).empty());
  press();
  EXPECT_TRUE(at(71, 70).empty());
}

TEST_F(PointerTest, HoversOnceUntilItMoves) {
  const auto actions = at(10, 10);
  ASSERT_EQ(actions.size(), 1U);
  EXPECT_EQ(std::get<act::Hover>(actions[0]).part.kind, PartKind::play_button);
  EXPECT_TRUE(at(10, 10).empty());
  EXPECT_EQ(at(11, 10).size(), 1U);
  const auto left = at(70, 70);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(std::get<act::Hover>(left[0]).part.kind, PartKind::none);
}

TEST_F(PointerTest, TheSpotlightFollowsEverywhere) {
  view_.pointing = true;
  EXPECT_EQ(at(70, 70).size(), 1U);
  EXPECT_EQ(at(71, 70).size(), 1U);
}

TEST_F(PointerTest, ClicksWhatIsPressed) {
  at(10, 10);
  press();
  const auto actions = at(10, 10);
  ASSERT_EQ(actions.size(), 1U);
  EXPECT_EQ(std::get<act::Click>(actions[0]).part.kind, PartKind::play_button);
}

TEST_F(PointerTest, TheSliderFollowsBeyondItsEndsUntilLetGo) {
  at(150, 90);
  press();
  const auto pressed = at(150, 90);
  ASSERT_EQ(pressed.size(), 1U);
  EXPECT_FLOAT_EQ(std::get<act::Scrub>(pressed[0]).share, 0.5F);
  EXPECT_TRUE(pointer_.dragging());
  const auto beyond = at(500, 10);
  EXPECT_FLOAT_EQ(std::get<act::Scrub>(beyond.back()).share, 1);
  release();
  at(500, 10);
  EXPECT_FALSE(pointer_.dragging());
  EXPECT_TRUE(at(160, 20).empty());
}

TEST_F(PointerTest, TheWheelGoesToThePartBelow) {
  at(10, 10);
  mouse_.wheel = -2;
  const auto actions = at(10, 10);
  ASSERT_EQ(actions.size(), 1U);
  EXPECT_EQ(std::get<act::Wheel>(actions[0]).notches, -2);
  mouse_.wheel = 1;
  EXPECT_EQ(at(70, 70).size(), 1U);  // leaving, no more
}

TEST(MouseInput, KeepsThePlaceOfEveryPressAndRelease) {
  Input input;
  const auto add = [&](float x, bool pressed, bool released, float wheel = 0) {
    input.add({.at = {x, 0}, .inside = true, .pressed = pressed, .released = released,
               .wheel = wheel});
  };
  add(1, false, false);
  add(2, false, false);
  add(2, true, false);
  add(3, false, false);
  add(4, false, false);
  add(4, false, true);
  add(5, false, false);
  add(5, false, false, 1);
  add(6, false, false);
  add(7, false, false);
  std::vector<float> places;
  for (const Mouse& time : input.mouse) places.push_back(time.at.x);
  EXPECT_EQ(places, (std::vector<float>{2, 2, 4, 4, 5, 5, 7}));
  EXPECT_TRUE(input.mouse[1].pressed);
  EXPECT_TRUE(input.mouse[3].released);
  EXPECT_EQ(input.mouse[5].wheel, 1);
  EXPECT_TRUE(input.anything);
}

}  // namespace
}  // namespace kv::test
