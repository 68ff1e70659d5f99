// What pointing at parts of the picture does.
#include "tests/logic/bench.h"

namespace kv::test {
namespace {

using app::Command;
using scene::Operation;
using scene::PartId;
using scene::PartKind;
namespace act = app::act;

constexpr int prompt = 4;  // of the model "ids"

TEST(Click, ATokenLeadsToTheStepThatMadeIt) {
  Bench bench("ids");
  ASSERT_EQ(bench.run().prompt.size(), static_cast<std::size_t>(prompt));
  bench.take_steps(4);
  bench.click(PartKind::token, prompt + 2);
  EXPECT_EQ(bench.moment(), scene::rest_after(3));
  bench.click(PartKind::token, prompt);
  EXPECT_EQ(bench.moment(), scene::rest_after(1));
  bench.press(Command::first);
  bench.click(PartKind::token, 1);  // of the prompt: the first forward
  EXPECT_EQ(bench.moment(), scene::rest_after(1));
}

TEST(Click, ARowLeadsToItsBirth) {
  Bench bench("ids");
  bench.take_steps(4);
  // The row of new token s is computed in step s + 1, with which it becomes part of the past.
  bench.click(PartKind::row_label, prompt);
  EXPECT_EQ(bench.moment(), scene::rest_after(2));
  EXPECT_EQ(bench.run().steps[1]->past, prompt);
  bench.click(PartKind::row_label, prompt - 1);
  EXPECT_EQ(bench.moment(), scene::rest_after(1));
  bench.click(PartKind::row_label, 0);
  EXPECT_EQ(bench.moment(), scene::rest_after(1));
}

TEST(Click, ACellIsPinnedAndLetGoAgain) {
  Bench bench("ids");
  for (const PartKind kind : {PartKind::key_cell, PartKind::value_cell, PartKind::attention_cell}) {
    bench.click(kind, 1, 0);
    ASSERT_TRUE(bench.state().view.pinned);
    EXPECT_EQ(bench.state().view.pinned->kind, kind);
    bench.click(kind, 2, 1);
    EXPECT_EQ(bench.state().view.pinned->a, 2);
    bench.click(kind, 2, 1);
    EXPECT_FALSE(bench.state().view.pinned);
  }
  bench.click(PartKind::key_cell, 1, 0);
  bench.press(Command::escape);
  EXPECT_FALSE(bench.state().view.pinned);
  EXPECT_EQ(bench.moment(), scene::rest_after(1));
}

TEST(Click, WithHeatACellLeadsToTheBirthOfItsRow) {
  Bench bench("ids");
  bench.take_steps(4);
  bench.click(PartKind::heat_toggle);
  EXPECT_TRUE(bench.state().view.heat);
  bench.click(PartKind::key_cell, prompt + 1, 3);
  EXPECT_EQ(bench.moment(), scene::rest_after(3));
  EXPECT_FALSE(bench.state().view.pinned);
}

TEST(Click, APinDoesNotOutliveItsRun) {
  Bench bench("ids");
  bench.click(PartKind::key_cell, 1, 0);
  bench.act(act::SetPromptTokens{{2}});
  EXPECT_FALSE(bench.state().view.pinned);
}

TEST(Click, AnOperationLeadsToItsEndInTheChosenLayer) {
  Bench bench("ids");
  bench.take_steps(1);
  bench.press(Command::layer_up);
  bench.click(PartKind::operation_chip, static_cast<int>(Operation::softmax));
  EXPECT_EQ(bench.moment(), (scene::Moment{2, 1, Operation::softmax, 1}));
  bench.click(PartKind::operation_chip, static_cast<int>(Operation::logits));
  EXPECT_EQ(bench.moment(), (scene::Moment{2, 0, Operation::logits, 1}));
  bench.press(Command::first);
  bench.click(PartKind::operation_chip, static_cast<int>(Operation::project));
  EXPECT_EQ(bench.moment(), (scene::Moment{1, 1, Operation::project, 1}));
}

TEST(Click, TheChartAndTheSliderScrub) {
  Bench bench("ids");
  bench.take_steps(5);
  bench.click(PartKind::chart, prompt + 2);
  EXPECT_EQ(bench.moment(), scene::rest_after(3));
  bench.click(PartKind::chart, 1);
  EXPECT_EQ(bench.moment(), scene::rest_after(0));
  bench.click(PartKind::chart, 100000);
  EXPECT_EQ(bench.moment(), scene::rest_after(6));
  bench.click(PartKind::slider, 0);
  EXPECT_EQ(bench.moment(), scene::rest_after(0));
  bench.click(PartKind::slider, 1000);
  EXPECT_EQ(bench.moment(), scene::rest_after(6));
}

TEST(Click, ChoosesLayersHeadsAndComponents) {
  Bench bench("tiny");
  bench.click(PartKind::layer_button, 2);
  EXPECT_EQ(bench.state().view.layer, 2);
  bench.click(PartKind::layer_up);
  EXPECT_EQ(bench.state().view.layer, 2);
  bench.click(PartKind::layer_down);
  EXPECT_EQ(bench.state().view.layer, 1);
  bench.click(PartKind::head_thumbnail, 3);
  EXPECT_EQ(bench.state().view.head, 3);
  bench.press(Command::head_next);
  EXPECT_EQ(bench.state().view.head, 0);
  bench.press(Command::head_previous);
  EXPECT_EQ(bench.state().view.head, 3);
  bench.click(PartKind::component, 6);
  EXPECT_EQ(bench.state().view.chart.component, 6);
  bench.click(PartKind::component, 6);
  EXPECT_EQ(bench.state().view.chart.component, -1);
  const auto subject = app::subject_of(bench.state());
  ASSERT_TRUE(subject.cached && subject.uncached);
  EXPECT_TRUE(subject.cached->record->layer(1));
}

TEST(Click, WhatLiesOutsideChangesNothing) {
  Bench bench("tiny");
  bench.take_steps(2);
  const auto before = bench.moment();
  for (const PartKind kind :
       {PartKind::layer_button, PartKind::head_thumbnail, PartKind::operation_chip,
        PartKind::component, PartKind::candidate, PartKind::pace_button, PartKind::message})
    for (const int a :
         {-1, -100, 1000, std::numeric_limits<int>::max(), std::numeric_limits<int>::min()})
      bench.click(kind, a);
  EXPECT_EQ(bench.moment(), before);
  EXPECT_EQ(bench.steps(), 3);
  EXPECT_EQ(bench.state().view.layer, 0);
  EXPECT_EQ(bench.state().view.head, 0);
  EXPECT_EQ(bench.state().view.chart.component, -1);
  EXPECT_TRUE(is_sound(bench.state()));
}

TEST(Click, ButtonsDoWhatTheirKeysDo) {
  Bench bench("tiny");
  bench.click(PartKind::next_button);
  EXPECT_EQ(bench.steps(), 2);
  bench.click(PartKind::first_button);
  EXPECT_EQ(bench.moment(), scene::rest_after(0));
  bench.click(PartKind::last_button);
  EXPECT_EQ(bench.moment(), scene::rest_after(2));
  bench.click(PartKind::back_button);
  EXPECT_EQ(bench.moment(), scene::rest_after(1));
  bench.click(PartKind::play_button);
  EXPECT_TRUE(bench.state().playback.playing);
  bench.click(PartKind::play_button);
  bench.click(PartKind::pace_button, 2);
  EXPECT_EQ(bench.state().playback.pace, scene::Pace::operation);
  bench.click(PartKind::speed_button);
  EXPECT_EQ(bench.state().playback.speed, 2);
  bench.click(PartKind::speed_button);
  bench.click(PartKind::speed_button);
  EXPECT_EQ(bench.state().playback.speed, 0.5);
  bench.click(PartKind::chart_scale);
  EXPECT_TRUE(bench.state().view.chart.log_log);
  bench.click(PartKind::chart_parts);
  EXPECT_EQ(bench.state().view.chart.component, 0);
  bench.click(PartKind::language_button);
  EXPECT_EQ(bench.state().view.language, scene::Language::ru);
  bench.click(PartKind::theme_button);
  EXPECT_EQ(bench.state().view.theme, scene::Theme::light);
}

TEST(Click, OverlaysOpenAndClose) {
  Bench bench("tiny");
  bench.click(PartKind::help_button);
  EXPECT_EQ(bench.state().view.overlay, scene::Overlay::help);
  EXPECT_FALSE(app::status_of(bench.state()).help_rows.empty());
  bench.click(PartKind::overlay);
  EXPECT_EQ(bench.state().view.overlay, scene::Overlay::none);
  EXPECT_TRUE(app::status_of(bench.state()).help_rows.empty());
  bench.click(PartKind::legend_button);
  EXPECT_EQ(bench.state().view.overlay, scene::Overlay::legend);
  bench.press(Command::toggle_help);
  EXPECT_EQ(bench.state().view.overlay, scene::Overlay::help);
}

TEST(Click, EscapeClosesOneThingAtATime) {
  Bench bench("tiny");
  bench.act(act::Wheel{{.kind = PartKind::attention_cell, .a = 1, .b = 1}, 2});
  bench.click(PartKind::key_cell, 0, 0);
  bench.press(Command::toggle_pointing);
  bench.press(Command::toggle_legend);
  bench.press(Command::toggle_blank);
  const auto& view = bench.state().view;
  EXPECT_TRUE(view.blank && view.pointing && view.pinned && !view.zoom.whole());
  bench.press(Command::escape);
  EXPECT_FALSE(view.blank);
  bench.press(Command::escape);
  EXPECT_EQ(view.overlay, scene::Overlay::none);
  EXPECT_TRUE(view.pointing);
  bench.press(Command::escape);
  EXPECT_FALSE(view.pointing);
  EXPECT_TRUE(view.pinned);
  bench.press(Command::escape);
  EXPECT_FALSE(view.pinned);
  EXPECT_FALSE(view.zoom.whole());
  bench.press(Command::escape);
  EXPECT_TRUE(view.zoom.whole());
  bench.act(act::Say{"something"});
  bench.press(Command::escape);
  EXPECT_TRUE(bench.state().messages.empty());
}

TEST(Click, MessagesAreFewAndCloseOneByOne) {
  Bench bench("tiny");
  for (int i = 1; i <= 6; ++i) bench.act(act::Say{"message " + std::to_string(i)});
  EXPECT_EQ(bench.state().messages,
            (std::vector<std::string>{"message 3", "message 4", "message 5", "message 6"}));
  bench.act(act::Say{"message 4"});  // said again: the newest, not twice
  EXPECT_EQ(bench.state().messages.back(), "message 4");
  EXPECT_EQ(bench.state().messages.size(), 4U);
  bench.click(PartKind::message, 1);
  EXPECT_EQ(bench.state().messages,
            (std::vector<std::string>{"message 3", "message 6", "message 4"}));
  bench.press(Command::next);  // whoever goes on has read them
  EXPECT_TRUE(bench.state().messages.empty());
}

TEST(Click, TheWheelZoomsAroundTheCellAndBack) {
  Bench bench("tiny");
  bench.take_steps(10);
  const PartId cell{.kind = PartKind::attention_cell, .a = 5, .b = 2};
  bench.act(act::Wheel{cell, 3});
  const scene::Zoom in = bench.state().view.zoom;
  EXPECT_LT(in.row1 - in.row0, 1);
  EXPECT_LT(in.column1 - in.column0, 1);
  for (int i = 0; i < 20; ++i) bench.act(act::Wheel{cell, 5});
  EXPECT_TRUE(is_sound(bench.state()));
  for (int i = 0; i < 20; ++i) bench.act(act::Wheel{cell, -5});
  EXPECT_TRUE(bench.state().view.zoom.whole());
  bench.act(act::Wheel{{.kind = PartKind::key_cell, .a = 1, .b = 1}, 3});
  EXPECT_TRUE(bench.state().view.zoom.whole());
  bench.act(act::Wheel{cell, std::numeric_limits<float>::infinity()});
  EXPECT_TRUE(bench.state().view.zoom.whole());
}

TEST(Click, HoverIsOnlyLooking) {
  Bench bench("tiny");
  bench.act(act::Say{"stays"});
  const PartId cell{.kind = PartKind::key_cell, .a = 1, .b = 2};
  bench.act(act::Hover{cell, {30, 40}});
  EXPECT_EQ(bench.state().view.hover, cell);
  EXPECT_EQ(bench.state().view.pointer, (scene::Vec2{30, 40}));
  EXPECT_EQ(bench.moment(), scene::rest_after(1));
  EXPECT_EQ(bench.state().messages.size(), 1U);
}

TEST(Settings, ApplyAtOnceAndAreKeptWithinLimits) {
  Bench bench("tiny");
  app::Settings settings;
  settings.language = scene::Language::ko;
  settings.theme = scene::Theme::light;
  settings.high_contrast = true;
  settings.font_scale = 9;
  settings.speed = 4;
  bench.act(act::SetSettings{settings});
  const auto& state = bench.state();
  EXPECT_EQ(state.view.language, scene::Language::ko);
  EXPECT_EQ(state.view.theme, scene::Theme::light);
  EXPECT_TRUE(state.view.high_contrast);
  EXPECT_EQ(state.settings.font_scale, 2);
  EXPECT_EQ(state.playback.speed, 4);
  for (int i = 0; i < 30; ++i) bench.press(Command::smaller);
  EXPECT_EQ(state.settings.font_scale, 0.7);
  bench.press(Command::default_size);
  EXPECT_EQ(state.settings.font_scale, 1);
  bench.press(Command::bigger);
  EXPECT_NEAR(state.settings.font_scale, 1.1, 1e-12);
  for (int i = 0; i < 4; ++i) bench.press(Command::next_language);
  EXPECT_EQ(state.view.language, scene::Language::ko);
}

}  // namespace
}  // namespace kv::test
