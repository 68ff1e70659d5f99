// The laboratory: places, scenarios that change and can be undone, what is executed for them.
#include "app/logic/lab/lab.h"

#include "app/logic/lab/controls.h"
#include "app/logic/lab/lab_drawing.h"
#include "app/logic/lab/lab_execution.h"
#include "tests/logic/bench.h"
#include "viz/scene/views/growth_chart.h"

namespace kv::test {
namespace {

using app::Command;
using app::ControlId;
using app::Measurement;
using scene::LabPage;
using scene::PartKind;
using scene::PlaceId;
namespace act = app::act;
namespace job = app::job;

constexpr const char* toy = "width=16 layers=2 heads=2 kv_heads=1 ffn=32 vocab=32 n=120";

int id(ControlId control) { return static_cast<int>(control); }
const scene::Scenario& scenario(const Bench& bench) {
  return app::lab_place(bench.state()).scenario;
}

Bench in_scenarios(const std::string& text = toy) {
  Bench bench;
  bench.act_only(act::Do{Command::open_scenarios});
  bench.act(act::SetScenario{text});
  EXPECT_TRUE(bench.state().messages.empty()) << bench.state().messages.back();
  return bench;
}

TEST(Lab, PlacesKeepWhatIsTheirs) {
  Bench bench("tiny");
  bench.take_steps(3);
  const auto tokens = bench.tokens();
  bench.press(Command::open_scenarios);
  bench.act(act::SetScenario{toy});
  bench.press(Command::open_costs);
  EXPECT_EQ(scenario(bench).model, "llama-3-8b");
  EXPECT_EQ(scenario(bench).tokens, 100'000);
  bench.press(Command::open_scenarios);
  EXPECT_EQ(scenario(bench).tokens, 120);
  for (const Command command : {Command::next, Command::next_token, Command::reset, Command::undo})
    bench.press(command);
  bench.press(Command::open_explore);
  EXPECT_EQ(bench.tokens(), tokens);
  EXPECT_FALSE(app::lab_view(bench.state()));
}

TEST(Lab, NeedsNoModel) {
  Bench bench = in_scenarios();
  EXPECT_FALSE(bench.state().now.run);
  ASSERT_TRUE(app::lab_view(bench.state()));
  EXPECT_TRUE(app::lab_view(bench.state())->executed);
}

TEST(Lab, ArrowKeysChooseAControlAndChangeIt) {
  Bench bench = in_scenarios();
  const auto before = scenario(bench);
  while (app::lab_place(bench.state()).focused != id(ControlId::tokens))
    bench.press(Command::layer_down);
  bench.press(Command::next);
  EXPECT_GT(scenario(bench).tokens, before.tokens);
  bench.press(Command::next);
  bench.press(Command::undo);  // both at once: one control in a row
  EXPECT_EQ(scenario(bench).tokens, before.tokens);
  bench.press(Command::redo);
  EXPECT_GT(scenario(bench).tokens, before.tokens);
  bench.press(Command::back);
  bench.press(Command::back);
  EXPECT_LE(scenario(bench).tokens, before.tokens);
}

TEST(Lab, ADragIsOneChange) {
  Bench bench = in_scenarios();
  const auto before = scenario(bench);
  const auto undo = app::lab_place(bench.state()).undo.size();
  bench.click(PartKind::control_slider, id(ControlId::tokens), 300);
  for (int at = 310; at < 900; at += 50)
    bench.act(act::Drag{{.kind = PartKind::control_slider, .a = id(ControlId::tokens), .b = at}});
  EXPECT_EQ(app::lab_place(bench.state()).undo.size(), undo + 1);
  EXPECT_NE(scenario(bench).tokens, before.tokens);
  bench.press(Command::undo);
  EXPECT_EQ(scenario(bench).tokens, before.tokens);
}

TEST(Lab, PagesBelongToTheirPlace) {
  Bench bench = in_scenarios();
  bench.press(Command::next_pace);
  EXPECT_EQ(scenario(bench).page, LabPage::draw);
  bench.press(Command::next_pace);
  bench.press(Command::next_pace);
  EXPECT_EQ(scenario(bench).page, LabPage::curves);
  bench.click(PartKind::page_button, static_cast<int>(LabPage::memory));
  EXPECT_EQ(scenario(bench).page, LabPage::curves);
  bench.press(Command::open_costs);
  bench.click(PartKind::page_button, static_cast<int>(LabPage::roofline));
  EXPECT_EQ(scenario(bench).page, LabPage::roofline);
}

TEST(Lab, AScenarioAsTextIsTakenWholeOrNotAtAll) {
  Bench bench = in_scenarios();
  const std::string text = app::scenario_text(bench.state());
  bench.act(act::SetScenario{"n=50 width=banana"});
  ASSERT_EQ(bench.state().messages.size(), 1U);
  EXPECT_TRUE(bench.says("width"));
  EXPECT_EQ(app::scenario_text(bench.state()), text);
  bench.act(act::SetScenario{"model=gpt2 n=1000 page=memory"});
  EXPECT_EQ(bench.state().view.place, PlaceId::costs);
  EXPECT_EQ(scenario(bench).model, "gpt2");
  bench.press(Command::open_scenarios);
  EXPECT_EQ(app::scenario_text(bench.state()), text);
}

TEST(Lab, ExecutedPointsLieOnTheCurvesToTheLastOperation) {
  for (const char* text :
       {toy, "width=16 layers=3 heads=4 ffn=64 vocab=48 mlp=plain n=90 padded=on",
        "width=24 layers=1 heads=3 ffn=40 vocab=20 n=80 prompt=7 padded=on "
        "context=100"}) {
    const Bench bench = in_scenarios(text);
    const auto view = app::lab_view(bench.state());
    ASSERT_TRUE(view->executed) << text;
    EXPECT_EQ(view->executed->reached, scenario(bench).tokens);
    EXPECT_TRUE(view->executed_note.empty());
    for (const scene::Extent extent : {scene::Extent::step, scene::Extent::run}) {
      scene::Scenario shown = scenario(bench);
      shown.extent = extent;
      for (const auto& point : view->executed->points)
        for (const core::Baseline way : core::baselines) {
          if (way == core::Baseline::padded && !shown.padded) continue;
          const auto& side = point.sides[static_cast<std::size_t>(way)];
          const auto& count = extent == scene::Extent::step ? side.step : side.run;
          for (const auto part : {scene::CostPart::total, scene::CostPart::attention,
                                  scene::CostPart::mlp, scene::CostPart::head})
            EXPECT_EQ(scene::cost_of(count, part), scene::cost_at(shown, {way, part}, point.tokens))
                << text << " at " << point.tokens;
        }
    }
  }
}

TEST(Lab, AGlimpseIsExecutedUnaskedAndMoreOnRequest) {
  Bench bench = in_scenarios("width=128 layers=2 heads=4 ffn=512 vocab=256 n=2000");
  const auto glimpse = app::lab_view(bench.state());
  ASSERT_TRUE(glimpse->executed);
  EXPECT_LT(glimpse->executed->reached, 2000);
  EXPECT_FALSE(glimpse->executed_note.empty());
  bench.act_only(act::Do{Command::play_or_pause});
  const auto next = app::next_work(bench.state());
  ASSERT_TRUE(next && std::holds_alternative<job::Execute>(next->job));
  EXPECT_GT(std::get<job::Execute>(next->job).key.tokens, glimpse->executed->reached);
  EXPECT_TRUE(app::still_needed(bench.state(), *next));
  // Other sizes: what is under way is of no use, and nobody asked for seconds of work on them.
  bench.act_only(act::SetScenario{toy});
  EXPECT_FALSE(app::still_needed(bench.state(), *next));
  EXPECT_FALSE(app::lab_view(bench.state())->executed);
}

TEST(Lab, WhatIsTooLargeIsSaidAndNotExecuted) {
  Bench bench = in_scenarios("model=llama-3-8b n=1000");
  EXPECT_FALSE(app::next_work(bench.state()));
  EXPECT_FALSE(app::lab_view(bench.state())->executed);
  EXPECT_NE(app::lab_view(bench.state())->executed_note.find("GB"), std::string::npos);
}

TEST(Lab, ABuiltInModelIsExecutedItself) {
  Bench bench;
  auto sizes = std::make_shared<std::map<std::string, core::CostConfig>>();
  (*sizes)["tiny"] = core::dense_cost_config(open_for_bench("tiny")->model->config);
  bench.edit().lesson.sizes = sizes;
  bench.act_only(act::Do{Command::open_scenarios});
  bench.act_only(act::SetScenario{"model=tiny n=90"});
  const auto next = app::next_work(bench.state());
  ASSERT_TRUE(next && std::holds_alternative<job::Execute>(next->job));
  EXPECT_EQ(std::get<job::Execute>(next->job).key.model, "tiny");
  bench.settle();
  ASSERT_TRUE(app::lab_view(bench.state())->executed);
  EXPECT_EQ(app::lab_view(bench.state())->executed->reached, 90);
}

TEST(Lab, MeasuringIsAskedForAndCanBeCancelled) {
  Bench bench;
  bench.act_only(act::Do{Command::open_costs});
  EXPECT_FALSE(app::next_work(bench.state()));
  bench.act_only(act::Click{{.kind = PartKind::control_button, .a = id(ControlId::probe)}});
  bench.act_only(
      act::Click{{.kind = PartKind::control_button, .a = id(ControlId::bench_attention)}});
  const auto next = app::next_work(bench.state());
  ASSERT_TRUE(next && std::holds_alternative<job::Probe>(next->job));
  // It goes on in the background.
  bench.act_only(act::Do{Command::open_explore});
  EXPECT_TRUE(app::still_needed(bench.state(), *next));
  bench.act_only(
      act::Finished{{.work = *next,
                     .probe = std::make_shared<const core::MachineProbe>(core::MachineProbe{
                         .bytes_per_second = {1e10}, .flops_per_second = {1e11}})}});
  EXPECT_TRUE(bench.state().lab.probe);
  const auto second = app::next_work(bench.state());
  ASSERT_TRUE(second && std::holds_alternative<job::BenchAttention>(second->job));
  EXPECT_EQ(std::get<job::BenchAttention>(second->job).bench.width, 4096);
  bench.act_only(act::Do{Command::cancel_work});
  EXPECT_FALSE(app::still_needed(bench.state(), *second));
  bench.act_only(act::Do{Command::open_costs});
  EXPECT_FALSE(app::next_work(bench.state()));
}

TEST(Lab, BackgroundMeasuringGivesWayToTheRun) {
  Bench bench("tiny");
  bench.act_only(act::Do{Command::open_costs});
  bench.act_only(act::Click{{.kind = PartKind::control_button, .a = id(ControlId::probe)}});
  const auto probe = app::next_work(bench.state());
  ASSERT_TRUE(probe && std::holds_alternative<job::Probe>(probe->job));
  bench.act_only(act::Do{Command::open_explore});
  bench.act_only(act::Do{Command::next_token});
  EXPECT_FALSE(app::still_needed(bench.state(), *probe));
  EXPECT_EQ(bench.state().lab.wanted, std::vector{Measurement::probe});
}

TEST(Lab, TheCursorIsSetByAClickAndMovedByKeys) {
  Bench bench = in_scenarios();
  bench.click(PartKind::lab_chart, 500, 500);
  const auto at = scenario(bench).at;
  EXPECT_GT(at, 1);
  EXPECT_LT(at, 120);
  bench.press(Command::next_operation);
  EXPECT_GT(scenario(bench).at, at);
  bench.press(Command::previous_operation);
  bench.press(Command::previous_operation);
  EXPECT_LT(scenario(bench).at, at);
  bench.press(Command::first);
  EXPECT_EQ(scenario(bench).at, 1);
  bench.press(Command::last);
  EXPECT_EQ(scenario(bench).at, 0);
}

void draw(Bench& bench, int from, int to, int row) {
  for (int column = from; column <= to; column += 20)
    bench.act_only(act::Drag{{.kind = PartKind::lab_chart, .a = row, .b = column}});
}

TEST(LabDraw, NothingIsRevealedBeforeSomethingIsDrawn) {
  Bench bench = in_scenarios(std::string(toy) + " page=draw part=attention ask=without");
  bench.press(Command::reveal);
  EXPECT_FALSE(app::lab_view(bench.state())->drawn.revealed);
  EXPECT_EQ(bench.state().messages.size(), 1U);
  draw(bench, 100, 900, 500);
  EXPECT_TRUE(app::lab_view(bench.state())->drawn.enough);
  bench.press(Command::reveal);
  const auto drawn = app::lab_view(bench.state())->drawn;
  ASSERT_TRUE(drawn.revealed);
  EXPECT_NEAR(*drawn.exponent, 0, 0.01);  // a flat line
  EXPECT_GT(drawn.truth, 2.5);
  EXPECT_GT(drawn.factor, 2);
  // What was revealed stays as it is until one begins again.
  draw(bench, 100, 900, 100);
  EXPECT_EQ(app::lab_view(bench.state())->drawn.points, drawn.points);
  bench.click(PartKind::control_button, id(ControlId::clear));
  EXPECT_TRUE(app::lab_view(bench.state())->drawn.points.empty());
  EXPECT_FALSE(app::lab_view(bench.state())->drawn.revealed);
}

TEST(LabDraw, AnExponentCanBeSetInstead) {
  Bench bench = in_scenarios(std::string(toy) + " page=draw part=attention ask=with");
  bench.act(act::Drag{{.kind = PartKind::control_slider,
                       .a = id(ControlId::exponent),
                       .b = static_cast<int>(1000 * app::share_of(2))}});
  bench.press(Command::reveal);
  const auto drawn = app::lab_view(bench.state())->drawn;
  ASSERT_TRUE(drawn.revealed);
  EXPECT_NEAR(*drawn.exponent, 2, 0.01);
  // n(n+1) from one token on is nearly a square.
  EXPECT_NEAR(drawn.truth, 2, 0.2);
  EXPECT_LT(drawn.factor, 2.1);
}

TEST(LabDraw, AnotherCurveForgetsTheDrawing) {
  Bench bench = in_scenarios(std::string(toy) + " page=draw");
  draw(bench, 100, 900, 500);
  EXPECT_FALSE(bench.state().lab.drawing.empty());
  bench.act(act::SetScenario{std::string(toy) + " page=draw part=mlp"});
  EXPECT_TRUE(bench.state().lab.drawing.empty());
}

TEST(Lab, RandomKeysAndClicksLeaveAValidScenario) {
  Bench bench("tiny");
  std::uint64_t seed = 7;
  const auto below = [&](int count) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<int>((seed >> 33) % static_cast<std::uint64_t>(count));
  };
  const PartKind kinds[] = {PartKind::control_slider, PartKind::control_choice,
                            PartKind::control_less,   PartKind::control_more,
                            PartKind::lab_chart,      PartKind::page_button,
                            PartKind::place_button};
  for (int i = 0; i < 3000; ++i) {
    if (below(3) == 0)
      bench.act_only(act::Do{static_cast<Command>(below(static_cast<int>(Command::cancel_work)))});
    else
      bench.act_only(act::Click{{.kind = kinds[below(7)], .a = below(40) - 2, .b = below(1001)}});
    ASSERT_TRUE(is_sound(bench.state())) << i;
    if (app::in_lab(bench.state())) {
      ASSERT_FALSE(app::check_sizes(scenario(bench).sizes.model));
      ASSERT_TRUE(app::parse_scenario(app::scenario_text(bench.state()), false,
                                      app::sizes_by_name(bench.state())));
    }
  }
}

}  // namespace
}  // namespace kv::test
